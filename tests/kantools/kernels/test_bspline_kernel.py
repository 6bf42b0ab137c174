"""The B-spline kernel against scipy, an independent implementation."""

import numpy as np
import pytest
from scipy.interpolate import BSpline

from kantools.kernels.bspline import dense, find_span

DEGREES = [1, 2, 3, 4, 5]


def knots_of(degree: int, seed: int = 0) -> np.ndarray:
    inner = np.sort(np.random.default_rng(seed).uniform(-1, 2, 9))
    inner += np.linspace(0, 0.5, 9)
    steps = np.arange(1, degree + 1)
    return np.concatenate([inner[0] - 0.3 * steps[::-1], inner, inner[-1] + 0.2 * steps])


def evaluate(x: np.ndarray, knots: np.ndarray, degree: int, order: int) -> np.ndarray:
    out = np.empty((order + 1, len(x), 1, knots.size - degree - 1), x.dtype)
    dense(x[:, None], knots[None].astype(x.dtype), degree, order, out)
    return out[:, :, 0]


def scipy_values(x: np.ndarray, knots: np.ndarray, degree: int, order: int) -> np.ndarray:
    spline = BSpline(knots, np.eye(knots.size - degree - 1), degree)
    return spline(x) if order == 0 else spline.derivative(order)(x)


@pytest.mark.parametrize("degree", DEGREES)
@pytest.mark.parametrize("order", [0, 1, 2])
def test_agrees_with_scipy_inside(degree: int, order: int) -> None:
    knots = knots_of(degree)
    low, high = knots[degree], knots[-degree - 1]
    x = np.random.default_rng(1).uniform(low, high, 200)
    want = (
        scipy_values(x, knots, degree, order) if order <= degree else np.zeros((200, knots.size - degree - 1))
    )
    got = evaluate(x, knots, degree, order)[order]
    assert np.abs(got - want).max() <= 1e-13 * max(1.0, np.abs(want).max())


@pytest.mark.parametrize("degree", DEGREES)
def test_agrees_with_scipys_design_matrix_at_knots_and_both_ends(degree: int) -> None:
    knots = knots_of(degree)
    x = knots[degree : -degree or None]
    want = BSpline.design_matrix(x, knots, degree).toarray()
    np.testing.assert_allclose(evaluate(x, knots, degree, 0)[0], want, atol=1e-13)


@pytest.mark.parametrize("degree", DEGREES)
def test_goes_on_linearly_outside(degree: int) -> None:
    knots = knots_of(degree)
    for border, gap in ((knots[degree], -0.7), (knots[-degree - 1], 1.3)):
        at = evaluate(np.array([border, border + gap]), knots, degree, 2)
        np.testing.assert_allclose(at[0, 1], at[0, 0] + gap * at[1, 0], atol=1e-12)
        np.testing.assert_allclose(at[1, 1], at[1, 0], atol=1e-12)
        assert not at[2, 1].any()


def test_nan_gives_nan_and_nothing_else_is_touched() -> None:
    knots = knots_of(3)
    values = evaluate(np.array([0.1, np.nan, 0.2]), knots, 3, 1)
    assert np.isnan(values[:, 1]).all()
    assert np.isfinite(values[:, [0, 2]]).all()


def test_single_precision_agrees_with_double() -> None:
    knots = knots_of(3)
    x = np.linspace(-0.5, 1.5, 50)
    single = evaluate(x.astype(np.float32), knots, 3, 0)
    np.testing.assert_allclose(single, evaluate(x, knots, 3, 0), atol=2e-5)
    assert single.dtype == np.float32


def test_span_is_found_on_very_uneven_knots() -> None:
    inner = np.array([0.0, 1e-6, 1e-3, 1.0, 1e3])
    knots = np.concatenate([[-1e-6], inner, [2e3]])
    for x in [0.0, 5e-7, 1e-6, 5e-4, 0.5, 1.0, 999.0, 1e3]:
        span = find_span(x, knots, 1)
        assert knots[span] <= x <= knots[span + 1]
