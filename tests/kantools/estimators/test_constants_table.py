"""The estimator's constants with their intervals."""

import numpy as np
import pytest
import sympy
from scipy.stats import norm, t

from kantools.estimators.files.encoding import formula_in, formula_out
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.estimators.verbs.constants_table import constants_table
from kantools.symbolic import refit
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.fit.scatter import with_scatter
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.whole.draft import fit_draft
from kantools.symbolic.whole.polish import polish
from kantools.table import Table

x, a, b = sympy.symbols("x a b")
X = np.linspace(1.0, 3.0, 20)[:, None]
Y = 2 * X[:, 0] + 0.1 * np.sin(37 * X[:, 0])


@pytest.mark.parametrize(
    ("sigma", "quantile"), [(None, t.ppf(0.975, 18)), (np.full(20, 0.1), norm.ppf(0.975))]
)
def test_bounds_are_students_or_normal_where_sigma_is_given(
    sigma: np.ndarray | None, quantile: float
) -> None:
    formula = refit(a * x + b, Table(("x",), X, "y", Y, sigma))
    told = constants_table(formula)
    assert list(told.index) == ["a", "b"]
    np.testing.assert_allclose(told["upper"] - told["value"], quantile * told["error"])
    np.testing.assert_allclose(told["value"] - told["lower"], quantile * told["error"])


@pytest.mark.slow
def test_ninety_five_of_a_hundred_hold_the_truth() -> None:
    """Six rows, where Student's quantile is 2.8 and the normal one would hold 88 of a hundred."""
    rng, rows, inside = np.random.default_rng(0), X[:6], []
    for _ in range(300):
        y = 3 * rows[:, 0] - 1 + rng.normal(size=6)
        told = constants_table(refit(a * x + b, Table(("x",), rows, "y", y), {"a": 1, "b": 0})).loc["a"]
        inside.append(told["lower"] < 3 < told["upper"])
    assert 0.92 < np.mean(inside) < 0.98


def test_exact_numbers_and_units_are_told() -> None:
    constants = (Constant(a, 1.5, 0.1, unit="m"), Constant(b, 2.01, 0.02, exact=sympy.Integer(2)))
    told = constants_table(Formula(("x",), "y", a * x**b, constants, np.array([[0.01]]), freedom=8.0))
    assert told["exact"].isna().tolist() == [True, False]
    assert told.loc["b", "exact"] == "2"
    assert told["unit"].isna().tolist() == [False, True]
    assert told.loc["a", "unit"] == "m"


@pytest.mark.usefixtures("fake_discovery")
def test_of_the_estimator_also_when_saved(tmp_path) -> None:
    model = SymbolicRegressor(time_limit=5, random_state=0).fit(X, Y)
    told = model.constants_
    assert told["value"].tolist() == [c.value for c in model.formula_.constants]
    model.save(tmp_path / "model.json")
    again = SymbolicRegressor.load(tmp_path / "model.json").constants_
    assert again.equals(told)


@pytest.mark.parametrize(("sigma", "freedom"), [(None, 18.0), (np.full(20, 0.1), np.inf)])
def test_formulas_of_a_search_tell_their_freedom(sigma: np.ndarray | None, freedom: float) -> None:
    data = data_of(Table(("x",), X, "y", Y + 0.7317, sigma))
    formula = polish(fit_draft(a * x + b, {a: 1.9, b: 0.7}, data), data, "y")
    assert formula is not None
    assert formula.freedom == freedom + 2 - len(formula.free)


def test_scatter_that_was_estimated_is_not_taken_for_given() -> None:
    data = data_of(Table(("x",), X, "y", Y, x_sigma=np.full(X.shape, 0.01)))
    told = with_scatter(data, lambda rows: 2 * rows[:, 0], 1)
    formula = polish(fit_draft(a * x, {a: 1.9}, told), told, "y")
    assert told.known
    assert formula is not None
    assert formula.freedom == 20 - len(formula.free)


@pytest.mark.parametrize("freedom", [np.inf, 7.5])
def test_freedom_is_saved(freedom: float) -> None:
    formula = Formula(
        ("x",), "y", a * x, (Constant(a, 1.0, 0.1),), np.array([[0.01]]), 1.0, 3, freedom=freedom
    )
    assert formula_in(formula_out(formula)).freedom == freedom
