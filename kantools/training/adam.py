"""Adam on mini-batches: for very large networks, long tables and losses with much noise.

An iteration is one pass over the rows, shuffled, in batches. The rate rises over the first twentieth of the
iterations and then falls along half a cosine.

Sources: D. Kingma, J. Ba, arXiv:1412.6980 (2014); I. Loshchilov, F. Hutter, arXiv:1608.03983 (2016), for the
cosine.
"""

from collections.abc import Callable
from math import cos, pi

import torch

from kantools.training.gradient import Objective, Snapshot, Solver, descend
from kantools.training.history import Stop
from kantools.training.monitor import Monitor

__all__ = ["adam"]

RATE = 1e-2
WARM = 0.05
BATCH, MANY = 1024, 4096
"""Tables of more than ``MANY`` rows are taken in batches of ``BATCH``."""


class Adam(Solver):
    """Steps of Adam over the batches of a shuffled table."""

    def __init__(self, objective: Objective, batch: int | None, generator: torch.Generator) -> None:
        rows = len(objective.x)
        self.objective, self.generator, self.calm = objective, generator, 1.0
        self.batch = batch or (rows if rows <= MANY else BATCH)
        self.optimiser = torch.optim.Adam(objective.network.parameters(), lr=RATE)

    def step(self, share: float) -> None:
        for group in self.optimiser.param_groups:
            group["lr"] = self.calm * RATE * min(1.0, (share + 1e-2) / WARM) * (1 + cos(pi * share)) / 2
        for part in self._parts():
            self.optimiser.zero_grad()
            part().backward()
            self.optimiser.step()

    def _parts(self) -> list[Objective]:
        rows = len(self.objective.x)
        if self.batch >= rows:
            return [self.objective]
        order = torch.randperm(rows, generator=self.generator).to(self.objective.x.device)
        return [self.objective.of(rows) for rows in order.split(self.batch)]

    def restart(self, calm: float) -> None:
        self.calm = calm
        self.optimiser.state.clear()


def adam(
    objective: Objective,
    monitor: Monitor[Snapshot] | None = None,
    settle: Callable[[], bool] | None = None,
    batch: int | None = None,
    seed: int = 0,
) -> tuple[tuple[float, ...], Stop]:
    """Minimise in place.

    Parameters
    ----------
    objective : Objective
    monitor, settle
        See `kantools.training.gradient.descend`.
    batch : int, optional
        Rows a step; all of them up to 4,096 rows and 1,024 beyond if not given.
    seed : int
        Of the order of the rows.
    """
    solver = Adam(objective, batch, torch.Generator().manual_seed(seed))
    return descend(objective, solver, 100, monitor, settle)
