"""Every primitive there is obeys the same laws: one expression, and numerics that follow from it."""

import mpmath
import numpy as np
import pytest
import sympy

from kantools.symbolic.primitive import ARGUMENT, PRIMITIVES, Primitive, select_primitives

NAMES = list(PRIMITIVES)


def inside(primitive: Primitive, count: int = 40) -> np.ndarray:
    low, high = max(primitive.domain[0], -3.0), min(primitive.domain[1], 3.0)
    margin = 0.03 * (high - low)
    return np.linspace(low + margin, high - margin, count)


@pytest.mark.parametrize("name", NAMES)
def test_value_agrees_with_mpmath(name):
    primitive = PRIMITIVES[name]
    exact = sympy.lambdify(ARGUMENT, primitive.expr, "mpmath")
    u = inside(primitive)
    expected = [float(mpmath.mpf(exact(mpmath.mpf(v)))) for v in u]
    np.testing.assert_allclose(primitive.value.on(u), expected, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("name", NAMES)
def test_slope_agrees_with_finite_differences(name):
    primitive = PRIMITIVES[name]
    u = inside(primitive) + 1e-4  # off the kink of |x|
    h = 1e-6
    difference = (primitive.value.on(u + h) - primitive.value.on(u - h)) / (2 * h)
    scale = 1 + np.abs(difference)
    assert (np.abs(primitive.slope.on(u) - difference) / scale).max() < 1e-5


@pytest.mark.parametrize("name", NAMES)
def test_it_is_real_throughout_its_domain(name):
    values = PRIMITIVES[name].value.on(inside(PRIMITIVES[name], 400))
    assert np.isfinite(values).all()


@pytest.mark.parametrize(
    ("name", "scale_free", "shift_free"),
    [("identity", True, True), ("exp", False, True), ("log", True, False), ("sqrt", True, False),
     ("sin", False, False), ("tanh", False, False), ("square", True, False)],
)  # fmt: skip
def test_what_can_be_moved_outside(name, scale_free, shift_free):
    assert (PRIMITIVES[name].scale_free, PRIMITIVES[name].shift_free) == (scale_free, shift_free)


def test_there_are_the_functions_that_laws_are_made_of():
    wanted = (
        "square cube reciprocal sqrt reciprocal_sqrt exp log sin cos tan tanh sinh cosh arcsin arccos arctan"
    )
    assert set(wanted.split()) | {"artanh", "abs", "gaussian", "power5", "reciprocal_power5"} <= set(NAMES)


def test_unknown_name_is_answered_with_the_near_one():
    with pytest.raises(ValueError, match=r'There is no primitive "sine"; did you mean "sin"'):
        select_primitives(["sine"])


def test_a_primitive_of_the_users_own_is_taken():
    own = Primitive("softsign", ARGUMENT / (1 + sympy.Abs(ARGUMENT)), 5)
    assert select_primitives(["sin", own])[1] is own
