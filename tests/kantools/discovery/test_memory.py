"""A search's memory lets it be gone on with."""

import numpy as np
import pytest

from kantools.discovery import discover
from kantools.discovery.hypotheses import networks
from kantools.discovery.memory import Memory, fingerprint
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.fit.noisy import with_noise
from kantools.table import Table


def table(rate: float = 1.3, noise: float = 0.0) -> Table:
    X = np.random.default_rng(0).uniform(1, 2, (60, 2))
    y = X[:, 1] * np.sin(X[:, 0] ** 2) * np.exp(-rate * X[:, 0])
    return Table(("r", "q"), X, "y", y + noise * np.random.default_rng(1).normal(size=60))


@pytest.fixture
def trained(monkeypatch) -> list[str]:
    """The topologies that networks are trained for."""
    names: list[str] = []
    train = networks.run_trial
    monkeypatch.setattr(networks, "run_trial", lambda t, *rest: names.append(t.name) or train(t, *rest))
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
    assert fingerprint(with_noise(data, "proportional", data.y)) != fingerprint(data)
