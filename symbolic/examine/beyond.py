"""Formulas where nothing was measured: the ranges of a table extended, and how far two formulas part there.

A range is extended by half of its width at either end: far enough for formulas that agree on the rows to
part, near enough to be measured. A column that was positive in every row stays so, as lengths do.
"""

import numpy as np

from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.prediction import Scatter
from kantools.thinning import evenly

__all__ = ["apart", "extended", "places_beyond", "prediction_error"]

Array = np.ndarray
#: Of the width of a range, at either end.
FARTHER = 0.5
#: Of the smallest value that was seen: the least of a column that cannot reach zero.
LEAST = 0.5
POINTS, MOST_ROWS = 500, 500


def extended(x: Array) -> tuple[float, float]:
    """The ends of a column's range, extended by half.

    >>> extended(np.array([10.0, 20.0])), extended(np.array([1.0, 5.0])), extended(np.array([-1.0, 1.0]))
    ((5.0, 25.0), (0.5, 7.0), (-2.0, 2.0))
    """
    low, high = float(x.min()), float(x.max())
    more = FARTHER * (high - low)
    return (max(low - more, LEAST * low) if low > 0 else low - more), high + more


def places_beyond(X: Array, seed: int = 0) -> Array:
    """Rows as they are, at most 500 of them, then as many at random in their extended ranges."""
    low, high = np.transpose([extended(x) for x in X.T])
    return np.vstack(
        [X[evenly(len(X), MOST_ROWS)], np.random.default_rng(seed).uniform(low, high, (POINTS, X.shape[1]))]
    )


def apart(one: Formula, other: Formula, X: Array, scatter: Scatter | None) -> Array:
    """``|f - g| / sqrt(std(f)² + std(g)² + s²)`` at each row, ``s`` being the scatter of a measurement.

    NaN where neither has a value, infinite where one of them has none or nothing is uncertain.

    Examples
    --------
    >>> from sympy import Symbol, log
    >>> f, g = Formula(("x",), "y", Symbol("x")), Formula(("x",), "y", log(Symbol("x")))
    >>> apart(f, g, np.array([[1.0], [-1.0]]), Scatter("constant", 0.25, 9.0)).tolist()
    [4.0, inf]
    """
    with np.errstate(all="ignore"):
        f, g = one.predict(X), other.predict(X)
        off = np.abs(f - g)
        error = np.hypot(prediction_error(one, X), prediction_error(other, X))
        unit = error if scatter is None else np.hypot(error, scatter.at(f))
        told = np.where(off > 0, off / unit, 0.0)
    finite_f, finite_g = np.isfinite(f), np.isfinite(g)
    told = np.where(finite_f != finite_g, np.inf, told)
    return np.where(finite_f | finite_g, told, np.nan)


def prediction_error(formula: Formula, X: Array) -> Array:
    """Standard error of the value; nothing where the constants have none, or the data leave one open."""
    if not formula.free or formula.covariance is None:
        return np.zeros(len(X))
    return np.nan_to_num(formula.std(X), nan=0.0, posinf=0.0)
