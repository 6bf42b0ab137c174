"""Train a network on a table."""

import time
from typing import Literal

import numpy as np

from kantools.network import KAN
from kantools.network.grid import covers, fit_grid
from kantools.network.predict import as_tensor
from kantools.table import Table
from kantools.training.adam import adam
from kantools.training.gradient import Objective
from kantools.training.history import History
from kantools.training.lbfgs import lbfgs
from kantools.training.levenberg_marquardt import Options
from kantools.training.model import plan, state_of, write
from kantools.training.problem import Problem
from kantools.training.starts import starts
from kantools.training.tournament import tournament

__all__ = ["train"]

Solver = Literal["auto", "lm", "lbfgs", "adam"]

FIRST_ORDER = {"lbfgs": lbfgs, "adam": adam}

MANY = 3000
"""With more coefficients than this ``auto`` takes L-BFGS: normal equations grow with their square."""


def train(
    network: KAN,
    X: np.ndarray | Table,
    y: np.ndarray | None = None,
    *,
    weight: np.ndarray | None = None,
    solver: Solver = "auto",
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

    Parameters
    ----------
    network : KAN
        Grids are placed on the data first, unless they lie there already.
    X : ndarray, shape (rows, inputs), or Table
        A table brings its target along, and its weights and standard errors as weights ``w/sigma^2``.
    y : ndarray, shape (rows,) or (rows, outputs)
    weight : ndarray, shape (rows,), optional
        How much a row counts.
    solver : str
        ``"lm"``, Levenberg-Marquardt with variable projection; ``"lbfgs"``; ``"adam"``; or ``"auto"``, which
        takes the first of these up to 3,000 coefficients and the second beyond.
    smoothness : float or "gcv"
        Weight of the smoothness penalty relative to the share of variance unexplained, or chosen by
        generalised cross-validation (not with the solvers of first order, which then use 1e-8).
    sparsity : float
        Weight of the sparsity penalty.
    max_iterations, tolerance, target, deadline
        When to stop: after so many iterations; when five of them lower the loss by less than this share;
        at this loss; at this value of ``time.monotonic()``.
    restarts : int
        Random starts besides the network as it is and the additive start (see
        `kantools.training.starts`); they compete, and only the best is trained to the end.
    seed : int
        Of the random starts.
    block : int
        Rows that are worked on at a time: memory does not grow beyond it.

    Raises
    ------
    ValueError
        If shapes do not fit or a value is not finite.

    >>> from kantools.network import KAN
    >>> X = np.random.default_rng(0).uniform(-1, 1, (60, 2))
    >>> train(KAN([2, 1]), X, np.sin(X[:, 0]) + X[:, 1] ** 2).loss < 1e-6
    True
    """
    begin = time.perf_counter()
    X, Y, weight = _data(network, X, y, weight)
    if not covers(network, X):
        fit_grid(network, X)
    scale = _scale(Y, weight)
    chosen = None if smoothness == "gcv" else float(smoothness)
    options = Options(chosen, sparsity, max_iterations, tolerance, target, deadline)
    p = plan(network)
    if solver == "auto":
        solver = "lm" if p.offsets[-1] <= MANY else "lbfgs"
    if solver != "lm":
        return _first_order(network, X, Y, weight, scale, options, solver, begin)
    if not p.offsets[-1]:
        raise ValueError("This network has no learned edge: all are masked or fixed. Release one.")
    given = state_of(network, p)
    problem = Problem(p, X, Y, weight, scale, given.knots[0], block)
    candidates = starts(problem, given, restarts, np.random.default_rng(seed))
    best = tournament(problem, candidates, options)
    write(network, p, best.at.state)
    return History(best.losses, time.perf_counter() - begin, best.reason, best.smoothness, best.effective)


def _first_order(
    network: KAN,
    X: np.ndarray,
    Y: np.ndarray,
    weight: np.ndarray,
    scale: np.ndarray,
    options: Options,
    solver: str,
    begin: float,
) -> History:
    if solver not in FIRST_ORDER:
        raise ValueError(f'A solver is one of "auto", "lm", "lbfgs", "adam", not "{solver}".')
    x, y, w, s = (as_tensor(network, a) for a in (X, Y, weight, scale))
    objective = Objective(network, x, y, w, s, options)
    losses, reason = FIRST_ORDER[solver](objective)
    return History(losses, time.perf_counter() - begin, reason, options.smoothness or 0.0)


def _scale(Y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Standard deviation of each output; of a constant one its size."""
    mean = weight @ Y
    scale, size = np.sqrt(weight @ (Y - mean) ** 2), np.abs(mean)
    return np.where(scale > 1e-14 * size, scale, np.where(size > 0, size, 1.0))


def _data(
    network: KAN, X: np.ndarray | Table, y: np.ndarray | None, weight: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if isinstance(X, Table):
        table = X
        weight = _table_weight(table) if weight is None else weight
        X, y = table.X, table.y
    if y is None:
        raise ValueError("train needs y, or a Table, which brings its target along.")
    X, Y = np.asarray(X, float), np.asarray(y, float)
    Y = Y.reshape(len(Y), -1)
    weight = np.ones(len(X)) if weight is None else np.asarray(weight, float)
    _check(network, X, Y, weight)
    return X, Y, weight / weight.sum()


def _table_weight(table: Table) -> np.ndarray:
    weight = np.ones(table.rows) if table.weight is None else table.weight
    return weight if table.sigma is None else weight / table.sigma**2


def _check(network: KAN, X: np.ndarray, Y: np.ndarray, weight: np.ndarray) -> None:
    if X.ndim != 2 or X.shape[1] != network.inputs:
        raise ValueError(f"This network takes {network.inputs} columns; X has the shape {X.shape}.")
    if Y.shape != (len(X), network.outputs) or weight.shape != (len(X),) or not len(X):
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
