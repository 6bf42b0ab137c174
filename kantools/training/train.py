"""Train a network on a table."""

import time
from collections.abc import Sequence
from typing import Literal

import numpy as np
import torch

from kantools.clock import CALL, now, worked
from kantools.network import KAN
from kantools.network.grid import covers, fit_grid
from kantools.network.predict import as_tensor
from kantools.table import Table
from kantools.training.checked_rows import rows_for
from kantools.training.first_order import first_order
from kantools.training.gradient import Objective
from kantools.training.held_out import Validation, WeightedRows, error_on, split
from kantools.training.history import History
from kantools.training.initial_states import initial_states
from kantools.training.interrupted import Best, Interrupted
from kantools.training.least_squares import LeastSquares
from kantools.training.levenberg_marquardt import Options
from kantools.training.model import State, plan, state_of, write
from kantools.training.monitor import Callback, Monitor, bar
from kantools.training.precision import with_wide_grids
from kantools.training.rehearse import rehearse
from kantools.training.tournament import tournament
from kantools.training.unit import deviation, measured_in, target_unit

__all__ = ["train"]

Solver = Literal["auto", "lm", "lbfgs", "adam"]

SOLVERS = ("auto", "lm", "lbfgs", "adam")

MANY = 3000
"""With more coefficients than this ``auto`` takes gradients: normal equations grow with their square."""

LONG = 20_000
"""Gradients over more rows than this are taken in batches."""

