"""Where a training begins, and on how many rows starts compete."""

from typing import Any

import numpy as np
import pytest

from kantools.network import KAN, fit_grid, refine
from kantools.training import tournament, train
from kantools.training.initial_states import initial_states
from kantools.training.least_squares import LeastSquares
from kantools.training.levenberg_marquardt import Options
from kantools.training.model import plan, state_of


def table(rows: int) -> tuple[np.ndarray, np.ndarray]:
    X = np.random.default_rng(0).uniform(-1, 1, (rows, 2))
    return X, np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2)


def as_problem(network: KAN, X: np.ndarray, y: np.ndarray) -> LeastSquares:
    p = plan(network)
    knots = state_of(network, p).knots[0]
    return LeastSquares(p, X, y[:, None], np.full(len(X), 1 / len(X)), np.array([y.std()]), knots)


def number_of_starts(network: KAN, X: np.ndarray, y: np.ndarray, random: int) -> int:
    problem = as_problem(network, X, y)
    given = state_of(network, problem.plan)
    return len(list(initial_states(problem, given, random, np.random.default_rng(0))))


def test_what_has_learned_something_is_trained_on_alone() -> None:
    X, y = table(300)
    network = KAN([2, 1, 1], intervals=5)
    fit_grid(network, X)
    assert number_of_starts(network, X, y, 0) == 2
    assert train(network, X, y).loss < 1e-2
    refine(network, X, 10)
    assert number_of_starts(network, X, y, 0) == 1
    assert number_of_starts(network, X, y, 3) == 5


def test_starts_compete_on_several_rows_for_each_coefficient(monkeypatch: pytest.MonkeyPatch) -> None:
    X, y = table(5000)
    network, seen = KAN([2, 1, 1]), []
    fit_grid(network, X)
    problem, real = as_problem(network, X, y), tournament.levenberg_marquardt

    def spy(problem: LeastSquares, *others: Any) -> Any:
        seen.append(len(problem.X))
        return real(problem, *others)

    monkeypatch.setattr(tournament, "levenberg_marquardt", spy)
    monkeypatch.setattr(tournament, "SAMPLE", 5)
    tournament.tournament(problem, [state_of(network, problem.plan)], Options(max_iterations=1))
    assert seen == [tournament.PER_COEFFICIENT * problem.plan.offsets[-1], 5000]
