"""L-BFGS: for networks with too many coefficients for normal equations.

Source: D. Liu, J. Nocedal, Mathematical Programming 45 (1989) 503-528.
"""

from collections.abc import Callable

import torch

from kantools.training.gradient import Objective, Snapshot, Solver, descend
from kantools.training.history import Stop
from kantools.training.monitor import Monitor

__all__ = ["lbfgs"]


class LBFGS(Solver):
    """Quasi-Newton steps with a line search (strong Wolfe)."""

    def __init__(self, objective: Objective) -> None:
        self.objective = objective
        self.restart(1.0)

    def restart(self, calm: float) -> None:
        self.optimiser = torch.optim.LBFGS(
            self.objective.network.parameters(),
            lr=calm,
            max_iter=1,
            max_eval=30,
            history_size=20,
            line_search_fn="strong_wolfe",
            tolerance_grad=0.0,
            tolerance_change=0.0,
        )

    def step(self, share: float) -> None:
        self.optimiser.step(self._closure)

    def _closure(self) -> float:
        self.optimiser.zero_grad()
        loss = self.objective()
        loss.backward()
        return float(loss.detach())


def lbfgs(
    objective: Objective,
    monitor: Monitor[Snapshot] | None = None,
    settle: Callable[[], bool] | None = None,
) -> tuple[tuple[float, ...], Stop]:
    """Minimise in place, an iteration a step (see `kantools.training.gradient.descend`)."""
    return descend(objective, LBFGS(objective), 40, monitor, settle)
