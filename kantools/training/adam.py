"""Adam: for very large networks and for losses with much noise.

Source: D. Kingma, J. Ba, arXiv:1412.6980 (2014).
"""

import torch

from kantools.training.gradient import Objective, descend
from kantools.training.history import Stop

__all__ = ["adam"]

RATE = 1e-2


def adam(objective: Objective) -> tuple[tuple[float, ...], Stop]:
    """Minimise in place, on all rows at every iteration, the rate falling along half a cosine."""
    optimiser = torch.optim.Adam(objective.network.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, objective.options.max_iterations)

    def step() -> None:
        optimiser.zero_grad()
        objective().backward()
        optimiser.step()
        schedule.step()

    return descend(objective, step, patience=100)
