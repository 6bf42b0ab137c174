"""Polynomial surrogates against exact polynomials and finite differences."""

import numpy as np
import pytest

from kantools.discovery.surrogates.polynomial import polynomials

rng = np.random.default_rng(0)


@pytest.mark.parametrize("columns", [1, 2, 4])
def test_a_polynomial_is_reproduced(columns):
    Z = rng.uniform(-2, 5, (400, columns))
    y = Z[:, 0] ** 3 - 2 * Z[:, -1] ** 2 + Z.prod(axis=1) ** (1 if columns < 4 else 0)
    third = list(polynomials(Z, y, np.ones(400)))[2]
    assert np.abs(third.value(Z) - y).max() < 1e-5 * np.abs(y).max()


def test_the_gradient_is_that_of_the_values():
    Z = rng.uniform(0.5, 3, (300, 3))
    *_, last = polynomials(Z, np.exp(Z[:, 0]) * Z[:, 1] / Z[:, 2], rng.uniform(0.5, 2, 300))
    inner, h = Z[:20], 1e-6
    for i in range(3):
        step = np.eye(3)[i] * h
        slope = (last.value(inner + step) - last.value(inner - step)) / (2 * h)
        assert np.allclose(last.gradient(inner)[:, i], slope, rtol=1e-5, atol=1e-5)


def test_rows_bound_the_degree():
    assert list(polynomials(rng.uniform(size=(12, 4)), np.ones(12), np.ones(12))) == []
    assert (
        max(len(p.coefficients) for p in polynomials(rng.uniform(size=(60, 2)), np.ones(60), np.ones(60)))
        <= 15
    )


def test_a_row_of_weight_two_is_two_rows():
    Z, y = rng.uniform(size=(80, 2)), rng.normal(size=80)
    weight = np.where(np.arange(80) < 40, 2.0, 1.0)
    one = next(iter(polynomials(Z, y, weight)))
    other = next(iter(polynomials(np.concatenate([Z, Z[:40]]), np.concatenate([y, y[:40]]), np.ones(120))))
    assert np.allclose(one.coefficients, other.coefficients, atol=1e-6)
