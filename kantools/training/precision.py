"""Grids wide enough for the precision of the network that they are written into.

Training is done in double precision. A node that hardly varies has a grid so narrow that in single precision
its knots would fall together; here it is widened around its middle, where the curves keep their values.
"""

import numpy as np
import torch

from kantools.training.model import Plan, State

__all__ = ["with_wide_grids"]

APART = 64
"""Neighbouring knots are so many rounding errors apart."""


def with_wide_grids(plan: Plan, state: State, eps: float) -> State:
    """The state with every grid wide enough for the rounding error ``eps``."""
    for number, layer in enumerate(plan.layers):
        knots = state.knots[number]
        low, high = (b.numpy()[:, None] for b in layer.basis.border(torch.from_numpy(knots)))
        least = APART * layer.basis.intervals * eps * np.maximum(np.abs(low), np.abs(high))
        stretch = np.maximum(least / (high - low), 1.0)
        if (stretch > 1).any():
            middle = (low + high) / 2
            wide = np.where(stretch > 1, middle + stretch * (knots - middle), knots)
            state = state.with_knots(number, wide)
    return state
