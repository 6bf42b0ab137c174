"""What is a number, and what only looks so."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from kantools.errors import NotNumbers
from kantools.estimators.kan_classifier import KANClassifier
from kantools.estimators.kan_regressor import KANRegressor
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.numbers import as_numbers
from kantools.reading import table_from_frame
from kantools.table import TableError, table_from_arrays

N = 6
DAYS = np.datetime64("2020-01-01") + np.arange(N).astype("m8[D]")
NO_NUMBERS = {
    "dates": DAYS[:, None],
    "spans": (DAYS - DAYS[0])[:, None],
    "complex": np.arange(N)[:, None] + 1j,
    "text": np.array([["1,5"]] * N),
    "sparse": sparse.csr_array(np.arange(N)[:, None]),
    "whole numbers beyond floats": np.array([[10**400]] * N, dtype=object),
    "cells in cells": np.array([[[1, 2]]] * N, dtype=object)[:, :1],
    "frame of dates": pd.DataFrame({"a": DAYS}),
    "frame of periods": pd.DataFrame({"a": pd.period_range("2020", periods=N, freq="D")}),
    "frame of intervals": pd.DataFrame({"a": pd.interval_range(0, N)}),
    "frame of labels": pd.DataFrame({"a": pd.Categorical(list("ababab"))}),
    "frame of complex numbers": pd.DataFrame({"a": np.arange(N) + 1j}),
}


@pytest.mark.parametrize(
    ("values", "floats"),
    [
        ([True, False], [1, 0]),
        (np.array([2**53 + 2, 3], dtype=object), [2**53 + 2, 3]),
        (np.array([200, 255], dtype=np.uint8), [200, 255]),
        (["1e3", " 7 "], [1000, 7]),
        ([Decimal("0.1"), Fraction(1, 4)], [0.1, 0.25]),
        (pd.array([1, None], dtype="Int64").to_numpy(dtype=object, na_value=None), [1, np.nan]),
        (pd.Series([1, None], dtype="Int64"), [1, np.nan]),
        (pd.Series([True, None], dtype="boolean"), [1, np.nan]),
        (np.ma.masked_array([1, 2], [False, True]), [1, np.nan]),
    ],
)
def test_numbers(values, floats):
    assert np.array_equal(as_numbers("X", values), floats, equal_nan=True)


@pytest.mark.parametrize("kind", NO_NUMBERS)
def test_no_front_takes_them_for_numbers(kind):
    X, y = NO_NUMBERS[kind], np.arange(N) % 2
    for estimator in (SymbolicRegressor(), KANRegressor(), KANClassifier()):
        with pytest.raises(TableError, match=r"\.$"):
            estimator.fit(X, y)
    with pytest.raises((NotNumbers, TableError), match=r"\.$"):
        table_from_arrays(X, y)
    if isinstance(X, pd.DataFrame):
        with pytest.raises(TableError, match="Inputs are numbers"):
            table_from_frame(X.assign(y=y), "y")


def test_a_masked_cell_is_missing():
    X = np.ma.masked_array(np.arange(2.0 * N).reshape(N, 2), np.eye(N, 2, dtype=bool))
    for fit in (SymbolicRegressor().fit, KANRegressor().fit, table_from_arrays):
        with pytest.raises(TableError, match=r"NaN|missing"):
            fit(X, np.arange(N))
    with pytest.raises(TableError, match="NaN"):
        KANRegressor().fit(np.arange(N)[:, None], np.ma.masked_array(np.arange(N), np.arange(N) == 2))


@pytest.mark.parametrize("weight", [np.arange(3), -np.ones(N), ["a"] * N, np.full(N, np.nan)])
def test_weights(weight):
    for estimator in (SymbolicRegressor(), KANRegressor()):
        with pytest.raises(TableError):
            estimator.fit(np.arange(N)[:, None], np.arange(N), sample_weight=weight)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (np.ones((0, 2)), np.ones(0)),
        (np.ones((4, 2)), np.arange(4)),
        (np.ones((N, 0)), np.arange(N)),
        (np.ones((N, 1, 1)), np.arange(N)),
        (np.ones((N, 1)), np.arange(N + 1)),
        (np.ones((N, 1)), None),
        (3.0, np.arange(N)),
        (pd.DataFrame(np.eye(N, 2), columns=["a", "a"]), np.arange(N)),
        (pd.DataFrame(np.eye(N, 2), columns=["a", " a"]), np.arange(N)),
        (pd.DataFrame(np.eye(N, 2), columns=["a", ""]), np.arange(N)),
        (pd.DataFrame(np.eye(N, 2), columns=["a", "two\nlines"]), np.arange(N)),
        (pd.DataFrame(np.eye(N, 2), columns=["a", 3]), np.arange(N)),
    ],
)
def test_shapes_and_names(X, y):
    for estimator in (SymbolicRegressor(), KANRegressor()):
        with pytest.raises(TableError, match=r"\.$"):
            estimator.fit(X, y)
