"""Poles between rows that the rows say nothing of, and gaps where a formula is not real.

A quotient follows noise by a pole between two rows: its values at both are ordinary, and between them they
are anything. A law with a pole, ``1/x`` on both sides of zero or ``tan(x)``, looks otherwise: the nearer rows
are to the pole, the more do values of neighbours differ. So a denominator that changes its sign between
neighbouring rows is believed where values of the rows nearest to its zero differ far more than others from
those of their neighbours, and where the formula stays finite there, as ``sin(x)/x`` does. A logarithm or a
root that is not real between neighbouring rows, though it is at both, is not believed, but for a few places
at the edge of where a law of several columns is real, and for gaps in the table.
"""

from collections.abc import Sequence

import numpy as np
from sympy import Expr, Symbol

from kantools.symbolic.evaluate import Program, compile_expression
from kantools.symbolic.trust.condition import Condition, conditions_of
from kantools.symbolic.trust.neighbours import neighbours

__all__ = ["has_unseen_poles"]

Array = np.ndarray
BETWEEN = np.linspace(0, 1, 18)[1:-1]  # points looked at from one row to the next
NEAREST = 3  # rows beside each one in several columns
GAP = 5.0  # times the median distance of neighbours: further apart, rows do not cover what is between
MOST_BROKEN = 0.01  # share of neighbours in several columns between which a root may be not real; a guess
NEAR = 20  # one row in so many is near to a pole, two at least
FAR = 3.0  # times the median difference of neighbours: so different are they near a pole that rows show
CLOSE, CLOSER = 1e-4, 1e-7  # of the way between two rows, from where a denominator is zero
GROWS = 10.0  # times from the one to the other at a pole; a simple one grows a thousand times
MOST_ROWS = 2000


def has_unseen_poles(expr: Expr, symbols: Sequence[Symbol], X: Array, y: Array) -> bool:
    """Whether a formula has a pole, or is not real, between rows that show nothing of it.

    Parameters
    ----------
    expr : Expr
        With its numbers.
    symbols : sequence of Symbol
        Of the columns.
    X : ndarray, shape (rows, columns)
    y : ndarray, shape (rows,)
        The target.

    Examples
    --------
    >>> x = Symbol("x")
    >>> rows = np.linspace(-1.0, 1.0, 20)
    >>> has_unseen_poles(1 / x, [x], rows[:, None], 1 / rows)
    False
    >>> has_unseen_poles(x + 0.001 / (x - 0.4), [x], rows[:, None], rows)
    True
    """
    every = 1 + len(y) // MOST_ROWS
    X, y = X[::every], y[::every]
    program = compile_expression(expr, symbols)
    return any(_unseen(c, program, symbols, X, y) for c in conditions_of(expr) if c.expr.free_symbols)


def _unseen(condition: Condition, program: Program, symbols: Sequence[Symbol], X: Array, y: Array) -> bool:
    """Whether one condition fails between neighbours, and the rows do not show it."""
    margin = compile_expression(condition.margin, symbols)
    one, other = _beside(condition, symbols, X)
    way = X[one] + BETWEEN[:, None, None] * (X[other] - X[one])
    with np.errstate(all="ignore"):
        between = margin.value(way.reshape(-1, X.shape[1])).reshape(len(BETWEEN), -1)
        here = np.vstack([margin.value(X[one]), between, margin.value(X[other])])
    if condition.relation != "!=":
        broken = np.count_nonzero(~condition.holds(here).all(axis=0))
        several = len(condition.expr.free_symbols) > 1
        return bool(broken > MOST_BROKEN * several * len(one))
    crossed = np.flatnonzero((here[:-1] * here[1:] <= 0).any(axis=0))
    poles = (k for k in crossed if _is_pole(program, margin, X[one[k]], X[other[k]]))
    return next(poles, None) is not None and not _shown(margin.value(X), y, one, other)


def _beside(condition: Condition, symbols: Sequence[Symbol], X: Array) -> tuple[Array, Array]:
    """Neighbours in the columns of the condition, those apart that have a gap between them."""
    used = X[:, [k for k, s in enumerate(symbols) if s in condition.expr.free_symbols]]
    one, other = neighbours(used, NEAREST)
    size = np.ptp(used, axis=0)
    distance = np.linalg.norm((used[one] - used[other]) / np.where(size > 0, size, 1.0), axis=1)
    covered = distance <= GAP * np.median(distance) if len(distance) else np.zeros(0, dtype=bool)
    return one[covered], other[covered]


def _is_pole(program: Program, margin: Program, one: Array, other: Array) -> bool:
    """Whether the formula grows towards the zero of a denominator between two rows."""
    at = _zero(margin, one, other)
    steps = np.array([CLOSE, CLOSER])[:, None] * (other - one)
    with np.errstate(all="ignore"):
        ahead, behind = np.abs(program.value(at + steps)), np.abs(program.value(at - steps))
    return any(not np.isfinite(v).all() or v[1] > GROWS * v[0] for v in (ahead, behind))


def _zero(margin: Program, one: Array, other: Array) -> Array:
    """A zero of the margin between two rows, by bisection of the first stretch on which its sign changes."""
    ends = np.concatenate([[0.0], BETWEEN, [1.0]])
    value = margin.value(one + ends[:, None] * (other - one))
    k = int(np.flatnonzero(value[:-1] * value[1:] <= 0)[0])
    low, high, sign = ends[k], ends[k + 1], np.sign(value[k])
    for _ in range(60):
        middle = (low + high) / 2
        same = np.sign(margin.value((one + middle * (other - one))[None])[0]) == sign
        low, high = (middle, high) if same else (low, middle)
    return one + low * (other - one)


def _shown(margin: Array, y: Array, one: Array, other: Array) -> bool:
    """Whether values near the zeros of a denominator differ more than elsewhere between neighbours."""
    near = np.zeros(len(y), dtype=bool)
    near[np.argsort(np.abs(margin))[: max(len(y) // NEAR, 2)]] = True
    step = np.abs(y[one] - y[other])
    return bool(np.median(step[near[one] | near[other]]) > FAR * np.median(step))
