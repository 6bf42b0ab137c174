"""Variable projection over many shapes and starts at once.

Every shape is linear in all its constants but two, the place and the stretch of its argument,
``u = centre + width * t``. The linear ones are solved for exactly (Golub & Pereyra 1973), the other two
are iterated with Kaufman's (1975) Jacobian (:mod:`kantools.kernels.placing`). All starts of all shapes are
screened on a few points of the curve; the best few of each shape are iterated there, and those that fall
behind the best of all are given up on the way. What is left is sharpened on all points.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kantools.clock import CALL, worked
from kantools.kernels.placing import ROW, advance, lay_out, screen
from kantools.symbolic.curves.curve import Curve
from kantools.symbolic.curves.shape import Shape
from kantools.symbolic.curves.starts import starts
from kantools.symbolic.curves.tables import Tables, scales_of, tabulate
from kantools.symbolic.primitive import Primitive

__all__ = ["Place", "fit_shapes", "sharpen"]

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
class Place:
    """Where a shape fits best: the stretch of its argument, and the sum of squares left."""

    shape: Shape
    centre: float
    width: float
    loss: float


@dataclass
class Contest:
    """Shapes with the same outer primitive, which compete, and the rows at work for them."""

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
        _iterate(Contest(outer, rows), tables, iterations + 1, NEGLIGIBLE * floor, TIGHT)
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


def _screened(outer: Primitive, rows: Array, tables: Tables) -> Contest:
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
    return Contest(outer, rows)


def _evaluated(f: Callable[[Array], Array], u: Array) -> Array:
    """The values as an array of their own, of one kind whatever ``f`` is."""
    values = np.empty_like(u)
    np.copyto(values, f(u))
    return values


def _iterate(group: Contest, tables: Tables, iterations: int, enough: float, loose: float) -> None:
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
