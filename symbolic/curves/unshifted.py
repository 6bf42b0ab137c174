"""Shapes without a shift: ``c * x**q * f(a*x)`` and ``c * x**q * f(a/x)``, with an offset or without.

Where a column counts from its own zero, as temperatures, times and dimensionless groups do, laws such as
``1/(exp(a*x) - 1)`` and ``x/sinh(a*x)`` have one constant inside and no shift. They are members of the
grammar with a shift of zero, which its search rarely meets: their pole is there. The scale ``a`` alone is
scanned, and scanned again more finely where least is left; factor and offset follow by projection.

Source: G. H. Golub & V. Pereyra, "The differentiation of pseudo-inverses and nonlinear least squares problems
whose variables separate", *SIAM Journal on Numerical Analysis* 10 (1973) 413.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from sympy import Expr, Rational

from kantools.clock import CALL, worked
from kantools.symbolic.curves.curve import Curve
from kantools.symbolic.curves.shape import PREFACTORS, ZERO, a, c
from kantools.symbolic.language.complexity import complexity
from kantools.symbolic.primitive import ARGUMENT, Primitive

__all__ = ["Unshifted", "unshifted"]

Array = np.ndarray
SCALES = np.geomspace(0.02, 50, 24)  # times the inverse of a middling argument
STEP = float(np.log(SCALES[1] / SCALES[0]))
ZOOM = np.array([-0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75])  # of a step; the next one is a quarter
ROUNDS = 4
PROPORTIONAL = 1e-10  # share that is new in a column beside the offset
LARGEST = 1e100
ROUNDING = 1e-15  # share of the curve's power below which nothing is left
CALLS, PASSES = 40, 6  # of arrays, and over the columns, to make and to compare them: counted in the code


@dataclass(frozen=True)
class Unshifted:
    """``c * x**power * outer(a * x**inner)`` on a curve, with the scale ``a`` that leaves least.

    Attributes
    ----------
    outer : Primitive
    inner : {1, -1}
    power : Rational
    scale : float
    offset : bool
    left : float
        Beside the best factor and offset, as a share of the curve's weighted sum of squares.
    """

    outer: Primitive
    inner: int
    power: Rational
    scale: float
    offset: bool
    left: float

    @property
    def name(self) -> str:
        inside = self.outer.name if self.inner == 1 else f"{self.outer.name}(reciprocal)"
        return inside if self.power == 0 else f"x**{self.power} * {inside}"

    @property
    def template(self) -> Expr:
        return _template(self.outer, self.inner, self.power)

    def column(self, x: Array) -> Array:
        """Its values but for the factor."""
        return _columns(self.outer, self.inner, x ** float(self.power), x, np.array(self.scale))


@lru_cache(maxsize=2048)
def _template(outer: Primitive, inner: int, power: Rational) -> Expr:
    return c * ARGUMENT**power * outer(a * ARGUMENT**inner)


@lru_cache(maxsize=2048)
def _symbols(outer: Primitive, inner: int, power: Rational) -> int:
    return complexity(_template(outer, inner, power))


def unshifted(curve: Curve, primitives: Sequence[Primitive], most: int = 24) -> list[Unshifted]:
    """The best of them by misfit and length, so many at most.

    Examples
    --------
    >>> from kantools.symbolic.primitive import select_primitives
    >>> x = np.linspace(0.1, 5, 60)
    >>> curve = Curve(x, 2 / (np.exp(0.7 * x) - 1), np.ones(60), 1.0)
    >>> best = unshifted(curve, select_primitives(None))[0]
    >>> str(best.template), round(best.scale, 3)
    ('c/(exp(a*x) - 1)', 0.7)
    """
    size = float(np.abs(curve.y).max(initial=0.0))
    if not 0 < size < np.inf:
        return []
    curve = replace(curve, y=curve.y / size)  # squares of small or large numbers leave floating point
    both = (u for offset in (True, False) for u in _scanned(curve, primitives, offset))
    told = [u for u in both if np.isfinite(u.left)]
    log_rows = float(np.log(len(curve.x)))

    def score(u: Unshifted) -> float:
        symbols = _symbols(u.outer, u.inner, u.power) + 2 * u.offset
        return 0.5 * (len(curve.x) * float(np.log(u.left + ROUNDING)) + u.offset * log_rows) + 0.7 * symbols

    return sorted(told, key=score)[:most]


def _scanned(curve: Curve, primitives: Sequence[Primitive], offset: bool) -> Iterator[Unshifted]:
    """Every shape with its best scale."""
    x, positive = curve.x, curve.x[0] > 0
    powers = [q for q in (ZERO, *PREFACTORS) if positive or (q.is_integer and q >= 0)]
    with np.errstate(all="ignore"):  # what overflows is left out
        front = np.stack([x ** float(q) for q in powers])[:, None, :]
    for inner in (1, -1) if positive else (1,):
        argument = x**inner
        for p in (p for p in primitives if not (p.scale_free or p.shift_free)):
            scales = _within(p, SCALES / np.median(np.abs(argument)), argument)
            if not len(scales):
                continue
            scale, left = np.broadcast_to(scales, (len(powers), len(scales))), np.array([])
            for k in range(ROUNDS):
                lefts = _left(_columns(p, inner, front, x, scale), curve, offset)
                best = np.argmin(lefts, axis=1)[:, None]
                middle, left = np.take_along_axis(scale, best, 1), np.take_along_axis(lefts, best, 1)[:, 0]
                scale = middle * np.exp(STEP * ZOOM / 4.0**k)
            found = zip(powers, middle[:, 0].tolist(), left.tolist(), strict=True)
            yield from (Unshifted(p, inner, power, s, offset, least) for power, s, least in found)


def _within(p: Primitive, scales: Array, argument: Array) -> Array:
    """The scales at which all arguments are in the primitive's domain."""
    low, high = p.domain
    return scales[(scales * argument.min() > low) & (scales * argument.max() < high)]


def _columns(outer: Primitive, inner: int, front: Array, x: Array, scale: Array) -> Array:
    """``front * outer(scale * x**inner)``, the points last."""
    with np.errstate(all="ignore"):
        return front * outer.value.on(np.multiply.outer(scale, x ** float(inner)))


def _left(columns: Array, curve: Curve, offset: bool) -> Array:
    """The share that the best ``c * column (+ d)`` leaves of the curve; infinite outside the domain."""
    worked(CALLS * CALL + PASSES * columns.size)
    weight = curve.root**2 / np.sum(curve.root**2) * offset
    told = (np.abs(columns) < LARGEST).all(axis=-1)
    columns = np.where(told[..., None], columns, 0.0)
    beside = curve.root * (columns - (columns @ weight)[..., None])
    target = curve.root * (curve.y - weight @ curve.y)
    target = target / np.linalg.norm(curve.root * curve.y)
    size = np.sum(beside**2, axis=-1)
    new = told & (size > PROPORTIONAL * np.sum((curve.root * columns) ** 2, axis=-1))
    along = (beside @ target) ** 2 / np.where(new, size, 1.0)
    return np.where(new, target @ target - along, np.inf)
