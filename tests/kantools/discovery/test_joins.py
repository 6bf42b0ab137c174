"""Joins and ridge functions: found where no gradient is good enough."""

import numpy as np
import pytest
from sympy import symbols

from kantools.discovery.hypotheses.joined_columns import joins, powers
from kantools.discovery.surrogates.ridge import fit_ridge
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.views.rows import Rows
from kantools.discovery.views.view import View


def rows_of(y, X):
    return Rows(X, y, np.ones(len(y)), float(np.var(y)))


@pytest.fixture
def X():
    return np.random.default_rng(0).uniform(1.0, 4.0, (1500, 3))


def test_a_fast_oscillation_is_smooth_in_the_right_product(X):
    view = View(symbols("p q r"), rows_of(np.sin(6 * X[:, 0] * X[:, 1] / X[:, 2]) ** 2, X))
    (found,) = powers(view)
    assert [[int(q) for q in row] for row in found.groups] == [[1, 1, -1]]


def test_noise_has_no_product(X):
    assert not list(powers(View(symbols("p q r"), rows_of(np.random.default_rng(1).normal(size=1500), X))))


@pytest.mark.parametrize(
    ("value", "slope", "expected"),
    [
        (lambda u: np.sin(u), lambda u: np.cos(u), "p*q"),
    ],
)
def test_a_poor_gradient_still_ranks_the_right_pair_first(X, value, slope, expected):
    u = X[:, 0] * X[:, 1]
    gradient = np.stack([slope(u) * X[:, 1], slope(u) * X[:, 0], np.ones(len(u))], axis=1)
    gradient = gradient + 0.5 * np.random.default_rng(2).normal(size=gradient.shape) * gradient.std(axis=0)
    view = View(symbols("p q r"), rows_of(value(u) + X[:, 2], X))
    best = joins(Surrogate(0.1, value(u), gradient, 1e-7), view)[0]
    assert best.kind == "product"
    assert {tuple(int(q) for q in row) for row in best.groups} == {(0, 0, 1), (1, 1, 0)}


@pytest.mark.parametrize("noise", [0.0, 0.02])
def test_ridge_functions_recover_exponents_within_their_errors(X, noise):
    u = X[:, 1] * X[:, 2] ** -2.0
    y = X[:, 0] * np.tanh(u) + 0.0
    y = y + noise * y.std() * np.random.default_rng(3).normal(size=len(y))
    rough = np.array([[0.1, 1.0, -1.8], [0.9, 0.0, 0.1]])
    held = np.array([[False, True, False], [False, True, False]])
    found = fit_ridge(np.log(X), rows_of(y, X), rough, held, prefactor=True)
    true = np.array([[0.0, 1.0, -2.0], [1.0, 0.0, 0.0]])
    assert found.rows[~held] == pytest.approx(true[~held], abs=max(5 * found.errors.max(), 2e-3))
    assert (found.errors[held] == 0).all()
