"""Placing shapes on a curve: the linear constants are eliminated, the two others found."""

from dataclasses import replace

import numpy as np
import pytest
import sympy
from scipy.optimize import least_squares

from kantools.symbolic.curves.curve import Curve
from kantools.symbolic.curves.projection import Place, fit_shapes, sharpen
from kantools.symbolic.curves.shape import Shape, shapes
from kantools.symbolic.curves.tables import extra_values
from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.primitive import PRIMITIVES, Primitive, select_primitives

IDENTITY = Primitive("identity", x, 0)
NOTHING = 1e-20
T = np.sort(np.random.default_rng(0).uniform(0.3, 3.0, 150))
HALF = sympy.Rational(1, 2)
SHAPES = [
    Shape(PRIMITIVES["sin"], IDENTITY),
    Shape(PRIMITIVES["exp"], IDENTITY, HALF),
    Shape(PRIMITIVES["log"], IDENTITY, sympy.Integer(0), x),
    Shape(PRIMITIVES["tanh"], PRIMITIVES["square"]),
    Shape(PRIMITIVES["reciprocal_sqrt"], PRIMITIVES["exp"], sympy.Integer(-1), x**2),
]


def curve(y: np.ndarray, weight: np.ndarray | None = None) -> Curve:
    root = np.ones_like(T) if weight is None else np.sqrt(weight / weight.mean())
    return Curve(T, y, root, float(np.std(root * y)))


def argument(place: Place, points: np.ndarray) -> np.ndarray:
    g, here = place.shape.inner.value.on(T), place.shape.inner.value.on(points)
    return place.centre + place.width * (here - (g.max() + g.min()) / 2) / (np.ptp(g) / 2)


def solved(place: Place, curve: Curve) -> float:
    """The sum of squares by numpy's own least squares at a place."""
    shape = place.shape
    columns = [np.ones_like(T), T ** float(shape.power) * shape.outer.value.on(argument(place, T))]
    columns += [] if shape.extra is None else [extra_values(shape.extra, T)]
    A = np.stack(columns, axis=1) * curve.root[:, None]
    b = curve.root * curve.y
    return float(np.sum((b - A @ np.linalg.lstsq(A, b, rcond=None)[0]) ** 2))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_the_loss_is_that_of_linear_least_squares(shape):
    bent = curve(np.cos(T) + 0.1 * T**3, weight=1 + T)
    (place,) = fit_shapes(bent, [shape], NOTHING)
    assert place.loss == pytest.approx(solved(place, bent), rel=1e-6)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_no_better_place_is_next_to_a_sharpened_one(shape):
    """Against scipy, which sees the place only and differentiates by differences."""
    bent = curve(np.cos(T) + 0.1 * T**3, weight=1 + T)
    (place,) = sharpen(bent, fit_shapes(bent, [shape], NOTHING), NOTHING, iterations=60)
    f = shape.outer

    def loss(p):
        moved = replace(place, centre=p[0], width=p[1])
        low, high = f.domain
        inside = (argument(moved, T) > low) & (argument(moved, T) < high)
        return [np.sqrt(solved(moved, bent)) if inside.all() else 1e6]

    start = [place.centre, place.width]
    found = least_squares(loss, start, x_scale=np.maximum(np.abs(start), 1e-3), xtol=1e-15)
    assert np.sqrt(place.loss) <= np.abs(found.fun[0]) * (1 + 1e-5)


def test_sharpening_never_loses():
    noisy = curve(np.exp(-T) * np.sin(3 * T) + 0.01 * np.random.default_rng(1).normal(size=len(T)))
    before = fit_shapes(noisy, [s for s in shapes(select_primitives(None)) if s.fits(0.3, 3.0)], NOTHING)
    after = {place.shape: place.loss for place in sharpen(noisy, before, NOTHING)}
    assert len(after) == len(before) > 300
    assert all(after[place.shape] <= place.loss * (1 + 1e-9) for place in before)


def test_shapes_far_behind_the_best_are_given_up_but_for_a_few():
    grammar = [s for s in shapes(select_primitives(None)) if s.fits(0.3, 3.0)]
    exact, bent = curve(np.sin(2 * T + 1)), curve(np.sin(2 * T + 1) + np.abs(np.sin(7 * T)))
    floor = 1e-12 * len(T) * exact.spread**2
    assert 40 <= len(fit_shapes(exact, grammar, floor)) < 0.5 * len(fit_shapes(bent, grammar, floor))


def test_arguments_stay_within_the_domain():
    places = fit_shapes(curve(np.sqrt(T)), [Shape(PRIMITIVES["arcsin"], IDENTITY)], NOTHING)
    assert all(np.abs(argument(place, T)).max() < 1 for place in places)


def test_a_shape_that_is_infinite_on_the_curve_is_left_out():
    infinite = Shape(PRIMITIVES["sin"], IDENTITY, sympy.Integer(0), 1 / (x - sympy.Float(T[0])))
    plain = Shape(PRIMITIVES["sin"], IDENTITY)
    assert [place.shape for place in fit_shapes(curve(np.sin(T)), [infinite, plain], NOTHING)] == [plain]
    assert fit_shapes(curve(np.sin(T)), [infinite], NOTHING) == []


def test_a_thinned_curve_keeps_its_ends():
    thin = curve(np.sin(T)).thin(40)
    assert (len(thin.x), thin.x[0], thin.x[-1]) == (40, T[0], T[-1])
    assert curve(np.sin(T)).thin(200).x is T
