"""L-BFGS: for networks with too many coefficients for normal equations.

Source: D. Liu, J. Nocedal, Mathematical Programming 45 (1989) 503-528.
"""

import torch

from kantools.training.gradient import Objective, descend
from kantools.training.history import Stop

__all__ = ["lbfgs"]


def lbfgs(objective: Objective) -> tuple[tuple[float, ...], Stop]:
    """Minimise in place; an iteration is one quasi-Newton step with a line search (strong Wolfe)."""
    optimiser = torch.optim.LBFGS(
        objective.network.parameters(),
        max_iter=1,
        history_size=20,
        line_search_fn="strong_wolfe",
        tolerance_grad=0.0,
        tolerance_change=0.0,
    )

    def closure() -> float:
        optimiser.zero_grad()
        loss = objective()
        loss.backward()
        return float(loss.detach())

    def step() -> None:
        optimiser.step(closure)

    return descend(objective, step, patience=40)
