"""Residuals: noise is taken for noise, and what a wrong formula leaves is seen."""

import numpy as np
import pytest
from sympy import cos, exp, lambdify, symbols

from kantools.discovery.noise.residue import only_noise_is_left, polynomials_explain, successive_ratio
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.draft import fit_draft
from kantools.symbolic.whole.polish import polish

a, b, c = symbols("a b c")


def data_of(law, seed, noise=0.1, rows=600):
    rng = np.random.default_rng(seed)
    X = rng.uniform(1, 4, (rows, 2))
    y = lambdify((a, b), law, "numpy")(*X.T)
    return Data(("a", "b"), X, y + noise * y.std() * rng.normal(size=rows), np.ones(rows))


def fitted(template, data):
    return polish(fit_draft(template, {c: 1.0}, data), data, "y")


@pytest.mark.parametrize("seed", range(20))
def test_noise_is_noise(seed):
    data = data_of(a * exp(-b), seed)
    assert only_noise_is_left(fitted(c * a * exp(-b), data), data)


@pytest.mark.parametrize(
    ("law", "wrong"),
    [(2 - 2 * cos(a * b), c * exp(-cos(a * b))), (a * exp(-b), c * a / b**2), (a**2 + b, c * (a + b))],
)
def test_what_a_wrong_formula_leaves_is_seen(law, wrong):
    data = data_of(law, 0)
    assert not only_noise_is_left(fitted(wrong, data), data)


@pytest.mark.parametrize("seed", range(20))
def test_polynomials_do_not_explain_noise(seed):
    rng = np.random.default_rng(seed)
    data = data_of(a * b, seed)
    assert not polynomials_explain(rng.normal(size=600), data)


def test_polynomials_explain_what_no_single_order_shows():
    """``a b`` without its means: sorted by either column it looks like noise."""
    data = data_of(a * b, 0)
    A, B = (data.X - data.X.mean(axis=0)).T
    residual = 0.3 * A * B + np.random.default_rng(1).normal(size=600)
    assert successive_ratio(residual, data.X[:, 0]) > 0.85
    assert polynomials_explain(residual, data)
