"""Variable projection over many shapes and starts at once.

Every shape is linear in all its constants but two, the place and the stretch of its argument,
``u = centre + width * t``. The linear ones are solved for exactly (Golub & Pereyra 1973), the other two
are iterated with Kaufman's (1975) Jacobian (:mod:`kantools.kernels.placing`). All starts of all shapes are
screened on a few points of the curve; the best few of each shape are iterated there, and those that fall
behind the best of all are given up on the way. What is left is sharpened on all points.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from sympy import Expr

from kantools.clock import CALL, worked
from kantools.kernels.placing import ROW, advance, lay_out, screen
from kantools.symbolic.curves.shape import Shape
from kantools.symbolic.curves.starts import starts
from kantools.symbolic.primitive import Primitive

__all__ = ["Curve", "Place", "extra_values", "fit_shapes", "sharpen"]

Array = np.ndarray
SCREENED = 40  # points on which shapes compete
KEEP = 3  # starts of a shape that are iterated
#: Iterations; how many starts of a shape go on after them; how far behind the best loss they may be.
ROUNDS = ((5, 2, 1e4), (8, 1, 1e2), (20, 1, np.inf))
LOOSE, TIGHT = 1e-3, 1e-12  # shares of the loss that are not worth iterating for: in the contest, at last
DAMPING = 0.05
RESERVE = 40  # shapes that go on however good the best is
NEGLIGIBLE = 1e-8  # share of the floor at which a loss is none
#: Array calls and passes over the arguments, of an iteration and of screening starts: counted in the code.
STEP_CALLS, STEP_PASSES = 40, 20
SCREEN_CALLS, SCREEN_PASSES = 60, 6


@dataclass(frozen=True)
class Curve:
    """A curve to be read: sorted points, square roots of the weights, and its own spread."""

    x: Array
    y: Array
    root: Array
    spread: float

    def thin(self, points: int) -> "Curve":
        """So many of the points, evenly, both ends among them."""
        if len(self.x) <= points:
            return self
        some = np.linspace(0, len(self.x) - 1, points).round().astype(int)
        return replace(self, x=self.x[some], y=self.y[some], root=self.root[some])


@dataclass(frozen=True)
class Place:
    """Where a shape fits best: the stretch of its argument, and the sum of squares left."""

    shape: Shape
    centre: float
    width: float
    loss: float


@dataclass(frozen=True)
class Scale:
    """Middle and half-width of an inner function's range: ``t = (g - middle) / half``."""

    middle: float
    half: float


@dataclass(frozen=True)
class Tables:
    """What the shapes have in common on one curve, and where each shape finds its share of it.

    Attributes
    ----------
    stretch : ndarray, shape (inner functions, points)
        Inner functions, scaled to [-1, 1].
    front : ndarray, shape (powers, points)
        Powers of x times the square roots of the weights.
    basis : ndarray, shape (further terms, 2, points)
        Orthonormal columns: the offset and the further term.
    rest : ndarray, shape (further terms, points)
        The part of ``y`` outside of them.
    address : ndarray of int, shape (shapes, 3)
        Rows of ``stretch``, ``front`` and ``basis``; -1 where a function is not finite.
    scales : tuple of Scale
    """

    stretch: Array
    front: Array
    basis: Array
    rest: Array
    address: Array
    scales: tuple[Scale, ...]

    @property
    def points(self) -> int:
        return self.stretch.shape[1]

    @cached_property
    def shared(self) -> tuple[Array, Array, Array]:
        return self.front, self.basis, self.rest


@dataclass
class Group:
    """Shapes with the same outer primitive, and the rows at work for them."""

    outer: Primitive
    rows: Array

    @cached_property
    def moves(self) -> Array:
        return np.array([not self.outer.shift_free, not self.outer.scale_free])


