"""What the solvers of first order share: the objective of a network on rows, by automatic differentiation."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from kantools.network import KAN
from kantools.network.penalty import smoothness, sparsity
from kantools.training.history import Stop
from kantools.training.levenberg_marquardt import Options

__all__ = ["Objective", "descend"]


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
    """

    network: KAN
    x: Tensor
    y: Tensor
    weight: Tensor
    scale: Tensor
    options: Options

    def loss(self) -> Tensor:
        """The error alone."""
        residual = (self.y - self.network(self.x)) / self.scale
        return (self.weight[:, None] * residual.square()).sum()

    def __call__(self) -> Tensor:
        total = self.loss()
        if self.options.smoothness:
            total = total + self.options.smoothness * smoothness(self.network)
        if self.options.sparsity:
            total = total + self.options.sparsity * sparsity(self.network, self.x)
        return total


def descend(objective: Objective, step: Callable[[], None], patience: int) -> tuple[tuple[float, ...], Stop]:
    """Take steps until one of the options says stop; the best coefficients are kept.

    Parameters
    ----------
    objective : Objective
    step : callable
        One iteration, in place.
    patience : int
        Stop when so many iterations lower the loss by less than the tolerance.
    """
    options, network = objective.options, objective.network
    with torch.no_grad():
        losses = [float(objective.loss())]
    best, kept = losses[0], [p.detach().clone() for p in network.parameters()]
    reason = Stop.ITERATIONS
    for _ in range(options.max_iterations):
        step()
        with torch.no_grad():
            losses.append(float(objective.loss()))
        if losses[-1] < best or best != best:
            best, kept = losses[-1], [p.detach().clone() for p in network.parameters()]
        stop = _finished(losses, options, patience)
        if stop:
            reason = stop
            break
    with torch.no_grad():
        for parameter, value in zip(network.parameters(), kept, strict=True):
            parameter.copy_(value)
    return (*losses, best), reason


def _finished(losses: list[float], options: Options, patience: int) -> Stop | None:
    if losses[-1] <= options.target:
        return Stop.TARGET
    if options.deadline is not None and time.monotonic() > options.deadline:
        return Stop.DEADLINE
    if losses[-1] != losses[-1]:
        return Stop.STALLED
    long_ago = losses[: -patience or None]
    if len(long_ago) > 1 and min(losses[-patience:]) > min(long_ago) * (1 - options.tolerance):
        return Stop.CONVERGED
    return None
