"""Formulas from elsewhere begin a search."""

import numpy as np
from sympy import exp, sin, symbols

from kantools.discovery import discover
from kantools.symbolic.formula import Constant, Formula
from kantools.table import Table

r, q, c0, z = symbols("r q c0 z")
X = np.random.default_rng(0).uniform(1, 2, (60, 2))
LAW = Formula(("r", "q"), "y", q * sin(r**2) * exp(-c0 * r), (Constant(c0, 1.0, 0.1),))


def table(rate: float = 1.3, factor: float = 1.0) -> Table:
    y = factor * X[:, 1] * np.sin(X[:, 0] ** 2) * np.exp(-rate * X[:, 0])
    return Table(("r", "q"), X, "y", y)


def test_a_known_formula_is_fitted_to_the_table_and_competes():
    """No search finds this one in no time."""
    found = discover(table(rate=1.37), time_limit=1e-3, known=[LAW])
    assert str(found.chosen.expression.xreplace({})).count("sin(r**2)") == 1
    np.testing.assert_allclose(found.chosen.predict(X), table(rate=1.37).y, rtol=1e-6)


def test_a_formula_without_constants_gets_a_factor():
    law = Formula(("r", "q"), "y", q * sin(r**2) * exp(-r))
    found = discover(table(rate=1, factor=3.7), time_limit=1e-3, known=[law])
    np.testing.assert_allclose(found.chosen.predict(X), table(rate=1, factor=3.7).y, rtol=1e-6)


def test_formulas_in_other_columns_are_left_out():
    found = discover(table(), time_limit=1e-3, known=[Formula(("z",), "y", c0 * z, LAW.constants)])
    assert all(f.columns == ("r", "q") for f in found.front)