BEGUN_CALLS = 2000
"""Array and tensor calls for each layer, to place grids, to read the network and to write it back, and what
its making takes: measured by ``python -m benchmarks.effort --parts``."""


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
    time_limit: float | None = None,
    validation: Validation = None,
    patience: int = 20,
    callbacks: Sequence[Callback] = (),
    progress: bool = False,
    batch: int | None = None,
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
    weight : ndarray, shape (rows,) or (rows, outputs), optional
        How much a row counts, relative to the others, or each output of it: a whole number counts as often as
        a row listed so many times, zero leaves the row out. Cross-validation takes a row that is listed twice
        for two measurements, one of weight two for one.
    solver : str
        ``"lm"``, Levenberg-Marquardt with variable projection; ``"lbfgs"``; ``"adam"``, on mini-batches; or
        ``"auto"``: the first up to 3,000 coefficients; beyond, the second; the third on more than 20,000
        rows, or with dropout, which the others cannot do.
        Levenberg-Marquardt trains coefficients and the numbers of affine primitives: what a basis has to
        learn of its form (ends of bumps, denominators of fractions, places and scales of wavelets) stays as
        it is. The other two train this as well.
    smoothness : float or "gcv"
        Weight of the smoothness penalty relative to the share of variance unexplained, or chosen by
        generalised cross-validation (not with the solvers of first order, which then use 1e-8).
    sparsity : float
        Weight of the sparsity penalty.
    max_iterations, tolerance, target, deadline, time_limit
        When to stop: after so many iterations; when five of them lower the loss by less than this share;
        at this loss; at this time, or after so long, on the clock that counts (:mod:`kantools.clock`).
    validation : float or tuple of arrays, optional
        Rows held out to stop early on: a share of the table, or ``(X, y)`` or ``(X, y, weight)``. The network
        that is best on them is kept.
    patience : int
        Stop when so many iterations in a row have not lowered the loss on the held-out rows.
    callbacks : sequence of callable
        Each is called with a `kantools.training.monitor.TrainingProgress` after every iteration; one that
        returns True ends the training. The network itself is not to be used before that: its output is in a
        unit of its own until then (see `kantools.training.unit`).
    progress : bool
        Whether to draw a bar on standard error, where that is a terminal.
    batch : int, optional
        Rows a step of Adam; all of them up to 4,096 rows and 1,024 beyond if not given.
    restarts : int
        Random starts besides the network as it is and the additive start (see
        `kantools.training.initial_states`); they compete, and only the best is trained to the end.
    seed : int
        Of the random starts, the held-out rows, dropout and the order of batches.
    block : int
        Rows that are worked on at a time: memory does not grow beyond it.

    Raises
    ------
    TableError
        If shapes do not fit, or a value is no number, not finite, or too large or small for the network's
        precision (see `kantools.training.checked_rows`).
    Interrupted
        At a KeyboardInterrupt, once there is a network worth keeping: it is left at the best so far.

    >>> from kantools.network import KAN
    >>> X = np.random.default_rng(0).uniform(-1, 1, (60, 2))
    >>> train(KAN([2, 1]), X, np.sin(X[:, 0]) + X[:, 1] ** 2).loss < 1e-6
    True
    """
    worked(BEGUN_CALLS * len(network.layers) * CALL)
    rows = rows_for(network, X, y, weight)
    unit = target_unit(network, rows)
    rows, held = _held_out(network, rows, validation, seed)
    if time_limit is not None:
        rehearse(network, rows.X)
        deadline = min(now() + time_limit, deadline or float("inf"))
    chosen = None if smoothness == "gcv" else float(smoothness)
    options = Options(chosen, sparsity, max_iterations, tolerance, target, deadline)
    chosen_solver = _solver(network, solver, len(rows.X))
    rows, held = rows.over(unit), None if held is None else held.over(unit)
    with bar(progress, max_iterations) as shown, measured_in(network, unit):
        watchers = (*callbacks, *shown)
        if not covers(network, rows.X):
            fit_grid(network, rows.X, weight=rows.weight)
        if chosen_solver == "lm":
            return _second_order(network, rows, held, options, patience, watchers, restarts, seed, block)
        objective = _objective(network, rows, options)
        judged = None if held is None else _objective(network, held, options, objective.scale.cpu().numpy())
        return first_order(objective, chosen_solver, judged, patience, watchers, restarts, seed, batch)


def _solver(network: KAN, solver: str, rows: int) -> str:
    """The name itself, or what ``auto`` stands for."""
    if solver not in SOLVERS:
        raise ValueError(f'A solver is one of "auto", "lm", "lbfgs", "adam", not "{solver}".')
    if solver != "auto":
        return solver
    layers = network.kan_layers()
    if any(layer.dropout for layer in layers):
        return "adam"
    if plan(network).offsets[-1] > MANY:
        return "adam" if rows > LONG else "lbfgs"
    return "lm"


def _second_order(
    network: KAN,
    rows: WeightedRows,
    held: WeightedRows | None,
    options: Options,
    patience: int,
    callbacks: Sequence[Callback],
    restarts: int,
    seed: int,
    block: int,
) -> History:
    p, scale = plan(network), deviation(rows.Y, rows.weight)
    if not p.parameters:
        raise ValueError(
            "This network has no learned edge and no affine primitive: all are masked or fixed. "
            "Release one, or fix it with affine=True."
        )
    given = state_of(network, p)
    problem = LeastSquares(p, rows.X, rows.Y, rows.weight, scale, given.knots[0], block, rows.emphasis)
    judge = None if held is None else lambda state: error_on(held, p, state, scale)
    monitor: Monitor[State] = Monitor(judge, patience, callbacks)
    candidates = initial_states(problem, given, restarts, np.random.default_rng(seed))
    early = monitor.glance if judge else None
    eps = torch.finfo(network.kan_layers()[0].weight.dtype).eps
    seen: Best[State] = Best()
    try:
        best = tournament(problem, candidates, options, seen.before(monitor), seen.before(early))
    except KeyboardInterrupt:
        if seen.state is None:
            raise
        write(network, p, with_wide_grids(p, monitor.kept or seen.state, eps))
        raise Interrupted from None
    kept = best.at.state if monitor.kept is None else monitor.kept
    write(network, p, with_wide_grids(p, kept, eps))
    seconds = time.perf_counter() - monitor.begin
    found = (best.losses, seconds, best.reason, best.smoothness, best.effective)
    return History(*found, held_out=tuple(monitor.losses))


def _objective(
    network: KAN, rows: WeightedRows, options: Options, scale: np.ndarray | None = None
) -> Objective:
    scale = deviation(rows.Y, rows.weight) if scale is None else scale
    x, y, w, s = (as_tensor(network, a) for a in (rows.X, rows.Y, rows.weight, scale))
    emphasis = None if rows.emphasis is None else as_tensor(network, rows.emphasis)
    return Objective(network, x, y, w, s, options, emphasis)


def _held_out(
    network: KAN, rows: WeightedRows, validation: Validation, seed: int
) -> tuple[WeightedRows, WeightedRows | None]:
    """The rows to train on and those held out, the weights of either summing to one."""
    if validation is None:
        return rows.relative, None
    if isinstance(validation, int | float):
        trained, held = split(rows, validation, seed)
        return trained.relative, held.relative
    X, y, *weight = validation
    return rows.relative, rows_for(network, X, y, weight[0] if weight else None).relative
