"""Ctrl-C at any moment: the best so far, or nothing at all, and everything as it was before."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from kantools.discovery import ledger
from kantools.estimators.interrupted import TrainingInterrupted
from kantools.estimators.kan_classifier import KANClassifier
from kantools.estimators.kan_regressor import KANRegressor
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.training import gradient, levenberg_marquardt

X = np.random.default_rng(0).uniform(1, 3, (60, 2))
Y = np.sin(3 * X[:, 0]) * X[:, 1]


def outcomes(kind: str, moments: np.ndarray) -> list[dict]:
    program = Path(__file__).with_name("interrupted_fits.py")
    told = subprocess.run(
        [sys.executable, str(program), kind, *map(str, moments.tolist())],
        capture_output=True,
        text=True,
        timeout=900,
        check=True,
    )
    assert "Exception ignored" not in told.stderr, told.stderr
    return json.loads(told.stdout.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "moments"), [("formula", 30), ("network", 30), ("jobs", 6)])
def test_at_many_moments(kind, moments):
    found = outcomes(kind, np.geomspace(0.002, 3, moments))
    assert all(o["raised"] != o["fitted"] and o["works"] and o["same"] for o in found), found
    assert sum(o["fitted"] for o in found) >= moments / 6
    if kind == "formula":
        assert {o["stopped"] for o in found if o["fitted"]} <= {"interrupted", "time limit", "explained"}


def after(times: int, function):
    """The function, until it has been called so often; then an interrupt."""
    calls = iter(range(times))

    def called(*arguments, **options):
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return function(*arguments, **options)

    return called


@pytest.mark.parametrize("times", [1, 3])
def test_a_search_returns_the_best_so_far(monkeypatch, times):
    monkeypatch.setattr(ledger, "polish_centred", after(times, ledger.polish_centred))
    model = SymbolicRegressor(time_limit=60, random_state=0).fit(X, Y)
    assert model.discovery_.stopped == "interrupted"
    assert np.isfinite(model.predict(X)).all()


@pytest.mark.parametrize("step", ["_picture", "pareto_front", "examined"])
def test_the_conclusion_is_interrupted(monkeypatch, step):
    from kantools.discovery import conclusion

    discovering = import_module("kantools.discovery.discover")  # the name in the package is the function
    module = discovering if step == "examined" else conclusion
    calls = after(0, None)
    before = getattr(module, step)

    def once(*arguments, **options):
        monkeypatch.setattr(module, step, before)
        return calls()

    monkeypatch.setattr(module, step, once)
    model = SymbolicRegressor(time_limit=5, random_state=0).fit(X, X[:, 0] * 2)
    assert model.discovery_.stopped == "interrupted"
    assert model.score(X, X[:, 0] * 2) > 0.999999


def test_nothing_found_is_nothing_learned(monkeypatch):
    monkeypatch.setattr(ledger, "polish_centred", after(0, None))
    model = SymbolicRegressor(time_limit=5)
    with pytest.raises(KeyboardInterrupt):
        model.fit(X, Y)
    assert not hasattr(model, "discovery_")


@pytest.mark.parametrize("times", [3, 9])
def test_a_network_is_kept(monkeypatch, times):
    monkeypatch.setattr(levenberg_marquardt, "_step", after(times, levenberg_marquardt._step))
    model = KANRegressor(width=[3], random_state=0)
    with pytest.warns(TrainingInterrupted, match="the best so far"):
        model.fit(X, Y)
    assert model.score(X, Y) > 0.5


def test_a_classifier_is_kept(monkeypatch):
    monkeypatch.setattr(gradient, "_finished", after(4, gradient._finished))
    model = KANClassifier(width=[3], random_state=0)
    with pytest.warns(TrainingInterrupted):
        model.fit(X, Y > 0)
    assert model.score(X, Y > 0) > 0.7


@pytest.mark.parametrize(
    ("solver", "module", "step"), [("lm", levenberg_marquardt, "_step"), ("lbfgs", gradient, "_steps")]
)
def test_a_training_without_anything_is_raised(monkeypatch, solver, module, step):
    monkeypatch.setattr(module, step, after(0, None))
    model = KANRegressor(width=[3], solver=solver, random_state=0)
    with pytest.raises(KeyboardInterrupt):
        model.fit(X, Y)
    assert not hasattr(model, "network_")
