"""A model's own functions, costs and forbidden nestings, from the regressor to the front."""

import numpy as np
import pandas as pd
import pytest
import sympy

from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.symbolic.primitive import ARGUMENT, Primitive

x = ARGUMENT
T = np.linspace(-3.0, 3.0, 120)


def model(y: np.ndarray, t: np.ndarray = T, **settings) -> SymbolicRegressor:
    regressor = SymbolicRegressor(time_limit=20, random_state=0, **settings)
    return regressor.fit(pd.DataFrame({"t": t}), pd.Series(y, name="f"))


def functions(front: pd.DataFrame) -> set[str]:
    return {f.func.__name__ for e in front.sympy for f in e.atoms(sympy.Function)}


def exponents(front: pd.DataFrame) -> list[sympy.Expr]:
    nodes = (node for e in front.sympy for node in sympy.preorder_traversal(e))
    return [node.args[0] for node in nodes if node.func is sympy.exp]


def test_a_primitive_of_ones_own_is_found_and_printed():
    own = Primitive("softplus", sympy.log(1 + sympy.exp(x)), complexity=2)
    found = model(2.37 * np.log1p(np.exp(1.7 * T - 0.6)), primitives=["identity", own])
    assert str(found.formula_) == "f = 237*log(exp(17*t/10 - 3/5) + 1)/100"
    assert found.formula_.complexity == 1 + 1 + 2 + 5  # 2.37 * softplus(1.7 * t - 0.6)


def test_costs_decide_between_two_equal_readings():
    logistic = 1 / (1 + np.exp(-2 * T))
    names = ["identity", "exp", "tanh", "reciprocal", "logistic"]
    told = {dear: model(logistic, primitives=dict.fromkeys(names) | {dear: 20}) for dear in ("tanh", "exp")}
    assert told["tanh"].formula_.expression.has(sympy.exp)
    assert told["exp"].formula_.expression.has(sympy.tanh)
    for found in told.values():
        assert not found.formula_.free
        np.testing.assert_allclose(found.predict(pd.DataFrame({"t": T})), logistic, rtol=1e-9)


@pytest.mark.parametrize("nested", [True, False])
def test_a_forbidden_nesting_is_nowhere_in_the_front(nested):
    t = np.linspace(0.1, 1.5, 120)
    y = np.exp(1.3 * np.sin(2.1 * t)) if nested else np.exp(1.3 * t) + 0.4
    names = ["identity", "exp", "sin", "cos"]
    front = model(y, t, forbid={"exp": ["sin", "cos"]}, primitives=names).equations_
    inside = exponents(front)
    assert not any(e.has(sympy.sin, sympy.cos) for e in inside)
    if nested:
        assert any(e.has(sympy.sin, sympy.cos) for e in exponents(model(y, t, primitives=names).equations_))
    assert functions(front) <= {"exp", "sin", "cos"}
    if not nested:
        assert inside
        assert front.loss.min() < 1e-12


def test_other_functions_are_nowhere_in_the_front():
    t = np.linspace(0.5, 2, 120)
    front = model(np.log(t) * 1.7 + np.sqrt(t), t, primitives=["identity", "square", "exp"]).equations_
    assert functions(front) <= {"exp"}
    assert all(p.exp.is_integer for e in front.sympy for p in e.atoms(sympy.Pow))


def test_quotients_of_polynomials_need_reciprocals_and_squares():
    rng = np.random.default_rng(0)
    X = pd.DataFrame(rng.uniform(1, 3, (200, 2)), columns=["a", "b"])
    y = (2 * X.a + 3 * X.b) / (X.a + 5 * X.b)
    tried = {}
    for primitives in (["identity", "reciprocal"], ["identity", "square"]):
        found = SymbolicRegressor(primitives=primitives, time_limit=3, random_state=0).fit(X, y)
        tried[primitives[1]] = any("quotient" in s.hypothesis for s in found.discovery_.steps)
    assert tried == {"reciprocal": True, "square": False}


def test_the_front_tells_what_it_is_worth_and_where():
    rng = np.random.default_rng(0)
    X = pd.DataFrame({"v": rng.uniform(0.1, 0.9, 150), "m": rng.uniform(1, 5, 150)})
    y = pd.Series(X.m / np.sqrt(1 - X.v**2) * (1 + 0.01 * rng.normal(size=150)), name="E")
    found = SymbolicRegressor(time_limit=8, random_state=0).fit(X, y)
    front = found.equations_
    assert np.isfinite(front.held_out_loss).all()
    assert (front.held_out_loss >= 0.999 * front.loss).all()  # fitted to them, a formula is better on average
    seen = ", ".join(f"{X[c].min():.4g} <= {c} <= {X[c].max():.4g}" for c in X)
    assert front.domain.iloc[-1].startswith(seen)
    assert found.formula_.covers(X.to_numpy()).all()
    assert not found.formula_.covers(np.array([[1.5, 2.0]])).any()
