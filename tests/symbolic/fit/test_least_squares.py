"""The joint refit, against scipy and exact laws."""

import numpy as np
import pytest
import sympy
from scipy.optimize import curve_fit

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.least_squares import least_squares

x, a, b, c = sympy.symbols("x a b c")
X = np.linspace(0.1, 3.0, 60)[:, None]


def program(expr):
    return compile_expression(expr, [x], [a, b, c])


def test_a_law_without_noise_is_found_to_rounding():
    law = program(a * sympy.exp(-b * x) + c)
    y = law.value(X, [2.5, 1.3, 0.4])
    fit = least_squares(law, [1.0, 0.5, 0.0], X, y)
    np.testing.assert_allclose(fit.values, [2.5, 1.3, 0.4], rtol=1e-12)
    assert fit.converged
    assert fit.loss < 1e-29


@pytest.mark.parametrize("weighted", [False, True])
def test_values_and_covariance_agree_with_scipy(weighted):
    law = program(a * sympy.sin(b * x + c))
    rng = np.random.default_rng(1)
    sigma = 0.05 * (1 + X[:, 0]) if weighted else np.full(len(X), 0.05)
    y = law.value(X, [2.0, 1.7, 0.3]) + sigma * rng.normal(size=len(X))
    fit = least_squares(law, [1.5, 1.6, 0.1], X, y, 1 / sigma**2)
    expected, covariance = curve_fit(
        lambda t, a, b, c: a * np.sin(b * t + c), X[:, 0], y, [1.5, 1.6, 0.1], sigma, absolute_sigma=True,
        xtol=1e-14, ftol=1e-14, gtol=1e-14,
    )  # fmt: skip
    np.testing.assert_allclose(fit.values, expected, rtol=1e-6)
    np.testing.assert_allclose(np.linalg.inv(fit.information), covariance, rtol=1e-4)


def test_a_weight_of_two_is_the_row_twice():
    law = program(a * x**2 + b * x + c)
    rng = np.random.default_rng(0)
    y = rng.normal(size=len(X))
    weight = np.where(np.arange(len(X)) % 3 == 0, 2.0, 1.0)
    twice = np.repeat(np.arange(len(X)), weight.astype(int))
    one = least_squares(law, [0.0, 0.0, 0.0], X, y, weight).values
    two = least_squares(law, [0.0, 0.0, 0.0], X[twice], y[twice]).values
    np.testing.assert_allclose(one, two, rtol=1e-8)


def test_steps_out_of_the_domain_are_rejected():
    law = program(sympy.log(a + b * x) + c)
    y = law.value(X, [0.5, 2.0, 1.0])
    fit = least_squares(law, [5.0, 0.1, 0.0], X, y)
    assert np.isfinite(fit.loss)
    np.testing.assert_allclose(law.value(X, fit.values), y, atol=1e-6)


def test_a_start_out_of_the_domain_says_so():
    assert least_squares(program(sympy.log(a * x)), [-1.0, 0.0, 0.0], X, X[:, 0]).loss == np.inf


def test_extreme_magnitudes():
    law = program(a * x**b)
    y = 6.67e-80 * X[:, 0] ** 2
    fit = least_squares(law, [1e-80, 1.5, 0.0], X, y)
    np.testing.assert_allclose(fit.values[:2], [6.67e-80, 2.0], rtol=1e-10)
