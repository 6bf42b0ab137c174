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


def test_the_model_itself_is_steered(rows, network) -> None:
    """As the papers do it; every step shows in what the model predicts, and is taken back bit for bit."""
    model, before = KANRegressor(width=[1], random_state=0).fit(*rows), network.predict(rows[0])
    assert [model.suggest(edge)[0].name for edge in model.network_.edges()] == ["sin", "square", "exp"]
    assert model.history == ()
    model.fix((0, 0, 0), "sin").fix((0, 1, 0), model.suggest((0, 1, 0))[0]).fix((1, 0, 0), "exp").refit()
    np.testing.assert_allclose(model.predict(rows[0]), rows[1], atol=1e-9)
    assert [step.action.partition("(")[0] for step in model.history] == ["fix", "fix", "fix", "refit"]
    x, y = sympy.symbols("x y")
    assert sympy.simplify(model.formula().expression - sympy.exp(sympy.sin(sympy.pi * x) + y**2)) == 0
    model.undo().undo().undo().undo()
    assert (model.predict(rows[0]) == before).all()
    model.redo().unfix((0, 0, 0)).set_basis("chebyshev", layer=0, degree=6).prune(0.01)
    assert model.network_.kan_layers()[0].basis.name == "chebyshev"
    assert len(model.history) == 4
    again = pickle.loads(pickle.dumps(model))
    assert again.history == ()
    with pytest.raises(SettingError, match=r"Pass X and y to steer\(\)"):
        again.suggest((0, 0, 0))
    assert model.fit(*rows).history == ()


def test_a_failed_step_changes_nothing(network) -> None:
    model = pickle.loads(pickle.dumps(network))
    model.fitted_ = network.fitted_
    before = model.network_
    with pytest.raises(SettingError, match='no primitive "sim"; did you mean "sin"'):
        model.fix((0, 0, 0), "sim")
    with pytest.raises(UserError, match=r"undo\(\) takes back a step; none has been taken"):
        model.undo()
    assert model.network_ is before


def test_refusals(rows, network) -> None:
    with pytest.raises(NotFittedError):
        KANRegressor().steer(*rows)
    with pytest.raises(NotFittedError):
        SymbolicRegressor().steer(*rows)
    with pytest.raises(SettingError, match="got X without y"):
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


def test_a_front_is_steered_on_the_model_itself(found) -> None:
    first = found.formula_
    found.add("a*x + b*y**2")
    assert found.formula_ is not first
    chosen = found.formula_
    found.choose(0)
    assert [step.action for step in found.history] == ['add("a*x + b*y**2")', "choose(0)"]
    assert found.formula_ is found.discovery_.front[0]
    assert found.undo().formula_ is chosen
    assert found.undo().formula_ is first


@pytest.mark.parametrize("verb", ["suggest", "fix", "unfix", "set_basis", "prune", "refit"])
def test_verbs_of_networks_are_pointed_to(found, verb: str) -> None:
    assert not hasattr(found, verb)
    with pytest.raises(AttributeError, match=rf"{verb}\(\) steers the curves of a network; .* KANRegressor"):
        getattr(found, verb)


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
    assert "formulas</summary>" in html
    assert found._repr_mimebundle_()["text/html"].startswith("<div><math")
    assert "<math" not in SymbolicRegressor()._repr_html_()
    page = found.formula_._repr_html_()
    assert page.startswith("<math")
    assert page.count("<tr>") == len(found.formula_.constants)
    assert found.formula_._repr_latex_().startswith("$\\displaystyle y_{} = ")
    table = Table(("x",), np.ones((9, 1)), "<b>", np.ones(9), sigma=np.ones(9))
    assert "&lt;b&gt;" in table._repr_html_()
    assert "<b>" not in table._repr_html_()


def test_a_network_in_a_notebook(network) -> None:
    html = network._repr_mimebundle_()["text/html"]
    assert html.startswith('<div><img alt="the network" src="data:image/svg+xml;base64,')
    assert "3 learned curves; loss" in html
    assert "sk-" in html
    assert not KANRegressor()._repr_html_().startswith("<div><img")
