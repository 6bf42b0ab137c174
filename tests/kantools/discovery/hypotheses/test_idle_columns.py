"""Columns that tell nothing are found, those that do are kept, and the search copes with many."""

import numpy as np
import pytest
from sympy import symbols

from kantools.datasets import PROBLEMS
from kantools.discovery import discover
from kantools.discovery.hypotheses.idle_columns import IdleColumns
from kantools.discovery.views.rows import holdout_split, rows_of
from kantools.discovery.views.view import View
from kantools.table import Table
from tests.kantools.discovery.scenes import view_of

IDLE = IdleColumns()


@pytest.mark.parametrize("name", ["I.8.14", "I.9.18", "I.40.1", "II.11.3", "II.35.21", "III.15.12"])
def test_random_columns_beside_a_law(name):
    table = PROBLEMS[name].sample(1000, seed=0)
    X = np.hstack([table.X, np.random.default_rng(1).normal(size=(1000, 3))])
    growth = IDLE.growth_without(X, table.y, np.ones(1000), holdout_split(1000, 0), seed=0)
    assert (growth[:-3] > IDLE.clear).all()
    assert (growth[-3:] < IDLE.clear).all()


def test_nothing_is_left_out_where_all_matter_or_none():
    X = np.random.default_rng(0).uniform(1, 2, (300, 5))
    split, names = holdout_split(300, 0), symbols("a b c d e")
    for y in (X.sum(axis=1), np.random.default_rng(1).normal(size=300)):
        assert IDLE.without(View(names, rows_of(X, y, np.ones(300))), split, 0) is None


def test_a_quadratic_sees_a_small_effect_and_no_random_column():
    rng = np.random.default_rng(4)
    X = rng.uniform(1, 3, (1000, 6))
    y = X[:, 0] ** 3 / X[:, 1] ** 2 * np.exp(X[:, 2]) * (3 - 0.2 * np.sin(X[:, 3]) ** 2)
    rows = rows_of(X, y, np.ones(1000))
    known = np.array([True, True, True, False, False, False])
    assert IDLE.telling_columns(rows, known, 0).tolist() == [False, False, False, True, False, False]


def test_rows_too_few_for_a_quadratic_do_not_tell_that_columns_are_idle():
    X = np.random.default_rng(5).uniform(1, 2, (70, 9))
    y = np.prod(X[:, :8], axis=1) * X[:, 8] ** 3
    assert IDLE.telling_columns(rows_of(X, y, np.ones(70)), np.arange(9) < 8, 0).all()
    assert IDLE.telling_columns(rows_of(X, y, np.ones(70)), np.arange(9) < 3, 0)[8]


def test_a_forest_that_learns_nothing_is_silent():
    X = np.random.default_rng(5).uniform(0, 1, (400, 5))
    y = np.sin(200 * X[:, 0] * X[:, 1])
    assert np.isinf(IDLE.growth_without(X, y, np.ones(400), holdout_split(400, 0), 0)).all()


def test_few_rows_do_not_tell_that_columns_are_idle():
    a, b, c, d, *_ = columns = symbols("a b c d e f g")
    assert IDLE.without(view_of(a / b * c / d, columns, rows=30), holdout_split(30, 0), 0) is None
    assert IDLE.without(view_of(a / b * c / d, columns, rows=400), holdout_split(400, 0), 0) is not None


@pytest.mark.slow
def test_a_law_of_two_columns_among_twelve():
    rng = np.random.default_rng(2)
    X = rng.uniform(1, 3, (400, 12))
    table = Table(tuple("abcdefghijkl"), X, "y", np.exp(-X[:, 3]) * np.sqrt(X[:, 8]))
    assert str(discover(table, time_limit=20).chosen) == "y = sqrt(i)*exp(-d)"


def test_a_column_that_is_there_twice_does_not_hide_itself():
    rng = np.random.default_rng(3)
    X = rng.uniform(1, 3, (300, 5))
    X = np.hstack([X, X[:, :1]])  # shuffling one of the two leaves the forest the other
    table = Table(tuple("abcdef"), X, "y", X[:, 0] ** 2 / X[:, 1])
    found = discover(table, time_limit=20).chosen
    assert np.allclose(found.predict(X), table.y, rtol=1e-9)
