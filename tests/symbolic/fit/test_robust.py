"""Robust losses against scipy's and the constants of the literature."""

import numpy as np
import pytest
from scipy.optimize import least_squares as scipy_least_squares

from kantools.symbolic.fit.robust import LOSSES, Loss, median_scatter

T = np.array([0.0, 0.3, 0.999, 1.001, 4.0, 1e4])
ROBUST = [loss for loss in LOSSES.values() if loss.name != "squared"]


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.name)
def test_derivatives_are_those_of_rho(loss: Loss):
    h = 1e-6
    t = T[1:]
    assert np.allclose((loss.rho(t + h) - loss.rho(t - h)) / (2 * h), loss.slope(t), rtol=1e-4, atol=1e-9)
    assert np.allclose((loss.slope(t + h) - loss.slope(t - h)) / (2 * h), loss.bend(t), rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("loss", ROBUST, ids=lambda loss: loss.name)
def test_rho_is_scipys(loss: Loss):
    z = 3.0
    cost = scipy_least_squares(
        lambda p: p * 0 + z, [0.0], loss=loss.name, f_scale=loss.tuning, max_nfev=1
    ).cost
    assert loss.cost(np.array([z]))[0] == pytest.approx(2 * cost)


def test_tuning_constants_of_huber_and_cauchy_are_the_known_ones():
    # statsmodels' HuberT(t=1.345) and R's MASS::psi.huber(k=1.345); Cauchy: Holland & Welsch 1977, 2.385
    assert LOSSES["huber"].tuning == pytest.approx(1.345, abs=5e-4)
    assert LOSSES["cauchy"].tuning == pytest.approx(2.385, abs=5e-4)


@pytest.mark.parametrize("loss", ROBUST, ids=lambda loss: loss.name)
def test_estimates_are_95_percent_as_efficient_on_normal_noise(loss: Loss):
    z = np.random.default_rng(0).normal(size=200_000)
    assert loss.certainty(z, 0) == pytest.approx(0.95, abs=0.01)


def test_certainty_of_least_squares_is_that_of_the_residuals_variance():
    z = np.random.default_rng(1).normal(size=100)
    assert LOSSES["squared"].certainty(z, 3) == pytest.approx(97 / (z @ z))


def test_median_scatter_hardly_minds_outliers():
    z = np.random.default_rng(2).normal(size=10_000)
    spoilt = np.where(np.arange(10_000) < 500, 1e12, z)
    assert median_scatter(z) == pytest.approx(1, abs=0.03)
    assert median_scatter(spoilt) == pytest.approx(1, abs=0.1)
