"""Single primitives drawn through curves."""

import numpy as np
import pytest

from kantools.symbolic.curves.affine import affine_fits
from kantools.symbolic.primitive import PRIMITIVES, select_primitives

X = np.linspace(-1, 1, 80)

CURVES = {
    "sin": 3 * np.sin(2 * X) + 1,
    "cos": 0.2 * np.cos(4 * X),
    "square": 0.5 * (X + 0.3) ** 2,
    "identity": 2 * X - 1,
    "log": -np.log(X + 1.5),
    "sqrt": 2 * np.sqrt(1.2 - X),
    "reciprocal": 5 / (X + 2),
    "tanh": np.tanh(2 * X + 1) - 3,
    "exp": 1e6 * np.exp(-X),
    "gaussian": np.exp(-((2 * X - 0.5) ** 2)),
    "abs": np.abs(X - 0.2),
}


@pytest.mark.parametrize("name", sorted(CURVES))
def test_the_function_of_a_curve_comes_first(name: str) -> None:
    y = CURVES[name]
    best = affine_fits(X, y, select_primitives(None))[0]
    assert best.primitive.name == name
    assert best.error < 1e-6
    a, b, c, d = best.numbers
    np.testing.assert_allclose(c * PRIMITIVES[name].value.on(a * X + b) + d, y, atol=1e-5 * np.ptp(y))


@pytest.mark.parametrize("name", sorted(CURVES))
def test_readings_are_the_function(name: str) -> None:
    for fit in affine_fits(X, CURVES[name], select_primitives(None))[:6]:
        best, *others = fit.candidates
        assert all(best.score <= other.score for other in others)
        spread = np.ptp(CURVES[name])
        np.testing.assert_allclose(fit.evaluate(X), best.evaluate(X), atol=1e-5 * spread)


def test_a_shift_has_to_pay() -> None:
    rough = np.sin(2 * X) + 1e-3 * np.random.default_rng(0).normal(size=len(X))
    sin, cos = (affine_fits(X, rough, select_primitives([n]), resolution=1e-3)[0] for n in ("sin", "cos"))
    assert sin.numbers[1] == 0 != cos.numbers[1]
    assert sin.score < cos.score


def test_what_cancels_is_not_meant() -> None:
    """A hyperbola far out is a straight line: it costs the digits that cancel."""
    fits = affine_fits(X, 1e-7 * X, select_primitives(["reciprocal", "identity"]))
    assert [fit.primitive.name for fit in fits] == ["identity", "reciprocal"]
    assert fits[1].score > fits[0].score + 5


def test_a_constant_is_no_function() -> None:
    assert affine_fits(X, np.full(80, 2.0), select_primitives(["sin"])) == []


def test_a_function_that_is_real_nowhere_near() -> None:
    kept = affine_fits(X, CURVES["sin"], [PRIMITIVES["arcosh"], PRIMITIVES["sin"]])
    assert kept[0].primitive.name == "sin"
    assert all(np.isfinite(f.evaluate(X)).all() for f in kept)
