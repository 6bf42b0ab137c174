"""What the solvers of first order share: the objective of a network on rows, by automatic differentiation.

Gradients know nothing of scales: hidden nodes drift off their grids, and coefficients that a linear solve
would find at once take thousands of steps. So every so often the network is *settled*: grids follow their
nodes, and the linear coefficients are solved for. A step that is not finite is taken back and the next ones
are calmer.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

import torch
from torch import Tensor

from kantools.clock import BLAS, CALL, now, worked
from kantools.network import KAN
from kantools.network.penalty import smoothness, sparsity
from kantools.training.history import Stop
from kantools.training.interrupted import Interrupted
from kantools.training.levenberg_marquardt import Options
from kantools.training.monitor import Monitor

__all__ = ["Objective", "Snapshot", "Solver", "descend", "restore", "snapshot"]

EVERY = 60
"""Iterations between two settlings."""

CALMER = 6
"""So many steps that are not finite and the training ends."""

CALLS, PASSES = 300, 6
"""Array and tensor calls for each layer, and passes over the features of all rows, of a loss with its
gradient: measured on `[4, 16, 1]`, by both solvers, on 200 and 5,000 rows."""

Snapshot = list[Tensor]
"""Everything that a training changes in a network."""


@dataclass(frozen=True)
class Objective:
    """Weighted mean squared error over the target's variance, plus penalties.

    Attributes
    ----------
    network : KAN
    x, y : Tensor, shape (rows, inputs) and (rows, outputs)
    weight : Tensor, shape (rows,)
        Sums to one.
    scale : Tensor, shape (outputs,)
    options : Options
    emphasis : Tensor, shape (rows, outputs), or None
        How the outputs of a row share its weight, where they do not count alike.
    """

    network: KAN
    x: Tensor
    y: Tensor
    weight: Tensor
    scale: Tensor
    options: Options
    emphasis: Tensor | None = None

    def loss(self) -> Tensor:
        """The error alone."""
        worked(self._operations)
        residual = (self.y - self.network(self.x)) / self.scale
        squared = residual.square() if self.emphasis is None else self.emphasis * residual.square()
        return (self.weight[:, None] * squared).sum()

    @property
    def _operations(self) -> float:
        """Of a loss and its gradient."""
        layers = self.network.kan_layers()
        features = sum(layer.in_features * layer.weight.shape[1] for layer in layers)
        weights = sum(layer.weight.numel() for layer in layers)
        return CALLS * CALL * len(layers) + len(self.x) * (PASSES * features + 3 * BLAS * weights)

    def __call__(self) -> Tensor:
        total = self.loss()
        if self.options.smoothness:
            total = total + self.options.smoothness * smoothness(self.network)
        if self.options.sparsity:
            total = total + self.options.sparsity * sparsity(self.network, self.x, weight=self.weight)
        return total

    def of(self, rows: Tensor) -> Self:
        """The same on some rows, whose weights stand for all."""
        weight = self.weight[rows] * (len(self.x) / len(rows))
        emphasis = None if self.emphasis is None else self.emphasis[rows]
        return replace(self, x=self.x[rows], y=self.y[rows], weight=weight, emphasis=emphasis)

    @torch.no_grad()
    def error(self) -> float:
        """The error alone, without dropout."""
        training = self.network.training
        self.network.eval()
        loss = float(self.loss())
        self.network.train(training)
        return loss


class Solver(ABC):
    """A way to take a step; it may remember the steps before."""

    @abstractmethod
    def step(self, share: float) -> None:
        """One iteration, in place; ``share`` of the iterations is over."""

    @abstractmethod
    def restart(self, calm: float) -> None:
        """Forget the past; the next steps are ``calm`` times as long."""


def snapshot(network: KAN) -> Snapshot:
    """A copy of parameters and knots."""
    return [t.detach().clone() for t in _changing(network)]


@torch.no_grad()
def restore(network: KAN, kept: Snapshot) -> None:
    """Put a copy back, in place."""
    for tensor, value in zip(_changing(network), kept, strict=True):
        tensor.copy_(value)


def _changing(network: KAN) -> list[Tensor]:
    return [*network.parameters(), *(layer.knots for layer in network.kan_layers())]


def descend(
    objective: Objective,
    solver: Solver,
    patience: int,
    monitor: Monitor[Snapshot] | None = None,
    settle: Callable[[], bool] | None = None,
) -> tuple[tuple[float, ...], Stop]:
    """Take steps until one of the options says stop; the best coefficients are kept.

    Parameters
    ----------
    objective : Objective
    solver : Solver
    patience : int
        Stop when so many iterations lower the loss by less than the tolerance.
    monitor : Monitor, optional
    settle : callable, optional
        Bring the network into order, in place; whether it has changed.
    """
    network = objective.network
    course = _Course(network, [objective.error()])
    try:
        reason = _steps(objective, solver, patience, monitor, settle, course)
    except KeyboardInterrupt:
        if len(course.losses) == 1:
            raise
        restore(network, course.best(monitor))
        raise Interrupted from None
    restore(network, course.best(monitor))
    return (*course.losses, objective.error()), reason


class _Course:
    """The losses of a descent, and the best network on its way."""

    def __init__(self, network: KAN, losses: list[float]) -> None:
        self.network, self.losses = network, losses
        self.least, self.kept = losses[0], snapshot(network)

    def tell(self) -> None:
        """Keep the network where it is better than ever."""
        if self.losses[-1] < self.least or not math.isfinite(self.least):
            self.least, self.kept = self.losses[-1], snapshot(self.network)

    def best(self, monitor: Monitor[Snapshot] | None) -> Snapshot:
        """On held-out rows, where there are any."""
        return self.kept if monitor is None or monitor.kept is None else monitor.kept


def _steps(
    objective: Objective,
    solver: Solver,
    patience: int,
    monitor: Monitor[Snapshot] | None,
    settle: Callable[[], bool] | None,
    course: _Course,
) -> Stop:
    options, network, losses, calm = objective.options, objective.network, course.losses, 1.0
    for iteration in range(options.max_iterations):
        solver.step(iteration / options.max_iterations)
        if settle and iteration % EVERY == EVERY - 1 and settle():
            solver.restart(calm)
        loss = objective.error()
        if not math.isfinite(loss):
            restore(network, course.kept)
            calm, loss = calm / 4, course.least
            solver.restart(calm)
        losses.append(loss)
        course.tell()
        stop = _finished(losses, options, patience, calm)
        stop = (monitor(snapshot(network), losses[-1]) if monitor else None) or stop
        if stop:
            return stop
    return Stop.ITERATIONS


def _finished(losses: list[float], options: Options, patience: int, calm: float) -> Stop | None:
    if losses[-1] <= options.target:
        return Stop.TARGET
    if options.deadline is not None and now() > options.deadline:
        return Stop.DEADLINE
    if not calm > 4.0**-CALMER:
        return Stop.STALLED
    long_ago = losses[: -patience or None]
    if len(long_ago) > 1 and min(losses[-patience:]) > min(long_ago) * (1 - options.tolerance):
        return Stop.CONVERGED
    return None
