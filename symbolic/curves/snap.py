"""Snap: read a curve as formulas, by nonlinear least squares over a grammar of shapes.

The shapes (:mod:`kantools.symbolic.curves.shape`) are placed on the curve
(:mod:`kantools.symbolic.curves.projection`), the promising ones are written out as expressions, and each is
scored by its misfit and its length. How well the curve itself is known sets the resolution below which
misfits count as equal.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from sympy import Expr, Symbol

from kantools.clock import CALL, NODE, worked
from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.curves.curve import Curve, curve_of
from kantools.symbolic.curves.polynomial import polynomials
from kantools.symbolic.curves.projection import Place, fit_shapes, sharpen
from kantools.symbolic.curves.relaxations import relaxations
from kantools.symbolic.curves.shape import Shape, a, c, d, e, shapes
from kantools.symbolic.curves.tables import extra_values
from kantools.symbolic.curves.unshifted import Unshifted, unshifted
from kantools.symbolic.language.complexity import Costs, complexity
from kantools.symbolic.language.language import costs_of
from kantools.symbolic.primitive import Primitive

__all__ = ["snap"]

Array = np.ndarray
SHARPENED = 80  # shapes that are fitted to all points
READ_OFF = 40  # shapes that are written out as expressions
#: What a candidate takes, its linear constants, its expression and its score: array calls, nodes looked at.
#: Measured by ``python -m benchmarks.effort --parts``.
OFFER_CALLS, OFFER_NODES = 100, 60


def snap(
    x: Array,
    y: Array,
    primitives: Sequence[Primitive],
    *,
    weight: Array | None = None,
    resolution: float = 1e-6,
    keep: int = 8,
    points: int = 120,
    homogeneous: bool = False,
) -> list[Candidate]:
    """Candidates for a curve, best first.

    Parameters
    ----------
    x, y : ndarray, shape (points,)
    primitives : sequence of Primitive
    weight : ndarray, shape (points,), or None
        Multiplies the squared misfit.
    resolution : float
        Misfits below this share of the curve's spread count as equal: how well the curve is known.
    keep : int
        How many different curves to return; of equal curves up to three forms.
    points : int
        More points than these are thinned out evenly.
    homogeneous : bool
        Whether functions of ``a*x`` and ``a/x`` without a shift are looked for by themselves, which takes as
        long again: where ``x`` counts from its own zero.

    Examples
    --------
    >>> import numpy as np
    >>> from kantools.symbolic.primitive import select_primitives
    >>> x = np.linspace(0.0, 3.0, 50)
    >>> best = snap(x, 2 * np.sin(1.5 * x + 0.3) + 1, select_primitives(["identity", "sin", "exp"]))[0]
    >>> best.name
    'sin'
    """
    curve = curve_of(np.asarray(x, float), np.asarray(y, float), weight, points)
    if curve.spread <= 1e-14 * np.abs(y).max(initial=1e-300):
        return [Candidate("constant", d, ((d, float(np.mean(y))),), d, 0.0, 0.0)]
    found = list(polynomials(curve.x, curve.y, curve.root, primitives))
    found += relaxations(curve.x, curve.y, curve.root, primitives)
    for place in _places(curve, primitives, resolution):
        found += read_off(curve, place)
    if homogeneous:
        found += [c for u in unshifted(curve, primitives) for c in _written(u, curve)]
    worked(len(found) * (OFFER_CALLS * CALL + OFFER_NODES * NODE))
    costs = costs_of(tuple(primitives))
    ranked = sorted((scored(c, curve, resolution, costs) for c in found), key=lambda s: s.score)
    return _distinct(ranked, curve, keep, resolution)


def _places(curve: Curve, primitives: Sequence[Primitive], resolution: float) -> list[Place]:
    """Where the promising shapes of the grammar fit this curve best."""
    floor = len(curve.x) * (resolution * curve.spread) ** 2
    fitting = [shape for shape in grammar(tuple(primitives)) if shape.fits(curve.x[0], curve.x[-1])]
    places = _promising(curve, fit_shapes(curve, fitting, floor), resolution, SHARPENED)
    return _promising(curve, sharpen(curve, places, floor), resolution, READ_OFF)


def _promising(curve: Curve, places: list[Place], resolution: float, most: int) -> list[Place]:
    """The best so many places, by misfit and a rough count of symbols."""

    def score(place: Place) -> float:
        error2 = place.loss / len(curve.x) / curve.spread**2
        return misfit(len(curve.x), error2, resolution) + 0.7 * place.shape.size

    return sorted(places, key=score)[:most]


@lru_cache(maxsize=8)
def grammar(primitives: tuple[Primitive, ...]) -> tuple[Shape, ...]:
    """All shapes that these primitives make."""
    return tuple(shapes(primitives))


def misfit(n: int, error2: float, resolution: float) -> float:
    """Nats that a relative mean square misfit costs, nothing being told apart below the resolution."""
    return 0.5 * n * float(np.log(error2 + resolution**2))


def read_off(curve: Curve, place: Place) -> list[Candidate]:
    """From the batch's scale to the shape's own constants, the linear ones solved once more."""
    shape, centre, width = place.shape, place.centre, place.width
    g = shape.inner.value.on(curve.x)
    slope = width * 2 / np.ptp(g)
    shift = centre - slope * (g.max() + g.min()) / 2
    sign = 1 if slope > 0 else -1
    if shape.outer.scale_free:
        slope, shift = float(sign), shift / abs(slope)
    template, free = shape.template(sign)
    values = {s: v for s, v in ((Symbol("a"), slope), (Symbol("b"), shift)) if s in free}
    u = slope * g + (0.0 if shape.outer.shift_free else shift)
    with np.errstate(all="ignore"):
        column = curve.x ** float(shape.power) * shape.outer.value.on(g if not free else u)
    return linear_candidates(curve, shape.name, template, values, column, shape.extra)


def _written(found: Unshifted, curve: Curve) -> list[Candidate]:
    """With the offset that its scale was found for."""
    both = linear_candidates(curve, found.name, found.template, {a: found.scale}, found.column(curve.x), None)
    return [c for c in both if (c.offset is not None) == found.offset]


def linear_candidates(
    curve: Curve, name: str, template: Expr, values: dict[Symbol, float], column: Array, extra: Expr | None
) -> list[Candidate]:
    """Solve for the linear constants, with an offset and without."""
    columns, symbols = [column], [c]
    if extra is not None:
        columns.append(extra_values(extra, curve.x))
        symbols.append(e)
        template = template + e * extra
    columns.append(np.ones_like(curve.x))
    A = np.stack(columns, axis=1) * curve.root[:, None]
    norm = np.linalg.norm(np.where(np.abs(A) < 1e150, A, 0.0), axis=0)
    told = np.isfinite(curve.root * curve.y).all()
    if not (told and np.isfinite(A).all() and np.abs(A).max() < 1e150 and norm.all()):
        return []
    found = []
    for offset in (True, False):
        m = A.shape[1] - (not offset)
        solution = np.linalg.lstsq(A[:, :m] / norm[:m], curve.root * curve.y, rcond=1e-13)[0] / norm[:m]
        residual = curve.root * curve.y - A[:, :m] @ solution
        error = float(np.sqrt(np.mean(residual**2)) / curve.spread)
        names = [*symbols, d] if offset else symbols
        constants = (*values.items(), *zip(names, solution.tolist(), strict=True))
        found.append(
            Candidate(name, template + d if offset else template, constants, d if offset else None, error)
        )
    return found


def scored(candidate: Candidate, curve: Curve, resolution: float, costs: Costs) -> Candidate:
    """Description length on the curve: misfit beyond the resolution, constants, and symbols."""
    n = len(curve.x)
    length = 0.5 * len(candidate.constants) * np.log(n) + 0.7 * complexity(candidate.template, costs)
    return replace(candidate, score=misfit(n, candidate.error**2, resolution) + length)


def _distinct(candidates: list[Candidate], curve: Curve, keep: int, resolution: float) -> list[Candidate]:
    """Distinct curves; of equal ones the three best, since the whole formula may prefer another form."""
    kept: list[Candidate] = []
    drawn: list[Array] = []
    curves = 0
    for candidate in candidates:
        values = candidate.evaluate(curve.x)
        if not np.isfinite(values).all():
            continue
        same = sum(np.abs(values - other).max() <= 0.1 * resolution * curve.spread for other in drawn)
        if same >= 3:
            continue
        curves += same == 0
        if curves > keep:
            break
        kept.append(candidate)
        drawn.append(values)
    return kept