def fit_shapes(curve: Curve, shapes: Sequence[Shape], floor: float) -> list[Place]:
    """The best place of every shape that stays in reach of the best, found on a few points of the curve.

    Parameters
    ----------
    curve : Curve
    shapes : sequence of Shape
    floor : float
        The sum of squares on the whole curve that counts as none: shapes far above it and above the best
        are given up.

    Returns
    -------
    list of Place
        Their losses are those on all points.
    """
    scales, few = scales_of(curve, shapes), curve.thin(SCREENED)
    tables = tabulate(few, shapes, scales)
    floor *= len(few.x) / len(curve.x)
    groups = [_screened(outer, rows, tables) for outer, rows in _by_outer(shapes, tables)]
    if not groups:
        return []
    for iterations, keep, far in ROUNDS:
        for group in groups:
            _iterate(group, tables, iterations, NEGLIGIBLE * floor, LOOSE)
            group.rows = _best_of_each(group.rows, keep)
        limit = _limit(np.concatenate([group.rows["loss"] for group in groups]), floor, far, RESERVE * keep)
        for group in groups:
            group.rows = group.rows[(group.rows["loss"] <= limit) | group.rows["falling"]]
    rows = np.concatenate([group.rows for group in groups])
    return sharpen(curve, _places(shapes, rows), floor, iterations=0)


def sharpen(curve: Curve, places: Sequence[Place], floor: float, iterations: int = 12) -> list[Place]:
    """The same places after more iterations on all points; those where the shape is not real are left out."""
    shapes = [place.shape for place in places]
    tables = tabulate(curve, shapes, scales_of(curve, shapes))
    found = []
    for outer, rows in _by_outer(shapes, tables):
        rows["next_centre"] = [places[k].centre for k in rows["shape"]]
        rows["next_width"] = [places[k].width for k in rows["shape"]]
        _iterate(Group(outer, rows), tables, iterations + 1, NEGLIGIBLE * floor, TIGHT)
        found += _places(shapes, rows[np.isfinite(rows["loss"])])
    return found


def _places(shapes: Sequence[Shape], rows: Array) -> list[Place]:
    numbers = zip(*(rows[name].tolist() for name in ("shape", "centre", "width", "loss")), strict=True)
    return [Place(shapes[k], centre, width, loss) for k, centre, width, loss in numbers]


def _by_outer(shapes: Sequence[Shape], tables: Tables) -> Iterable[tuple[Primitive, Array]]:
    """A fresh row for every shape that is finite on the curve, outer primitive by outer primitive."""
    groups: dict[Hashable, list[int]] = {}
    for k, shape in enumerate(shapes):
        if (tables.address[k] >= 0).all():
            groups.setdefault((shape.outer.name, shape.outer.expr, shape.outer.shift_free), []).append(k)
    for members in groups.values():
        rows = np.zeros(len(members), ROW)
        rows["shape"] = members
        rows["stretch"], rows["front"], rows["basis"] = tables.address[members].T
        rows["loss"], rows["damping"] = np.inf, DAMPING
        yield shapes[members[0]].outer, rows


def _screened(outer: Primitive, rows: Array, tables: Tables) -> Group:
    """The best starts of each shape: ``f`` is evaluated once for all shapes with the same inner function."""
    inner = np.unique(rows["stretch"])
    begun = [starts(outer, tables.scales[g].middle / tables.scales[g].half) for g in inner]
    ends = np.cumsum([len(centre) for centre, _ in begun])
    centre, width = np.concatenate(begun, axis=1)
    t = np.repeat(tables.stretch[inner], np.diff(ends, prepend=0), axis=0)
    values = _evaluated(outer.value.on, centre[:, None] + width[:, None] * t)
    which = np.searchsorted(inner, rows["stretch"])
    begin = np.concatenate([[0], ends[:-1]])[which]
    chosen = screen(values, begin, ends[which], rows, *tables.shared, KEEP)
    compared = float(np.sum(ends[which] - begin)) * tables.points
    worked(SCREEN_CALLS * CALL + SCREEN_PASSES * compared)
    shape, rank = np.nonzero(chosen >= 0)
    rows = rows[shape]
    rows["next_centre"], rows["next_width"] = centre[chosen[shape, rank]], width[chosen[shape, rank]]
    return Group(outer, rows)


def _evaluated(f: Callable[[Array], Array], u: Array) -> Array:
    """The values as an array of their own, of one kind whatever ``f`` is."""
    values = np.empty_like(u)
    np.copyto(values, f(u))
    return values


