"""Rows from beyond the training rows: around them, never among them, and only where there is a law."""

import numpy as np
import pytest

from kantools.bench.beyond import MARGIN, ROWS, beyond, rows_around
from kantools.bench.task import Task
from kantools.datasets import Problem, problem

TASK = Task("x")


def law(formula: str, low: float, high: float) -> Problem:
    return Problem("x", "", "y", formula, ("x",), (low,), (high,), "")


def around(low: float, high: float) -> np.ndarray:
    return rows_around(np.array([[low], [high]]), 4000, np.random.default_rng(0))[:, 0]


def test_a_range_is_extended_by_half_at_either_end():
    x = around(-1.0, 1.0)
    assert (x.min(), x.max()) == pytest.approx((-2.0, 2.0), abs=0.01)
    assert not np.any((x > -1) & (x < 1))
    assert np.mean(x > 0) == pytest.approx(0.5, abs=0.05)


def test_what_is_positive_stays_positive():
    assert (around(1.0, 5.0).min(), around(1.0, 5.0).max()) == pytest.approx((0.5, 7.0), abs=0.01)


def test_decades_are_extended_by_decades():
    x = around(1e-2, 1e2)
    assert np.log10([x.min(), x.max()]) == pytest.approx([-2 - 4 * MARGIN, 2 + 4 * MARGIN], abs=0.02)


def test_rows_where_the_law_is_not_finite_are_left_out():
    X, y = beyond(law("sqrt(x)", 0.0, 1.0), TASK, np.array([[0.0], [1.0]]))
    assert (len(X), X.min() >= 1, X.max() <= 1.5) == (ROWS, True, True)
    np.testing.assert_allclose(y, np.sqrt(X[:, 0]))


def test_a_law_that_ends_where_the_rows_do_has_none():
    X, y = beyond(law("sqrt(1 - x**2)", -1.0, 1.0), TASK, np.array([[-1.0], [1.0]]))
    assert (X.shape, y.shape) == ((0, 1), (0,))


def test_random_columns_are_extended_too():
    some = problem("I.12.1")
    train = np.hstack([some.sample(100, seed=0).X, np.linspace(0, 1, 100)[:, None]])
    X, y = beyond(some, TASK, train)
    assert X.shape == (ROWS, 3)
    assert X[:, 2].max() > 1
    np.testing.assert_allclose(y, X[:, 0] * X[:, 1])


def test_the_same_seed_draws_the_same_rows():
    some = problem("I.12.1")
    train = some.sample(50, seed=0).X
    one, two, other = (beyond(some, Task("x", seed=s), train)[0] for s in (1, 1, 2))
    np.testing.assert_array_equal(one, two)
    assert not np.array_equal(one, other)
