"""Where a formula can be believed: the ranges it was seen in, and where it is not real or not finite.

Interval arithmetic on many small boxes proves that a condition of the formula holds throughout the ranges of
the table; random points, corners and a search for the worst point show that it fails somewhere. What none of
them settles is said to be open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from scipy.optimize import minimize
from sympy import Expr, Symbol

from kantools.symbolic.evaluate import Program, compile_expression
from kantools.symbolic.trust.condition import Condition, conditions_of
from kantools.symbolic.trust.interval import bounds, halved, split

__all__ = ["Domain", "Range", "domain_of"]

Array = np.ndarray
BOXES, POINTS, MOST_CORNERS = 4096, 2048, 10
HALVINGS = 40  # of a box, to a part in 10¹² of a column's range
STARTS, EVALUATIONS = 3, 1000  # of a search for the worst point
TOUCHING = 1e-10  # of the largest margin: so little is zero


@dataclass(frozen=True)
class Range:
    """The values of a column that were seen.

    >>> print(Range("t", 0.5, 3.0))
    0.5 <= t <= 3
    >>> print(Range("g", 9.81, 9.81))
    g = 9.81
    """

    column: str
    low: float
    high: float

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.column} = {self.low:.4g}"
        return f"{self.low:.4g} <= {self.column} <= {self.high:.4g}"


@dataclass(frozen=True)
class Domain:
    """Where a formula was seen, and where it is real and finite.

    Attributes
    ----------
    ranges : tuple of Range
        Of the columns that occur in the formula, and of those that never varied.
    conditions : tuple of Condition
        Those that do not hold for all numbers.
    finite : bool
        Whether the formula was real and finite at every point tried within the ranges.

    Examples
    --------
    >>> from sympy import log, symbols
    >>> x, y = symbols("x y")
    >>> X = np.array([[1.0, 5.0], [3.0, 7.0]])
    >>> print(domain_of(log(x) / (x - y), ("x", "y"), X))
    1 <= x <= 3, 5 <= y <= 7
    >>> print(domain_of(log(x) / (x - y + 4), ("x", "y"), X))
    1 <= x <= 3, 5 <= y <= 7; fails there unless x - y + 4 != 0
    """

    ranges: tuple[Range, ...] = ()
    conditions: tuple[Condition, ...] = ()
    finite: bool = True

    @property
    def unbroken(self) -> bool:
        """Whether nothing is known against the formula within its ranges.

        >>> Domain().unbroken, Domain(finite=False).unbroken
        (True, False)
        """
        return self.finite and all(c.met is not False for c in self.conditions)

    def covers(self, columns: Mapping[str, Array]) -> Array:
        """Which rows lie in the ranges seen and meet every condition.

        Parameters
        ----------
        columns : mapping of str to ndarray, shape (rows,)

        Examples
        --------
        >>> from sympy import Integer
        >>> domain = Domain((Range("x", 0.0, 2.0),), (Condition(Symbol("x"), "!=", Integer(1)),))
        >>> domain.covers({"x": np.array([0.0, 1.0, 2.0, 3.0])}).tolist()
        [True, False, True, False]
        """
        rows = next(iter(columns.values())).shape
        good = np.ones(rows, dtype=bool)
        for r in self.ranges:
            good &= (columns[r.column] >= r.low) & (columns[r.column] <= r.high)
        names = list(columns)
        X = np.stack([columns[n] for n in names], axis=1)
        for condition in self.conditions:
            margin = compile_expression(condition.margin, [Symbol(n) for n in names]).value(X)
            good &= condition.holds(margin)
        return good

    def __str__(self) -> str:
        seen = ", ".join(map(str, self.ranges)) or "everywhere"
        failing = " and ".join(str(c) for c in self.conditions if c.met is False)
        open_ = " and ".join(str(c) for c in self.conditions if c.met is None)
        said = [seen, f"fails there unless {failing}" * bool(failing), f"not told: {open_}" * bool(open_)]
        if not self.finite and not failing:
            said.append("not finite everywhere there")
        return "; ".join(part for part in said if part)


def domain_of(expr: Expr, columns: tuple[str, ...], X: Array, seed: int = 0) -> Domain:
    """The domain of a formula that was fitted to rows ``X``.

    Parameters
    ----------
    expr : Expr
        With its numbers, in symbols named like the columns.
    columns : tuple of str
    X : ndarray, shape (rows, columns)
    seed : int
        Of the random points.

    Examples
    --------
    >>> from sympy import sqrt
    >>> x = Symbol("x")
    >>> domain = domain_of(sqrt(x - 1), ("x",), np.array([[0.0], [4.0]]))
    >>> print(domain)
    0 <= x <= 4; fails there unless x >= 1
    >>> domain.finite
    False
    """
    used = [(k, c) for k, c in enumerate(columns) if Symbol(c) in expr.free_symbols]
    ranges = tuple(Range(c, float(X[:, k].min()), float(X[:, k].max())) for k, c in used)
    box = {Symbol(r.column): (r.low, r.high) for r in ranges}
    points = _points(box, seed)
    met = (_judged(c, box, points) for c in conditions_of(expr))
    values = compile_expression(expr, list(box)).value(points)
    return Domain(ranges, tuple(met), bool(np.isfinite(values).all()))


def _points(box: Mapping[Symbol, tuple[float, float]], seed: int) -> Array:
    """Corners and random points of a box, shape (points, columns)."""
    low, high = np.array(list(box.values())).reshape(-1, 2).T
    inside = np.random.default_rng(seed).uniform(low, high, (POINTS, len(low)))
    corners = list(product(*box.values())) if len(low) <= MOST_CORNERS else [low, high]
    return np.vstack([np.array(corners, dtype=float).reshape(len(corners), len(low)), inside])


def _judged(condition: Condition, box: Mapping[Symbol, tuple[float, float]], points: Array) -> Condition:
    """The condition with what points, intervals and a search for the worst point tell of it."""
    program = compile_expression(condition.margin, list(box))
    margin = program.value(points)
    if _fails(condition, margin):
        return replace(condition, met=False)
    if _proven_in(condition, box):
        return replace(condition, met=True)
    return replace(condition, met=False if _touched(condition, program, box, points, margin) else None)


def _fails(condition: Condition, margin: Array) -> bool:
    """Whether it fails for one of these margins, or between two of them."""
    real = margin[~np.isnan(margin)]
    fails = not condition.holds(real).all()
    if condition.relation == "!=":  # continuous where it is real: of two signs, somewhere zero
        fails = fails or bool(len(real) and real.min() < 0 < real.max())
    return fails


def _proven_in(condition: Condition, box: Mapping[Symbol, tuple[float, float]]) -> bool:
    """Whether intervals prove it, box by box; where they do not, boxes are halved while they are few.

    Where a margin touches zero there is always a box that is not proven, however small.
    """
    parts = split(box, BOXES)
    for _ in range(HALVINGS):
        low, high = bounds(condition.margin, parts)
        proven = condition.proven(low, high)
        if proven.all():
            return True
        left = np.flatnonzero(~proven)
        if len(left) * 2 ** len(box) > BOXES:
            return False
        parts = halved({s: (ends[0][left], ends[1][left]) for s, ends in parts.items()})
    return False


def _touched(
    condition: Condition,
    program: Program,
    box: Mapping[Symbol, tuple[float, float]],
    points: Array,
    margin: Array,
) -> bool:
    """Whether a search from the most endangered points ends where the condition fails.

    A margin that touches zero without a change of sign, ``(x - 1)**2``, is zero at no random point.
    """
    low, width = np.array([(a, b - a) for a, b in box.values()]).T
    distance = np.abs(margin) if condition.relation == "!=" else margin
    known = np.where(np.isnan(distance), np.inf, distance)

    def at(u: Array) -> float:
        value = program.value((low + u * width)[None])[0]
        value = abs(value) if condition.relation == "!=" else value
        return float(value) if np.isfinite(value) else np.inf

    starts = (points[np.argsort(known)[:STARTS]] - low) / np.where(width > 0, width, 1.0)
    options = {"xatol": 1e-13, "fatol": 0.0, "maxfev": EVALUATIONS}
    least = min(
        minimize(at, u, method="Nelder-Mead", bounds=[(0, 1)] * len(u), options=options).fun for u in starts
    )
    zero = TOUCHING * float(np.abs(margin[np.isfinite(margin)]).max(initial=0.0))
    return bool(least < -zero if condition.relation in (">=", "<=") else least <= zero)
