"""Whether a formula is a random law: of the right form, its constants right within what the rows tell.

SRBench's rule rounds to three decimals and takes what is below 1e-4 for 0, which suits laws whose constants
are of order one; those of nature are not. Here the form is right where some values of *all* numbers in the
formula, whole exponents apart, make it the law exactly (:mod:`kantools.bench.equivalence`), also where a
number was taken for another, as 1.77 for ``sqrt(pi)``. The constants are right where each agrees with its
exact value to three digits, or where all together miss the law by no more than the law, fitted, would: with
``p`` constants and ``n`` rows by ``sigma*sqrt(q/n)``, ``q`` the 99.9 % quantile of chi-squared with ``p``
degrees of freedom. Without noise that is the accuracy of single precision, in which some methods compute.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from kantools.bench.equivalence import Comparison, compare_template

__all__ = ["Accuracy", "form_verdicts", "with_factors"]

THREE_DIGITS = 5e-4
#: Relative error of single precision, with some operations.
SINGLE = 1e-6
#: How often constants that are right may be called wrong.
WRONGLY = 1e-3
#: A number that has to become so small beside what it was is none of the law's.
VANISHED = 1e-12
ACCURATE = 0.5


@dataclass(frozen=True)
class Accuracy:
    """What is known of how near a formula is to the law.

    Attributes
    ----------
    r2 : float
        On the clean test rows.
    error : float
        Rms of the difference there, relative to what the noise is.
    noise : float
        Of the training rows, relative to the target's rms or to each value.
    rows : int
        Number of the training rows.
    """

    r2: float
    error: float
    noise: float
    rows: int

    def within_noise(self, constants: int) -> bool:
        """Whether a formula of the right form, so many constants fitted, is as near as that.

        >>> Accuracy(1.0, 1e-3, 0.01, 1000).within_noise(3), Accuracy(1.0, 1e-3, 0.0, 1000).within_noise(3)
        (True, False)
        """
        from scipy.stats import chi2

        quantile = float(chi2.isf(WRONGLY, max(constants, 1)))
        return self.error <= max(self.noise * sqrt(quantile / self.rows), SINGLE)


def form_verdicts(
    expression: Any, truth: Any, columns: Sequence[str], X: np.ndarray, accuracy: Accuracy
) -> Iterator[dict[str, Any]]:
    """The verdict on a formula for a random law: ``solved``, ``decided`` and ``form``.

    Parameters
    ----------
    expression, truth : sympy.Expr
        The formula found and the law, in plain symbols named like the columns.
    columns : sequence of str
    X : ndarray, shape (rows, columns)
        The test rows.
    accuracy : Accuracy

    Examples
    --------
    >>> import sympy
    >>> x = sympy.Symbol("x")
    >>> X = np.linspace(1, 3, 50)[:, None]
    >>> near, far = Accuracy(0.999, 2e-4, 0.01, 1000), Accuracy(0.99, 0.05, 0.01, 1000)
    >>> law = 2.5 * sympy.exp(-x / 1.7) + 0.3
    >>> list(form_verdicts(2.51 * sympy.exp(-x / sympy.sqrt(3)) + 0.3, law, ["x"], X, near))
    [{'solved': True, 'decided': 'numeric', 'form': True}]
    >>> list(form_verdicts(3.0 * sympy.exp(-x / 1.7) + 0.3, law, ["x"], X, far))
    [{'solved': False, 'decided': 'numeric', 'form': True}]
    >>> list(form_verdicts(2.5 / (x + 0.1), law, ["x"], X, near))
    [{'solved': False, 'decided': 'numeric', 'form': False}]
    """
    if not accuracy.r2 > ACCURATE:
        yield {"solved": False, "decided": "accuracy", "form": False}
        return
    template, factors = with_factors(expression)
    start = dict.fromkeys(factors, 1)
    numbers = compare_template(template, start, exact(truth), columns, X, up_to_a_constant=False)
    near = accuracy.within_noise(len(factors))
    solved = numbers.same_form and (near or _three_digits(numbers))
    form = numbers.same_form and (solved or not _vanishing(numbers))
    yield {"solved": solved, "decided": "numeric", "form": form}


def _three_digits(numbers: Comparison) -> bool:
    return all(abs(factor - 1) < THREE_DIGITS for factor in numbers.closest)


def _vanishing(numbers: Comparison) -> bool:
    """Whether the formula is the law only without one of its terms."""
    return any(abs(factor) < VANISHED for factor in numbers.closest)


def exact(law: Any) -> Any:
    """The law with its decimals as the fractions they mean: 0.3 is 3/10, not the binary number near it."""
    import sympy

    return law.xreplace({number: sympy.Rational(str(number)) for number in law.atoms(sympy.Float)})


def with_factors(expression: Any) -> tuple[Any, list[Any]]:
    """The expression with a factor at each number but whole exponents and signs, and these factors.

    Where every factor is 1, it is the expression. So a constant of 1e-23 moves in steps of its own size. A
    product without a number has a factor all the same.

    >>> import sympy
    >>> x = sympy.Symbol("x")
    >>> with_factors(-2 * x**2 + sympy.sqrt(sympy.pi) * x ** sympy.Rational(1, 3) + 1)[0]
    _c0 - 2*_c1*x**2 + _c2*sqrt(pi)*x**(_c3/3)
    >>> with_factors(-x)[0]
    -_c0*x
    """
    factors: list[Any] = []
    free = _freed(expression, factors)
    scaled = expression.is_Add or abs(expression.as_coeff_Mul()[0]) != 1
    return (free if scaled else _free(free, factors)), factors


def _freed(expression: Any, factors: list[Any]) -> Any:
    if expression.is_number:
        return _free(expression, factors)
    if expression.is_Pow and (power := whole(expression.exp)).is_Integer:
        return _freed(expression.base, factors) ** power
    if expression.is_Add or expression.is_Mul:
        return _freed_terms(expression, factors)
    return expression.func(*(_freed(a, factors) for a in expression.args)) if expression.args else expression


def _freed_terms(expression: Any, factors: list[Any]) -> Any:
    """All numbers among terms or factors are one."""
    number = expression.func(*(a for a in expression.args if a.is_number))
    others = [a for a in expression.args if not a.is_number]
    neutral = abs(number) == 1 if expression.is_Mul else number == 0
    first = number if neutral else _free(number, factors)
    return expression.func(first, *(_freed(a, factors) for a in others))


def _free(number: Any, factors: list[Any]) -> Any:
    import sympy

    factors.append(sympy.Dummy(f"c{len(factors)}"))
    return number * factors[-1]


def whole(number: Any) -> Any:
    """2 for 2.0; what is not whole stays."""
    import sympy

    return sympy.Integer(number) if number.is_Float and number == int(number) else number