def _iterate(group: Group, tables: Tables, iterations: int, enough: float, loose: float) -> None:
    """Levenberg-Marquardt on (centre, width) of every row at once; the rows change."""
    active = np.flatnonzero(~group.rows["done"])
    f, (low, high) = group.outer, group.outer.domain
    u = np.empty((len(active), tables.points))
    lay_out(group.rows, active, tables.stretch, low, high, u)
    for _ in range(iterations):
        if not len(active):
            break
        u = u[: len(active)]
        worked(STEP_CALLS * CALL + STEP_PASSES * u.size)
        values, slopes = _evaluated(f.value.on, u), _evaluated(f.slope.on, u)
        busy = advance(
            values,
            slopes,
            group.rows,
            active,
            tables.stretch,
            *tables.shared,
            group.moves,
            low,
            high,
            enough,
            loose,
            u,
        )
        active = active[:busy]


def _best_of_each(rows: Array, keep: int) -> Array:
    """The rows with the least finite loss, so many of each shape."""
    rows = rows[np.isfinite(rows["loss"])]
    rows = rows[np.lexsort((rows["loss"], rows["shape"]))]
    first = np.searchsorted(rows["shape"], rows["shape"])
    return rows[np.arange(len(rows)) - first < keep]


def _limit(losses: Array, floor: float, far: float, reserve: int) -> float:
    """The loss up to which rows go on: in reach of the best or, however far behind, among the first few."""
    losses = np.sort(losses)
    return float(max(far * max(floor, losses[0]), losses[:reserve][-1])) if len(losses) else 0.0


def scales_of(curve: Curve, shapes: Sequence[Shape]) -> dict[Primitive, Scale]:
    """The range of every inner function on the curve, of those that are finite and not constant."""
    scales = {}
    for inner in dict.fromkeys(shape.inner for shape in shapes):
        g = inner.value.on(curve.x)
        low, high = g.min(), g.max()
        if np.isfinite(low) and np.isfinite(high) and low < high:
            scales[inner] = Scale((low + high) / 2, (high - low) / 2)
    return scales


def tabulate(curve: Curve, shapes: Sequence[Shape], scales: dict[Primitive, Scale]) -> Tables:
    """Everything that the shapes need of a curve, each thing once."""
    powers = list(dict.fromkeys(shape.power for shape in shapes))
    extras = list(dict.fromkeys(shape.extra for shape in shapes))
    with np.errstate(all="ignore"):
        front = np.array([curve.root * curve.x ** float(q) if q != 0 else curve.root for q in powers])
        further = np.array([_further(curve, extra) for extra in extras])
        bases = [_basis(curve.root, column) for column in further]
    target = curve.root * curve.y
    inners: dict[Hashable, int] = {g: k for k, g in enumerate(scales)}
    return Tables(
        np.array([(g.value.on(curve.x) - s.middle) / s.half for g, s in scales.items()]),
        front,
        np.array(bases),
        np.array([target - Q.T @ (Q @ target) for Q in bases]),
        _addresses(shapes, inners, _finite(powers, front), _finite(extras, further)),
        tuple(scales.values()),
    )


def _finite(things: Sequence[Hashable], values: Array) -> dict[Hashable, int]:
    """The rows of the things that are finite everywhere."""
    return {thing: k for k, thing in enumerate(things) if np.isfinite(values[k]).all()}


def _addresses(shapes: Sequence[Shape], *places: dict[Hashable, int]) -> Array:
    parts = ((shape.inner, shape.power, shape.extra) for shape in shapes)
    return np.array([[p.get(part, -1) for p, part in zip(places, three, strict=True)] for three in parts])


def _further(curve: Curve, extra: Expr | None) -> Array:
    return np.zeros_like(curve.x) if extra is None else curve.root * extra_values(extra, curve.x)


def _basis(offset: Array, further: Array) -> Array:
    """Orthonormal rows that span both; the second is zero where it adds nothing."""
    first = offset / np.linalg.norm(offset)
    size = np.linalg.norm(further)
    if not 0 < size < np.inf:
        return np.stack([first, np.zeros_like(first)])
    second = further / size
    for _ in range(2):  # once more against rounding
        second = second - first * (first @ second)
    left = np.linalg.norm(second)
    return np.stack([first, second / left if left > 1e-12 else np.zeros_like(first)])


@lru_cache(maxsize=64)
def _further_term(extra: Expr) -> Primitive:
    return Primitive("extra", extra)


def extra_values(extra: Expr, x: Array) -> Array:
    """The values of a shape's further term."""
    return _further_term(extra).value.on(x)
