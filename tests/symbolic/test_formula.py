"""Correlations of constants, against those of simulated fits."""

import numpy as np
import pytest
import sympy

from kantools.symbolic import refit
from kantools.symbolic.formula import Constant, Formula
from kantools.table import Table

x, a, b = sympy.symbols("x a b")
X = np.linspace(1.0, 4.0, 15)


def test_of_a_line_they_are_those_of_repeated_measurements() -> None:
    """Intercept and slope: ``-mean(x) / sqrt(mean(x²))``; and as polynomials fitted a thousand times say."""
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(1000, len(X)))
    formula = refit(a + b * x, Table(("x",), X[:, None], "y", 3 + 2 * X + noise[0]))
    told = formula.correlation
    assert list(told.index) == list(told.columns) == ["a", "b"]
    assert told.loc["a", "b"] == pytest.approx(-X.mean() / np.sqrt(np.mean(X**2)))
    slopes, intercepts = np.polyfit(X, (3 + 2 * X + noise).T, 1)
    assert told.loc["a", "b"] == pytest.approx(np.corrcoef(intercepts, slopes)[0, 1], abs=0.02)
    np.testing.assert_allclose(np.diag(told), 1.0)


def test_exact_constants_have_none() -> None:
    constants = (Constant(a, 1.0, 0.5), Constant(b, 2.0, 0.1, exact=sympy.Integer(2)))
    formula = Formula(("x",), "y", a * x**b, constants, np.array([[0.25]]))
    assert formula.correlation.to_dict() == {"a": {"a": 1.0}}


def test_of_constants_left_open_it_is_not_a_number() -> None:
    with pytest.warns(UserWarning, match="a, b can be changed"):
        formula = refit((a + b) * x + sympy.Symbol("c"), Table(("x",), X[:, None], "y", 3 + X + np.sin(X)))
    told = formula.correlation
    assert np.isnan(told.loc["a", "c"])
    assert told.loc["c", "c"] == 1.0
