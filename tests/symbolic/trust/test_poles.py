"""Poles that no row shows are found; laws with poles stay."""

import numpy as np
import pytest
import sympy
from sympy import cos, exp, lambdify, log, sin, sqrt, tan

from kantools.symbolic.trust.poles import has_unseen_poles

x, y = sympy.symbols("x y")
RNG = np.random.default_rng(0)


def rows_of(law, n=60, low=-3.0, high=3.0):
    X = np.sort(RNG.uniform(low, high, (n, 2)), axis=0)
    X[:, 1] = RNG.permutation(X[:, 1])
    return X, np.array(lambdify([x, y], law)(*X.T), dtype=float) * np.ones(n)


@pytest.mark.parametrize(
    "law",
    [1 / x, tan(x), 1 / (x - y), x * y / (x**2 - 1), y / cos(x), (x + y) / (x - 2 * y), 1 / (x * y) ** 2],
)
@pytest.mark.parametrize("n", [30, 300])
def test_poles_that_rows_show_are_believed(law, n):
    X, values = rows_of(law, n)
    assert not has_unseen_poles(law, [x, y], X, values)


@pytest.mark.parametrize("law", [sin(x) / x, (exp(x) - 1) / x, (1 - cos(x)) / x**2, x / (exp(x) - 1)])
def test_where_a_formula_stays_finite_there_is_no_pole(law):
    X, values = rows_of(law)
    assert not has_unseen_poles(law, [x, y], X, values)


@pytest.mark.parametrize(
    "pole",
    [1 / (x - 0.4), 0.1 / ((x - 0.4) * (x + 1.3)), 1 / (x - y), tan(2 * x), 1 / (x - 0.4) ** 3],
)
def test_poles_between_ordinary_values_are_not(pole):
    X, values = rows_of(x**2 + y)
    assert has_unseen_poles(x**2 + y + pole / 1000, [x, y], X, values)


def test_a_pair_of_poles_between_two_rows_is_seen_too():
    X = np.linspace(0, 1, 11)[:, None]
    law = 1 / ((x - 0.42) * (x - 0.47)) / 1e5 + x
    assert has_unseen_poles(law, [x], X, X[:, 0])


def test_where_a_root_or_logarithm_is_not_real_between_rows():
    X = np.linspace(0, 1, 11)[:, None]
    assert has_unseen_poles(sqrt((x - 0.42) * (x - 0.47)), [x], X, X[:, 0])
    assert has_unseen_poles(log((x - 0.42) * (x - 0.47)), [x], X, X[:, 0])
    assert not has_unseen_poles(sqrt(x), [x], X, X[:, 0])


def test_what_is_not_real_in_a_gap_of_the_table_is_not_asked_for():
    X = np.concatenate([np.linspace(-3, -1, 30), np.linspace(1, 3, 30)])[:, None]
    assert not has_unseen_poles(sqrt(x**2 - 1), [x], X, np.sqrt(X[:, 0] ** 2 - 1))


def test_a_law_of_two_columns_may_be_real_in_two_cones():
    X = RNG.uniform(-3, 3, (1500, 2))
    X = X[np.abs(X[:, 0]) > np.abs(X[:, 1])]
    law = sqrt(x**2 - y**2)
    assert not has_unseen_poles(law, [x, y], X, np.sqrt(X[:, 0] ** 2 - X[:, 1] ** 2))


def test_an_edge_outside_of_the_rows_is_no_pole():
    X, values = rows_of(x, low=1.0, high=2.0)
    assert not has_unseen_poles(1 / x + log(y) + 1 / (x + y - 1.9), [x, y], X, values)
