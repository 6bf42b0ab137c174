"""Fit single primitives to a curve: ``y ≈ c f(a x + b) + d``, the reading that a person asks for by name.

:func:`~kantools.symbolic.curves.snap.snap` holds a curve against a whole grammar; here each primitive stands
alone between two affine maps, as on the fixed edges of a network. ``c`` and ``d`` are solved for, ``a`` and
``b`` iterated from several starts (:mod:`kantools.symbolic.curves.projection`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sympy import Expr, Float, Symbol

from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.curves.curve import Curve, curve_of
from kantools.symbolic.curves.projection import Place, fit_shapes, sharpen
from kantools.symbolic.curves.shape import Shape
from kantools.symbolic.curves.snap import linear_candidates, read_off, scored
from kantools.symbolic.language.language import costs_of
from kantools.symbolic.primitive import ARGUMENT, Primitive

__all__ = ["AffineFit", "affine_fits"]

A, B, C, D = (Symbol(name) for name in "abcd")


@dataclass(frozen=True)
class AffineFit:
    """A primitive where it fits a curve best: ``c f(a x + b) + d``.

    Attributes
    ----------
    primitive : Primitive
    numbers : (float, float, float, float)
        ``a, b, c, d``. What does not matter (the scale inside a power, the shift inside an exponential) is 1,
        -1 or 0.
    candidates : tuple of Candidate
        The same as readings of the curve, with the shifts ``b`` and ``d`` and without, the best one first.
    """

    primitive: Primitive
    numbers: tuple[float, float, float, float]
    candidates: tuple[Candidate, ...]

    @property
    def error(self) -> float:
        """Root mean square misfit of the best reading, relative to the curve's own spread."""
        return self.candidates[0].error

    @property
    def score(self) -> float:
        """Misfit and length of the best reading in nats; smaller is better."""
        return self.candidates[0].score

    @property
    def expr(self) -> Expr:
        """The best reading with its numbers, rounded for the eye."""
        constants = {symbol: Float(value, 4) for symbol, value in self.candidates[0].constants}
        return self.candidates[0].template.subs(constants)

    def evaluate(self, x: np.ndarray) -> np.ndarray:
        """``c f(a x + b) + d``."""
        a, b, c, d = self.numbers
        return c * self.primitive.value.on(a * np.asarray(x, float) + b) + d


def affine_fits(
    x: np.ndarray,
    y: np.ndarray,
    primitives: Sequence[Primitive],
    *,
    weight: np.ndarray | None = None,
    resolution: float = 1e-6,
    points: int = 120,
) -> list[AffineFit]:
    """Every primitive that can be drawn through a curve, the best first.

    Parameters
    ----------
    x, y : ndarray, shape (points,)
    primitives : sequence of Primitive
    weight : ndarray, shape (points,), or None
        Multiplies the squared misfit.
    resolution : float
        Misfits below this share of the curve's spread count as equal: how well the curve is known.
    points : int
        More points than these are thinned out evenly.

    Returns
    -------
    list of AffineFit
        By misfit and length. A primitive that is real nowhere near the curve is left out, and one that lies
        hopelessly far behind the best may be.

    Examples
    --------
    >>> from kantools.symbolic.primitive import select_primitives
    >>> x = np.linspace(0.0, 3.0, 50)
    >>> best = affine_fits(x, 2 * np.exp(0.5 * x) - 1, select_primitives(["sin", "exp", "square"]))[0]
    >>> best.primitive.name, [round(n, 6) for n in best.numbers]
    ('exp', [0.5, 0.0, 2.0, -1.0])
    """
    curve = curve_of(np.asarray(x, float), np.asarray(y, float), weight, points)
    if not curve.spread > 0:  # a constant: every primitive is one, if it does not matter
        return []
    plain = Primitive("identity", ARGUMENT, 0)
    floor = len(curve.x) * (resolution * curve.spread) ** 2
    places = sharpen(curve, fit_shapes(curve, [Shape(p, plain) for p in primitives], floor), floor)
    found = (_fit(curve, place, resolution) for place in places)
    return sorted((fit for fit in found if fit is not None), key=lambda fit: fit.score)


def _fit(curve: Curve, place: Place, resolution: float) -> AffineFit | None:
    """The best of the readings of one primitive; None where it is not finite on the curve."""
    primitive = place.shape.outer
    costs = costs_of((primitive,))
    readings = [*read_off(curve, place), *_unshifted(curve, place)]
    rated = [_priced(scored(reading, curve, resolution, costs), curve) for reading in readings]
    if not rated:
        return None
    rated.sort(key=lambda reading: reading.score)
    told = dict(rated[0].constants)
    a = told.get(A, _sign(place))
    numbers = (float(a), float(told.get(B, 0.0)), told[C], told.get(D, 0.0))
    fit = AffineFit(primitive, numbers, tuple(rated))
    return fit if np.isfinite(fit.evaluate(curve.x)).all() else None


def _unshifted(curve: Curve, place: Place) -> list[Candidate]:
    """Without the shift inside, where there is one to spare: ``sin(a x)`` for ``sin(a x + b)``.

    Sine and cosine, or powers about the origin, are then told apart by what their shifts cost.
    """
    f = place.shape.outer
    if f.shift_free:
        return []
    slope = _sign(place) if f.scale_free else place.width * 2 / float(np.ptp(curve.x))
    values = {} if f.scale_free else {A: slope}
    inside = ARGUMENT * (int(slope) if f.scale_free else A)
    with np.errstate(all="ignore"):
        column = f.value.on(slope * curve.x)
    return linear_candidates(curve, place.shape.name, C * f(inside), values, column, None)


def _priced(reading: Candidate, curve: Curve) -> Candidate:
    """With what it costs to write constants that cancel: so many digits more as they outweigh the curve.

    What imitates a straight line far out on a hyperbola is not meant.
    """
    told = dict(reading.constants)
    part = np.abs(reading.evaluate(curve.x) - told.get(D, 0.0)).max()
    return replace(reading, score=reading.score + float(np.log1p(part / curve.spread)))


def _sign(place: Place) -> float:
    """Of the argument where its scale does not matter; 1 where its shift does not either."""
    free = place.shape.outer.scale_free and place.shape.outer.shift_free
    return 1.0 if free or place.width > 0 else -1.0
