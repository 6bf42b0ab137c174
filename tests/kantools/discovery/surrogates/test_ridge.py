"""Ridge functions: exponents within their errors, where no gradient is good enough."""

import numpy as np
import pytest

from kantools.discovery.surrogates.ridge import fit_ridge
from kantools.discovery.views.rows import rows_of


@pytest.mark.parametrize("noise", [0.0, 0.02])
def test_ridge_functions_recover_exponents_within_their_errors(noise):
    X = np.random.default_rng(0).uniform(1.0, 4.0, (1500, 3))
    y = X[:, 0] * np.tanh(X[:, 1] * X[:, 2] ** -2.0)
    y = y + noise * y.std() * np.random.default_rng(3).normal(size=len(y))
    rough = np.array([[0.1, 1.0, -1.8], [0.9, 0.0, 0.1]])
    held = np.array([[False, True, False], [False, True, False]])
    found = fit_ridge(np.log(X), rows_of(X, y, np.ones(1500)), rough, held, prefactor=True)
    true = np.array([[0.0, 1.0, -2.0], [1.0, 0.0, 0.0]])
    assert found.rows[~held] == pytest.approx(true[~held], abs=max(5 * found.errors.max(), 2e-3))
    assert (found.errors[held] == 0).all()


def test_a_fit_of_exponents_ends_with_the_time():
    z = np.random.default_rng(0).uniform(0, 1, (400, 3))
    rows = rows_of(np.exp(z), np.exp(z[:, 0] - z[:, 1]), np.ones(400))
    start = np.array([[1.0, -0.9, 0.1]])
    held = np.array([[True, False, False]])
    assert fit_ridge(z, rows, start, held, False) is not None
    assert fit_ridge(z, rows, start, held, False, deadline=0.0) is None
