"""Columns that say what another one says already."""

import warnings

import numpy as np
import pytest

from kantools.estimators.passage.twice import EqualColumns, columns_once
from kantools.table import Table

x = np.random.default_rng(0).uniform(1, 2, 30)


@pytest.mark.parametrize(
    ("other", "how"), [(x, 'equal to "x"'), (-3 * x, "a straight line"), (x - 273.15, "a straight line")]
)
def test_the_first_one_stays_and_the_user_hears_of_it(other, how):
    table = Table(("x", "other"), np.column_stack([x, other]), "y", x**2)
    with pytest.warns(EqualColumns, match=how):
        inner, back = columns_once(table)
    assert inner.columns == ("x",)
    assert back.every == ("x", "other")


def test_columns_that_differ_stay_without_a_word():
    X = np.column_stack([x, x**2, np.r_[x[:-1], 3.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert columns_once(Table(("a", "b", "c"), X, "y", x))[0].columns == ("a", "b", "c")


def test_two_levels_are_in_line_with_any_other_two_and_stay():
    X = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
    assert columns_once(Table(("a", "b"), X, "y", np.arange(3.0)))[0].columns == ("a", "b")
