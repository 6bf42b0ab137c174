"""The residual function that every learned edge adds to its spline.

It acts on ``u``, the input mapped from the grid to [-1, 1], so that a column in units of 1e-19 learns as
one in units of 1. Values, slopes and curvatures are with respect to ``u``.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from kantools.catalogue import did_you_mean

__all__ = ["RESIDUALS", "residual_function"]


def _silu_slope(u: Tensor) -> Tensor:
    s = torch.sigmoid(u)
    return s * (1 + u * (1 - s))


RESIDUALS: dict[str, tuple[Callable[[Tensor], Tensor], Callable[[Tensor], Tensor]]] = {
    "silu": (torch.nn.functional.silu, _silu_slope),
    "identity": (lambda u: u, torch.ones_like),
    "none": (torch.zeros_like, torch.zeros_like),
}
"""Function and derivative by name; with ``"none"`` a learned edge is its spline alone."""


def residual_function(name: str) -> tuple[Callable[[Tensor], Tensor], Callable[[Tensor], Tensor]]:
    """The residual function of this name and its derivative."""
    if name not in RESIDUALS:
        raise KeyError(f'There is no residual function "{name}"; {did_you_mean(name, RESIDUALS)}')
    return RESIDUALS[name]
