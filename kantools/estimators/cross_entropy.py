"""A network trained on classes: the cross entropy in the place of squared errors.

``-Σ w_n log p(class of row n)``, with ``p`` the softmax of the network's outputs.
"""

import time

import numpy as np
import torch
from torch import Tensor

from kantools.errors import SettingError
from kantools.network import KAN
from kantools.network.grid import covers, fit_grid
from kantools.network.predict import as_tensor
from kantools.table import Table
from kantools.training.adam import adam
from kantools.training.gradient import Objective
from kantools.training.history import History
from kantools.training.lbfgs import lbfgs
from kantools.training.levenberg_marquardt import Options
from kantools.training.rehearse import rehearse

__all__ = ["CrossEntropy", "train_classes"]

SOLVERS = {"lbfgs": lbfgs, "adam": adam}


class CrossEntropy(Objective):
    """The objective of a classifier; ``y`` has a one in the column of each row's class."""

    def loss(self) -> Tensor:
        """The cross entropy alone, in nats a row."""
        return -(self.weight[:, None] * self.y * torch.log_softmax(self.network(self.x), dim=1)).sum()


def train_classes(
    network: KAN, table: Table, solver: str, smoothness: float, time_limit: float, iterations: int = 60
) -> History:
    """Train a network with one output a class, in place; the target numbers the classes 0, 1, …"""
    used = "lbfgs" if solver == "auto" else solver
    if used not in SOLVERS:
        raise SettingError(f'A classifier\'s solver is one of auto, {", ".join(SOLVERS)}; got "{solver}".')
    rehearse(network, table.X)
    begin, deadline = time.perf_counter(), time.monotonic() + time_limit
    if not covers(network, table.X):
        fit_grid(network, table.X)
    weight = np.ones(table.rows) if table.weight is None else table.weight
    classes = np.eye(network.outputs)[table.y.astype(int)]
    arrays = (table.X, classes, weight / weight.sum(), np.ones(network.outputs))
    options = Options(smoothness, tolerance=0.01, max_iterations=iterations, deadline=deadline)
    x, y, w, scale = (as_tensor(network, a) for a in arrays)
    losses, reason = SOLVERS[used](CrossEntropy(network, x, y, w, scale, options))
    seconds = time.perf_counter() - begin
    return History(losses, seconds, reason, smoothness, solver=used, measure="cross entropy in nats a row")
