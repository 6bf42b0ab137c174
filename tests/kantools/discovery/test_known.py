"""Formulas from elsewhere begin a search, and its memory lets it be gone on with."""

import numpy as np
import pytest
from sympy import exp, sin, symbols

from kantools.discovery import discover
from kantools.discovery import site as module
from kantools.discovery.memory import Memory, fingerprint
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.formula import Constant, Formula
from kantools.table import Table

r, q, c0, z = symbols("r q c0 z")
X = np.random.default_rng(0).uniform(1, 2, (60, 2))
LAW = Formula(("r", "q"), "y", q * sin(r**2) * exp(-c0 * r), (Constant(c0, 1.0, 0.1),))


def table(rate: float = 1.3, factor: float = 1.0, noise: float = 0.0) -> Table:
    y = factor * X[:, 1] * np.sin(X[:, 0] ** 2) * np.exp(-rate * X[:, 0])
    return Table(("r", "q"), X, "y", y + noise * np.random.default_rng(1).normal(size=60))


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


@pytest.fixture
def trained(monkeypatch) -> list[str]:
    """The topologies that networks are trained for."""
    names: list[str] = []
    train = module.run_trial
    monkeypatch.setattr(module, "run_trial", lambda t, *rest: names.append(t.name) or train(t, *rest))
    return names


def restricted(memory: Memory | None = None):
    """A search of a curve in a poor language, which ends by itself."""
    x = np.linspace(-1, 1, 40)
    curve = Table(("x",), x[:, None], "y", np.sin(3 * x) + 0.1 * np.random.default_rng(1).normal(size=40))
    return discover(curve, time_limit=120, primitives=["identity", "square"], memory=memory)


def test_a_search_that_is_gone_on_with_trains_nothing_twice(trained):
    memory = Memory()
    first = restricted(memory)
    assert first.stopped != "time limit"
    before = len(trained)
    assert before > 0
    again = restricted(memory)
    assert len(trained) == before
    assert [str(f) for f in again.front] == [str(f) for f in first.front]
    assert [s.hypothesis for s in again.steps] == [s.hypothesis for s in first.steps]


def test_a_memory_changes_nothing_but_the_time():
    with_memory, without = restricted(Memory()), restricted()
    assert [str(f) for f in with_memory.front] == [str(f) for f in without.front]


@pytest.mark.parametrize("other", [{"seed": 1}, {"t": table(rate=0.9, noise=0.05)}, {"basis": "rbf"}])
def test_what_is_about_something_else_is_forgotten(other):
    memory = Memory()
    first = {"t": table(noise=0.05), "seed": 0, "basis": "bspline"}
    for settings, forgotten in ((first, True), (first, False), (first | other, True)):
        about, t = memory.about, settings["t"]
        discover(t, seed=settings["seed"], basis=settings["basis"], time_limit=1e-3, memory=memory)
        assert (memory.about != about) == forgotten


def test_what_came_too_late_is_asked_again():
    memory = Memory()
    assert memory.once("q", lambda: "cut short", late=lambda: True) == "cut short"
    assert memory.once("q", lambda: "whole", late=lambda: False) == "whole"
    assert memory.once("q", lambda: "never", late=lambda: False) == "whole"


def test_the_fingerprint_is_of_rows_and_weights():
    data = data_of(table())
    assert fingerprint(data) == fingerprint(data_of(table()))
    assert fingerprint(data.relative(data.y)) != fingerprint(data)
