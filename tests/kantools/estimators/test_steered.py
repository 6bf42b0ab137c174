"""Steering from fitted estimators, and how these look in notebooks."""

import pickle

import numpy as np
import pandas as pd
import pytest
import sympy
from sklearn.exceptions import NotFittedError

from kantools import KANRegressor, SymbolicRegressor
from kantools.errors import SettingError, UserError
from kantools.table import Table


@pytest.fixture(scope="module")
def rows() -> tuple[pd.DataFrame, np.ndarray]:
    X = pd.DataFrame(np.random.default_rng(0).uniform(-1, 1, (200, 2)), columns=["x", "y"])
    return X, np.exp(np.sin(np.pi * X["x"]) + X["y"] ** 2).to_numpy()


@pytest.fixture(scope="module")
def network(rows) -> KANRegressor:
    return KANRegressor(width=[1], random_state=0).fit(*rows)


def test_from_network_to_formula_and_back(rows, network) -> None:
    model = pickle.loads(pickle.dumps(network))
    before = model.predict(rows[0])
    bench = model.steer(*rows)
    bench.fix((0, 0, 0), "sin").fix((0, 1, 0), "square").fix((1, 0, 0), "exp").refit()
    assert (model.predict(rows[0]) == before).all()
    model.adopt(bench)
    np.testing.assert_allclose(model.predict(rows[0]), rows[1], atol=1e-9)
    _, std = model.predict(rows[0], return_std=True)
    assert np.isfinite(std).all()
    assert len(model.activations_.edges) == 3
    x, y = sympy.symbols("x y")
    assert sympy.simplify(bench.formula().expression - sympy.exp(sympy.sin(sympy.pi * x) + y**2)) == 0


def test_rows_of_the_fit_are_at_hand(network) -> None:
    bench = network.steer()
    assert bench.table.columns == ("x", "y")
    assert bench.losses.held_out < 1e-4


def test_refusals(rows, network) -> None:
    with pytest.raises(NotFittedError):
        KANRegressor().steer(*rows)
    with pytest.raises(NotFittedError):
        SymbolicRegressor().steer(*rows)
    with pytest.raises(SettingError, match="got one of X and y"):
        network.steer(rows[0])
    with pytest.raises(SettingError, match="Steering needs rows to judge by"):
        pickle.loads(pickle.dumps(network)).steer()
    single = KANRegressor(width=[], random_state=0).fit(rows[0][["x"]], rows[1])
    with pytest.raises(SettingError, match="this one takes 2 inputs, the model 1"):
        single.adopt(network.steer())


@pytest.fixture
def found(fake_discovery, rows) -> SymbolicRegressor:
    X, _ = rows
    return SymbolicRegressor().fit(X, 2 * X["x"] - X["y"] ** 2)


def test_a_front_is_steered_and_adopted(found, rows) -> None:
    bench = found.steer().add("a*x + b*y**2")
    assert str(found.formula_) != str(bench.formula)
    found.adopt(bench)
    np.testing.assert_allclose(found.predict(rows[0]), 2 * rows[0]["x"] - rows[0]["y"] ** 2, atol=1e-9)
    assert len(found.equations_) == len(bench.front)
    found.adopt(found.steer().choose(0))
    assert found.formula_ is bench.front[0]


def test_several_targets_are_steered_one_by_one(fake_discovery, rows) -> None:
    X, y = rows
    both = SymbolicRegressor().fit(X, np.stack([y, 2 * y], axis=1))
    with pytest.raises(SettingError, match=r'Each has a model of its own, such as models_\["y0"\]'):
        both.steer()
    assert both.models_["y1"].steer().front
    assert both._repr_html_().count("<math") == 2
    with pytest.raises(UserError, match="A table has one target; this network has 2 outputs"):
        KANRegressor(width=[], random_state=0).fit(X, np.stack([y, 2 * y], axis=1)).steer()


def test_in_a_notebook(found) -> None:
    html = found._repr_html_()
    assert "<math" in html
    assert "formulas of the front" in html
    assert found._repr_mimebundle_()["text/html"].startswith("<div><math")
    assert "<math" not in SymbolicRegressor()._repr_html_()
    assert found.formula_._repr_latex_().startswith("$\\displaystyle y_{} = ")
    table = Table(("x",), np.ones((9, 1)), "<b>", np.ones(9), sigma=np.ones(9))
    assert "&lt;b&gt;" in table._repr_html_()
    assert "<b>" not in table._repr_html_()
