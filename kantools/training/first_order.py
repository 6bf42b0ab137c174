"""Training by gradients: starts that compete, then descent with a network that is settled now and then."""

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from kantools.training.adam import adam
from kantools.training.between_steps import problem_of, put_in_order
from kantools.training.gradient import Objective, Snapshot, restore, snapshot
from kantools.training.history import History, Stop
from kantools.training.initial_states import initial_states
from kantools.training.lbfgs import lbfgs
from kantools.training.model import state_of, write
from kantools.training.monitor import Callback, Monitor

__all__ = ["first_order"]

TRIAL, SAMPLE = 12, 2000
"""Iterations and rows that every start is tried for."""


def first_order(
    objective: Objective,
    solver: str,
    held_out: Objective | None,
    patience: int,
    callbacks: Sequence[Callback],
    restarts: int,
    seed: int,
    batch: int | None,
) -> History:
    """Minimise an objective in place (see `kantools.training.train`)."""
    judge = None if held_out is None else lambda _: held_out.error()
    monitor: Monitor[Snapshot] = Monitor(judge, patience, callbacks)
    with _dropout_of(objective, seed):
        before = objective.error()
        _begin(objective, restarts, seed)
        losses, reason = _descend(objective, solver, monitor, batch, seed)
    seconds = time.perf_counter() - monitor.begin
    weight = objective.options.smoothness or 0.0
    losses = (before, *losses)
    return History(losses, seconds, reason, weight, held_out=tuple(monitor.losses), solver=solver)


def _descend(
    objective: Objective, solver: str, monitor: Monitor[Snapshot], batch: int | None, seed: int
) -> tuple[tuple[float, ...], Stop]:
    noisy = any(layer.dropout for layer in objective.network.kan_layers())
    tidy = None if noisy else lambda: put_in_order(objective)
    if solver == "lbfgs":
        return lbfgs(objective, monitor, tidy)
    return adam(objective, monitor, tidy, batch, seed)


class _dropout_of:
    """While it lasts dropout draws from a generator of its own, and the network is in training mode."""

    def __init__(self, objective: Objective, seed: int) -> None:
        self.network, self.training = objective.network, objective.network.training
        self.noise = torch.Generator(objective.x.device).manual_seed(seed)

    def __enter__(self) -> None:
        self._use(self.noise)
        self.network.train()

    def __exit__(self, *_: object) -> None:
        self._use(None)
        self.network.train(self.training)

    def _use(self, noise: torch.Generator | None) -> None:
        for layer in self.network.kan_layers():
            layer.noise = noise


def _begin(objective: Objective, restarts: int, seed: int) -> None:
    """Leave the network at the most promising of its starts, settled."""
    network, sample = objective.network, _sample(objective)
    sample.network.eval()
    problem = problem_of(sample)
    given = state_of(network, problem.plan)
    best, kept = float("inf"), snapshot(network)
    for state in initial_states(problem, given, restarts, np.random.default_rng(seed)):
        write(network, problem.plan, state)
        put_in_order(sample)
        losses, reason = lbfgs(sample)
        if losses[-1] < best:
            best, kept = losses[-1], snapshot(network)
        if reason in (Stop.TARGET, Stop.DEADLINE):
            break
    restore(network, kept)
    put_in_order(objective)
    network.train()


def _sample(objective: Objective) -> Objective:
    """A short trial on so many rows, evenly spread over the table."""
    options = replace(objective.options, max_iterations=TRIAL)
    rows = np.unique(np.linspace(0, len(objective.x) - 1, SAMPLE).astype(int))
    part = objective.of(torch.from_numpy(rows).to(objective.x.device))
    if not float(part.weight.sum()) > 0:
        part = objective
    return replace(part, options=options, weight=part.weight / part.weight.sum())
