"""Whether two formulas are the same up to their rounding, by numbers of forty digits.

Where the structure is right, some values of the found formula's constants make it *equal* to the law, up to
an additive or a multiplicative constant; these values are looked for by Gauss-Newton steps from the constants
found. A wrong structure that only comes close stays at its distance, however accurate it is, because forty
digits tell 1e-12 from nothing. The formula is the law when the step is exact and no constant leaves the
number that it is rounded to: the counterpart in numbers of SRBench's rule, which also holds where sympy's
simplification does not find the way (``sqrt(x**2)`` and ``x`` for positive ``x``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mpmath
import numpy as np

from kantools.bench.srbench import rounded_number

__all__ = ["Comparison", "compare", "compare_template"]

DIGITS = 40
STEPS = 20
#: Relative distance below which two formulas are equal, and above which they certainly differ.
EQUAL, DIFFERENT = 1e-20, 1e-3
#: Points, and further points for each constant.
POINTS, POINTS_PER_CONSTANT = 40, 4
#: Step of a difference quotient; with forty digits, half of them are left.
QUOTIENT = mpmath.mpf(10) ** -20


@dataclass(frozen=True)
class Comparison:
    """What the numbers say.

    Attributes
    ----------
    gap : float
        Smallest rms of what is left of difference or ratio when the constants are free, relative to the
        spread of the law or to the ratio's mean.
    equal : bool
        Whether nothing is left and no constant leaves its rounding.
    closest : tuple of float
        The constants that come closest to the law.
    """

    gap: float
    equal: bool
    closest: tuple[float, ...] = ()

    @property
    def same_form(self) -> bool:
        """Whether it is the law for some values of the constants."""
        return self.gap < EQUAL

    @property
    def different(self) -> bool:
        """Whether no simplification could make them the same."""
        return not self.gap <= DIFFERENT


def compare(found: Any, truth: Any, columns: Sequence[str], X: np.ndarray) -> Comparison:
    """Compare two expressions at rows of X.

    Parameters
    ----------
    found, truth : sympy.Expr
        In plain symbols named like the columns.
    columns : sequence of str
    X : ndarray, shape (rows, columns)
        Points of the law's range; the first few serve.

    Examples
    --------
    >>> import sympy
    >>> x = sympy.Symbol("x")
    >>> X = np.linspace(1, 3, 50)[:, None]
    >>> compare(sympy.sqrt(x**2) * 0.99996, x, ["x"], X).equal
    True
    >>> almost = compare(x - x**3 / 6.0 + x**5 / 120.0, sympy.sin(x), ["x"], X / 10)
    >>> almost.equal, almost.different, almost.same_form
    (False, False, False)
    """
    import sympy

    found = found.xreplace({n: sympy.Integer(n) for n in found.atoms(sympy.Float) if n == int(n)})
    numbers = sorted(found.atoms(sympy.Float))  # whole ones stay: x**2.01 is not real for negative x
    places = [sympy.Dummy(f"c{k}") for k in range(len(numbers))]
    return compare_template(
        found.xreplace(dict(zip(numbers, places, strict=True))),
        dict(zip(places, numbers, strict=True)),
        truth,
        columns,
        X,
    )


def compare_template(
    template: Any,
    values: Mapping[Any, Any],
    truth: Any,
    columns: Sequence[str],
    X: np.ndarray,
    *,
    up_to_a_constant: bool = True,
) -> Comparison:
    """The same for a formula whose constants are symbols, each with the value that was found.

    With ``up_to_a_constant=False`` neither the difference nor the ratio may be any constant.
    """
    with mpmath.workdps(DIGITS):
        return _compare(template, values, truth, columns, X, up_to_a_constant)


def _compare(
    template: Any,
    values: Mapping[Any, Any],
    truth: Any,
    columns: Sequence[str],
    X: np.ndarray,
    up_to_a_constant: bool,
) -> Comparison:
    import sympy

    places, numbers = list(values), list(values.values())
    symbols = [sympy.Symbol(c) for c in columns]
    law, formula = (sympy.lambdify([symbols, p], e, "mpmath") for e, p in ((truth, []), (template, places)))
    start = [mpmath.mpf(n) for n in numbers]
    points = _points(law, formula, start, X[: POINTS + POINTS_PER_CONSTANT * len(numbers)])
    if len(points) < POINTS // 2:
        return Comparison(float("nan"), equal=False)
    y = [law(point, []) for point in points]
    relations = _relations(y) if up_to_a_constant else [_all_of_it(y)]
    ends = [_closest(lambda c: left([formula(p, c) for p in points]), start) for left in relations]  # noqa: B023
    gap, closest = min(ends, key=lambda end: end[0])
    equal = any(gap < EQUAL and _rounds_alike(start, c) for gap, c in ends)
    return Comparison(gap, equal, tuple(map(float, closest)))


def _points(law: Callable, formula: Callable, constants: list, X: np.ndarray) -> list[list]:
    """The rows at which both are real numbers."""
    rows = [[mpmath.mpf(float(x)) for x in row] for row in X]
    return [row for row in rows if _is_real(law, row, []) and _is_real(formula, row, constants)]


def _is_real(function: Callable, row: list, constants: list) -> bool:
    try:
        value = function(row, constants)
    except (ZeroDivisionError, ValueError, OverflowError):
        return False
    return isinstance(value, mpmath.mpf | int | float) and bool(mpmath.isfinite(value))


def _relations(y: list) -> list[Callable[[list], list]]:
    return [_difference(y), _ratio(y)] if all(y) else [_difference(y)]


def _all_of_it(y: list) -> Callable[[list], list]:
    """``f - y``, relative to the size of y."""
    size = _rms(y)
    return lambda f: [(a - b) / size for a, b in zip(f, y, strict=True)]


def _difference(y: list) -> Callable[[list], list]:
    """What a constant does not explain of ``f - y``, relative to the spread of y."""
    spread = mpmath.sqrt(sum(v**2 for v in _centred(y)) / len(y))
    return lambda f: [v / spread for v in _centred([a - b for a, b in zip(f, y, strict=True)])]


def _ratio(y: list) -> Callable[[list], list]:
    """What a constant does not explain of ``f / y``, relative to its mean."""

    def left(f: list) -> list:
        ratio = [a / b for a, b in zip(f, y, strict=True)]
        mean = sum(ratio) / len(ratio)
        return [(v - mean) / mean for v in ratio] if mean else [mpmath.mpf(1)] * len(ratio)

    return left


def _centred(values: list) -> list:
    mean = sum(values) / len(values)
    return [v - mean for v in values]


def _closest(left: Callable[[list], list], start: list) -> tuple[float, list]:
    """Constants near the start with the least rms left, by Gauss-Newton steps of least length."""
    best, constants = _rms(left(start)), start
    for _ in range(STEPS if start else 0):
        if best < EQUAL:
            break
        trial = _step(left, constants)
        gap = _gap(left, trial)
        if not gap < best:
            break
        best, constants = gap, trial
    return float(best), constants


def _step(left: Callable[[list], list], constants: list) -> list:
    base = left(constants)
    scale = [max(abs(c), mpmath.mpf(1)) for c in constants]
    slopes = np.array([_slope(left, base, constants, k, s) for k, s in enumerate(scale)], dtype=float).T
    # The residual is scaled to 1, so that the small ones of the last steps keep their digits as floats.
    size = max(abs(b) for b in base)
    move = np.linalg.lstsq(slopes, np.array([b / size for b in base], dtype=float), rcond=1e-12)[0]
    return [c - mpmath.mpf(m) * size * s for c, m, s in zip(constants, move, scale, strict=True)]


def _slope(left: Callable[[list], list], base: list, constants: list, k: int, scale: Any) -> list:
    step = QUOTIENT * scale
    moved = left([c + step if i == k else c for i, c in enumerate(constants)])
    return [(m - b) / QUOTIENT for m, b in zip(moved, base, strict=True)]


def _gap(left: Callable[[list], list], constants: list) -> Any:
    """The rms left; infinite where the constants leave the real numbers."""
    try:
        values = left(constants)
    except (ZeroDivisionError, ValueError, OverflowError):
        return mpmath.inf
    return mpmath.inf if any(isinstance(v, mpmath.mpc) for v in values) else _rms(values)


def _rms(values: list) -> Any:
    return mpmath.sqrt(sum(v**2 for v in values) / len(values))


def _rounds_alike(found: list, true: list) -> bool:
    return all(float(rounded_number(a)) == float(rounded_number(b)) for a, b in zip(found, true, strict=True))
