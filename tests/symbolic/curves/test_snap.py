"""Snapping finds the form of a curve."""

import numpy as np
import pytest
import sympy

from kantools.symbolic.curves.curve import Curve
from kantools.symbolic.curves.projection import fit_shapes
from kantools.symbolic.curves.shape import Shape, shapes
from kantools.symbolic.curves.snap import snap
from kantools.symbolic.primitive import ARGUMENT as x
from kantools.symbolic.primitive import PRIMITIVES, Primitive, select_primitives

ALL = select_primitives(None)
CURVES = {
    "1/sqrt(1 - x**2)": (0.1, 0.9),
    "x**3/(exp(x) - 1)": (0.3, 6),
    "sin(x)/x": (0.5, 6),
    "x**2/(x**2 - 4)**2": (3, 5),
    "1/(1 + exp(1 - 2*x))": (-2, 3),
    "sqrt(1 + x**2)": (0.5, 3),
    "sin(pi*x)": (-1, 1),
    "log(x)": (0.5, 3),
    "x**3 - 2*x + 1": (-2, 2),
    "3*x/(x + 1.2)": (0.1, 5),
    "365.25*x**1.5": (0.3, 30),
    "exp(-(x - 1)**2/2)": (-2, 3),
    "exp(-2/x)": (0.4, 4),
    "x*exp(-x)": (0, 4),
    "x + exp(-2*x)": (0, 2),
    "asin(x/2)": (0.1, 1.8),
    "log(1 + x**2)": (-2, 2),
}


def curve(text: str, low: float, high: float, error: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    t = np.sort(np.random.default_rng(3).uniform(low, high, 150))
    y = sympy.lambdify(x, sympy.sympify(text), "numpy")(t)
    return t, y + error * y.std() * np.random.default_rng(4).normal(size=len(t))


@pytest.mark.parametrize("text", CURVES)
def test_an_exact_curve_is_read_exactly(text):
    t, y = curve(text, *CURVES[text])
    best = snap(t, y, ALL)[0]
    assert best.error < 1e-7  # an order below the resolution; the refit of the whole formula goes to rounding
    np.testing.assert_allclose(best.evaluate(t), y, rtol=0, atol=1e-6 * y.std())


@pytest.mark.parametrize("text", list(CURVES)[::2])
def test_a_learned_curve_keeps_the_true_form_among_the_first(text):
    t, y = curve(text, *CURVES[text], error=1e-4)
    wide = np.linspace(*CURVES[text], 100)[1:-1]
    truth = sympy.lambdify(x, sympy.sympify(text), "numpy")(wide)
    close = [
        np.abs(c.evaluate(wide) - truth).max() < 3e-3 * truth.std() for c in snap(t, y, ALL, resolution=1e-4)
    ]
    assert any(close[:4])


def test_the_units_of_x_and_y_do_not_matter():
    t, y = curve("x*exp(-x)", 0, 4)
    plain = snap(t, y, ALL)[0]
    scaled = snap(1e-9 * t, 1e12 * y, ALL)[0]
    assert scaled.name == plain.name
    np.testing.assert_allclose(scaled.evaluate(1e-9 * t), 1e12 * y, rtol=1e-7, atol=1e3)


def test_weights_decide_where_the_fit_is_good():
    t = np.linspace(0, 1, 80)
    y = np.where(t < 0.5, 2 * t, 5 - t)
    weight = np.where(t < 0.5, 1.0, 1e-9)
    line = snap(t, y, select_primitives(["identity"]), weight=weight)[0]
    np.testing.assert_allclose(line.evaluate(t[t < 0.5]), 2 * t[t < 0.5], atol=1e-4)


def test_a_constant_curve_is_a_constant():
    assert snap(np.linspace(0, 1, 30), np.full(30, 3.0), ALL)[0].name == "constant"


def test_only_the_given_primitives_are_used():
    t, y = curve("sin(pi*x)", -1, 1)
    names = {c.name for c in snap(t, y, select_primitives(["identity", "exp"]))}
    assert not any("sin" in name for name in names)


def test_a_primitive_of_the_users_own_is_found():
    own = Primitive("softsign", x / (1 + sympy.Abs(x)), 5)
    t = np.linspace(-3, 3, 100)
    best = snap(t, 2 * t / (1 + np.abs(3 * t)), [PRIMITIVES["identity"], PRIMITIVES["square"], own])[0]
    assert (best.name, best.error < 1e-8) == ("softsign", True)


@pytest.mark.parametrize("name", [p.name for p in ALL])
def test_every_primitive_is_recovered_from_its_own_curve(name):
    f = PRIMITIVES[name]
    low, high = max(f.domain[0], -2.0), min(f.domain[1], 2.5)
    u = np.linspace(low + 0.07 * (high - low), high - 0.07 * (high - low), 120)
    t = (u - 0.3) / 1.4 if not f.scale_free else u
    identity = Primitive("identity", x, 0)
    shape = Shape(f, identity)
    y = 2.5 * f.value.on(u) - 0.7
    spread = float(y.std())
    places = fit_shapes(Curve(t, y, np.ones_like(t), spread), [shape], 1e-18)
    assert places
    assert np.sqrt(places[0].loss / len(t)) < 1e-6 * spread


def test_the_grammar_has_no_shape_twice():
    names = [shape.name for shape in shapes(ALL)]
    assert len(names) == len(set(names))


def test_a_curve_that_begins_next_to_zero_is_read():
    t = np.linspace(1e-300, 1, 30)
    best = snap(t, t**2, ALL)[0]
    assert best.error < 1e-12
