"""Columns that tell nothing beside one, two or three others."""

import numpy as np
import pytest

from kantools.discovery.surrogates.beyond import telling
from kantools.discovery.views.rows import rows_of


def told(y, X):
    return telling(rows_of(X, y, np.ones(len(y))), 0, unlikely=4.0, followed=0.3).tolist()


def columns(rows: int, count: int, seed: int = 0):
    return np.random.default_rng(seed).uniform(0.1, 3, (rows, count))


@pytest.mark.parametrize("noise", [0.0, 0.05])
@pytest.mark.parametrize("rows", [20, 50, 150])
def test_an_idle_column_beside_a_curve(rows, noise):
    X = columns(rows, 2)
    y = np.exp(-0.8 * X[:, 1])
    y = y + noise * y.std() * np.random.default_rng(1).normal(size=rows)
    assert told(y, X) == [False, True]


def test_a_small_influence_without_noise_is_seen():
    X = columns(100, 2)
    assert told(np.exp(X[:, 0]) * (1 + 1e-3 * X[:, 1]), X) == [True, True]


def test_all_matter_in_a_product_of_three():
    X = columns(60, 3)
    assert told(X.prod(axis=1), X) == [True, True, True]


def test_of_two_that_say_the_same_one_stays():
    X = columns(50, 1)
    assert sum(told(1 / (1 + X[:, 0]), np.hstack([X, X]))) == 1


def test_what_no_polynomial_follows_says_nothing_of_a_column():
    X = columns(60, 2)
    assert told(np.random.default_rng(2).normal(size=60), X) == [True, True]
