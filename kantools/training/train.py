"""Train a network on a table."""

import time
from typing import Literal

import numpy as np

from kantools.network import KAN
from kantools.network.grid import covers, fit_grid
from kantools.table import Table
from kantools.training.history import History
from kantools.training.levenberg_marquardt import Options
from kantools.training.model import plan, state_of, write
from kantools.training.problem import Problem
from kantools.training.starts import starts
from kantools.training.tournament import tournament

__all__ = ["train"]


def train(
    network: KAN,
    X: np.ndarray | Table,
    y: np.ndarray | None = None,
    *,
    weight: np.ndarray | None = None,
    solver: Literal["auto", "lm"] = "auto",
    smoothness: float | Literal["gcv"] = 1e-8,
    sparsity: float = 0.0,
    max_iterations: int = 100,
    tolerance: float = 1e-3,
    target: float = 1e-26,
    deadline: float | None = None,
    restarts: int = 0,
    seed: int = 0,
    block: int = 4096,
) -> History:
    """Fit a network to data, in place.

    >>> from kantools.network import KAN
    >>> X = np.linspace(-1, 1, 60).reshape(-1, 2)
    >>> train(KAN([2, 1]), X, np.sin(X[:, 0]) + X[:, 1] ** 2).loss < 1e-6
    True
    """
    begin = time.perf_counter()
    X, Y, weight = _data(network, X, y, weight)
    if not covers(network, X):
        fit_grid(network, X)
    p = plan(network)
    mean = weight @ Y
    scale = np.sqrt(weight @ (Y - mean) ** 2)
    scale = np.where(scale > 1e-14 * np.abs(mean), scale, np.where(mean == 0, 1.0, np.abs(mean)))
    options = Options(
        None if smoothness == "gcv" else float(smoothness),
        sparsity,
        max_iterations,
        tolerance,
        target,
        deadline,
    )
    given = state_of(network, p)
    problem = Problem(p, X, Y, weight, scale, given.knots[0], block)
    candidates = starts(problem, given, restarts, np.random.default_rng(seed))
    best = tournament(problem, candidates, options)
    write(network, p, best.at.state)
    return History(best.losses, time.perf_counter() - begin, best.reason, best.smoothness, best.effective)


def _data(
    network: KAN, X: np.ndarray | Table, y: np.ndarray | None, weight: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if isinstance(X, Table):
        table = X
        X, y = table.X, table.y
        if weight is None:
            weight = np.ones(table.rows) if table.weight is None else table.weight
            weight = weight if table.sigma is None else weight / table.sigma**2
    X, Y = np.asarray(X, float), np.asarray(y, float)
    Y = Y.reshape(len(Y), -1)
    weight = np.ones(len(X)) if weight is None else np.asarray(weight, float)
    _check(network, X, Y, weight)
    return X, Y, weight / weight.sum()


def _check(network: KAN, X: np.ndarray, Y: np.ndarray, weight: np.ndarray) -> None:
    if X.ndim != 2 or X.shape[1] != network.inputs:
        raise ValueError(f"This network takes {network.inputs} columns; X has the shape {X.shape}.")
    if Y.shape != (len(X), network.outputs) or weight.shape != (len(X),):
        raise ValueError(
            f"X has {len(X)} rows and the network {network.outputs} output(s); "
            f"y has the shape {Y.shape}, weight {weight.shape}."
        )
    for name, values in (("X", X), ("y", Y), ("weight", weight)):
        if not np.isfinite(values).all():
            bad = int((~np.isfinite(values.reshape(len(values), -1))).any(1).sum())
            raise ValueError(f"{name} must be finite; {bad} rows hold NaN or infinity. Drop or mend them.")
    if (weight < 0).any() or not weight.sum() > 0:
        raise ValueError("Weights must be zero or positive, with at least one positive.")
