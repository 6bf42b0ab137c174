"""What is told where predictions leave what was seen."""

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import sympy
from sklearn.utils.validation import check_is_fitted

from kantools import ExtrapolationWarning, KANClassifier, KANRegressor, SymbolicRegressor
from kantools.discovery import Discovery
from kantools.estimators.fitted import Fitted
from kantools.estimators.passage.columns import varying_columns
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.trust.domain import domain_of
from kantools.symbolic.trust.prediction import Scatter
from kantools.table import Table

x, y, c0 = sympy.symbols("x y c0")
SEEN = np.random.default_rng(0).uniform(1, 3, (50, 3))


def regressor(template: sympy.Expr, value: float = 2.0, scatter: Scatter | None = None) -> SymbolicRegressor:
    """A fitted one with this formula in the columns x, y and "not used"."""
    columns = ("x", "y", "not used")
    domain = domain_of(template.subs(c0, value), columns, SEEN)
    law = Formula(
        columns,
        "f",
        template,
        (Constant(c0, value, 0.1),),
        np.array([[0.01]]),
        domain=domain,
        scatter=scatter,
    )
    model = SymbolicRegressor()
    model.n_features_in_ = 3
    model.fitted_ = Fitted(Discovery((law,), law, None, None, (), 0.0, "given"))
    check_is_fitted(model)
    return model


def told(predict, X) -> list[str]:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        predict(X)
    assert all(w.category is ExtrapolationWarning for w in caught)
    assert all(w.filename == __file__ for w in caught)  # it points at the caller
    return [str(w.message) for w in caught]


def rows(*given: tuple[float, float, float]) -> np.ndarray:
    return np.array(given)


def test_nothing_is_told_inside():
    model = regressor(c0 * x / y)
    assert told(lambda X: model.predict(X), SEEN) == []
    rounded = SEEN.astype(np.float32).astype(float)
    assert told(lambda X: model.predict(X), rounded) == []
    assert told(lambda X: model.predict(X), rows((2, 2, 99))) == []  # the formula does not use that column


def test_columns_ranges_and_rows_are_told_once():
    model = regressor(c0 * x / y)
    (message,) = told(
        lambda X: model.predict(X, return_std=True), rows((2, 2, 2), (7.5, 2, 2), (9, -1, 2), (2, 2, 2))
    )
    low, high = SEEN[:, 0].min(), SEEN[:, 0].max()
    assert message.startswith("2 rows of 4 outside of what was seen (")
    assert f'"x" in 2 rows, down to 2, up to 9, seen {low:.4g} <= x <= {high:.4g}' in message
    assert '"y" in 1 row, down to -1, up to 2' in message


def test_values_that_are_not_finite():
    model = regressor(sympy.log(c0 - x) + 1 / (y - 2))
    (message,) = told(lambda X: model.predict(X), rows((1.5, 1.5, 2), (2.5, 1.5, 2), (1.5, 2, 2)))
    assert message == "2 rows without a finite value, because the formula needs y != 2 and x < 2.0."


def test_a_formula_without_a_domain_tells_of_values_only():
    """As those of old files."""
    model = regressor(sympy.sqrt(c0 - x))
    law = replace(model.formula_, domain=None)
    model.fitted_ = model.fitted_.with_formulas((law,), law, ())
    assert told(lambda X: model.predict(X), rows((-90, 1, 1))) == []
    assert told(lambda X: model.predict(X), rows((2.5, 1, 1))) == ["1 row without a finite value."]


def test_an_input_that_never_varied_is_told_when_it_does():
    model = regressor(c0 * x / y)
    law = replace(model.formula_, columns=("x", "y"))
    searched = replace(model.discovery_, front=(law,), chosen=law)
    X = np.column_stack([np.full(50, 9.81), SEEN[:, :2]])
    _, back = varying_columns(Table(("g", "x", "y"), X, "f", SEEN[:, 0]))
    found = back(searched)
    model.fitted_ = Fitted(found)
    assert found.front[0].columns == ("g", "x", "y")
    assert told(lambda X: model.predict(X), X) == []
    (message,) = told(lambda X: model.predict(X), rows((1.62, 2, 2)))
    assert '"g" in 1 row, down to 1.62, up to 1.62, seen g = 9.81' in message


def test_interval_of_the_regressor():
    model = regressor(c0 * x, scatter=Scatter("proportional", 0.05, np.inf))
    X = rows((2, 2, 2), (1.5, 2, 2))
    value, low, high = model.predict(X, interval=0.95)
    assert (low < value).all()
    np.testing.assert_allclose(high - value, 1.959964 * np.hypot(0.1 * X[:, 0], 0.05 * value), rtol=1e-6)
    both = model.predict(X, return_std=True, interval=0.95, sigma=1.0)
    assert [part.shape for part in both] == [(2,)] * 4
    assert (both[3] - both[0] > 1.95).all()
    with pytest.raises(ValueError, match="A level of confidence is between 0 and 1"):
        model.predict(X, interval=95)


@pytest.mark.parametrize("kind", [KANRegressor, KANClassifier])
def test_networks(kind):
    X = pd.DataFrame(SEEN, columns=["mass", "speed", "time"])
    target = SEEN[:, 0] > 2 if kind is KANClassifier else SEEN[:, 0] * SEEN[:, 1]
    model = kind(width=[], intervals=3, random_state=0).fit(X, target)
    assert told(lambda X: model.predict(X), X) == []
    assert told(lambda X: model.predict(X), X + 1e-9) == []
    (message,) = told(lambda X: model.predict(X), X.assign(speed=X.speed + 1))
    assert '"speed" in' in message
    assert "seen" in message
    if kind is KANClassifier:
        assert len(told(lambda X: model.predict_proba(X), X + 9)) == 1
        assert len(told(lambda X: model.decision_function(X), X + 9)) == 1
