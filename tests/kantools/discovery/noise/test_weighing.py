"""Laws among outliers and uncertain inputs."""

import numpy as np
import pytest

from kantools.discovery import discover
from kantools.discovery.noise.weighing import guess, weighed
from kantools.estimators.verbs.outliers import outlying
from kantools.symbolic.fit.data import data_of
from kantools.table import table_from_arrays


def spoilt(rows=200, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.uniform(1, 5, (rows, 2))
    y = X[:, 0] ** 2 / X[:, 1] + rng.normal(0, 0.05, rows)
    bad = rng.choice(rows, rows // 20, replace=False)
    y[bad] += rng.choice([-1, 1], len(bad)) * rng.uniform(1, 20, len(bad))
    return table_from_arrays(X, y, ["a", "b"]), np.isin(np.arange(rows), bad)


def test_a_polynomial_that_outliers_do_not_bend_tells_them():
    table, bad = spoilt()
    data = data_of(table, loss="huber")
    rows, outlying = weighed(data, guess(data, 0), roughly=True)
    assert (outlying & bad).sum() == bad.sum()
    assert (outlying & ~bad).sum() <= 0.05 * len(bad)
    assert len(rows.y) == (~outlying).sum()


def test_least_squares_leaves_no_row_out():
    table, _ = spoilt()
    data = data_of(table)
    assert not weighed(data, guess(data, 0), roughly=True)[1].any()


def test_never_more_than_a_part_of_the_rows_is_called_outlying():
    table, _ = spoilt()
    data = data_of(table, loss="cauchy")
    _, outlying = weighed(data, lambda X: 1e6 * X[:, 0])
    assert outlying.mean() <= 0.41


@pytest.mark.parametrize("loss", ["huber", "soft_l1", "cauchy"])
def test_the_law_is_found_and_the_outliers_are_told(loss):
    table, bad = spoilt()
    found = discover(table, loss=loss, time_limit=15)
    assert str(found.chosen) == "y = a**2/b"
    assert (outlying(found, table, loss) == bad).all()
    assert found.scale == pytest.approx(0.05, rel=0.3)


def test_errors_of_inputs_leave_the_exact_law():
    rng = np.random.default_rng(0)
    true = rng.uniform(1, 5, (300, 2))
    X = true + rng.normal(0, [0.1, 0.05], (300, 2))
    y = true[:, 0] ** 2 / true[:, 1] + rng.normal(0, 0.1, 300)
    table = table_from_arrays(X, y, ["a", "b"], sigma=0.1, x_sigma=[0.1, 0.05])
    found = discover(table, time_limit=15)
    assert str(found.chosen) == "y = a**2/b"
    assert found.chosen.loss == pytest.approx(1, abs=0.3)  # chi² a row
    assert found.noise == "given"
