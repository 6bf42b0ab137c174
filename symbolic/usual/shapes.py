"""What the symbols of a usual form cost: to say which one it is.

A curve that everybody knows by a name is told by the name, and its constants. That is shorter than to spell
it, and to say so is what makes a law of few rows likelier than a mean: a logistic curve is one of some dozens
of forms that people try, not one of all formulas with ten symbols. A form is half as likely for each of its
constants and functions. Rewritten with other constants (``exp(b - k*x)``), or with a power of its own, it is
spelt as any other formula.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from math import exp, inf, log

from sympy import Expr, Function, Symbol

from kantools.symbolic.language.shape import Shape, shape
from kantools.symbolic.primitive import ARGUMENT
from kantools.symbolic.usual_form import USUAL_FORMS

__all__ = ["price_of_name"]

MOST_TOGETHER = 3  # parameters of a form of which two are 0 or 1


def price_of_name(expr: Expr, column: Symbol) -> float:
    """Nats to say which usual form of a column an expression is; infinite where it is none.

    A form with a factor of 1, or without its offset, is that form; so is a peak around 0.

    Examples
    --------
    >>> from sympy import exp, symbols
    >>> x, a, b, k = symbols("x a b k")
    >>> price_of_name(a * exp(-k * x), x) == price_of_name(2.5 * exp(-0.8 * x), x) < 6
    True
    >>> price_of_name(a * exp(-k * x) + b * x, x)
    inf
    """
    return _prices().get(shape(expr, {column}), inf)


@cache
def _prices() -> dict[Shape, float]:
    """Of every usual form, and of what is left of it with parameters of 0 or 1."""
    forms = USUAL_FORMS.values()
    nats = [(len(form.parameters) + form.template.count(Function)) * log(2) for form in forms]
    whole = log(sum(exp(-n) for n in nats))
    found: dict[Shape, float] = {}
    for form, price in zip(forms, nats, strict=True):
        for template in {form.template, form.at_zero or form.template}:
            for told in _special_cases(template, form.parameters):
                if ARGUMENT in told.free_symbols:
                    written = shape(told, {ARGUMENT})
                    found[written] = min(price + whole, found.get(written, inf))
    return found


def _special_cases(template: Expr, parameters: Sequence[Symbol]) -> Iterator[Expr]:
    """The form itself, and with one or two of its parameters 0 or 1."""
    yield template
    for first in parameters:
        for one in (0, 1):
            told = template.subs(first, one)
            yield told
            if len(parameters) <= MOST_TOGETHER:
                yield from (told.subs(p, n) for p in parameters if p != first for n in (0, 1))
