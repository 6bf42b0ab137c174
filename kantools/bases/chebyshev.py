"""Chebyshev polynomials.

``B_k(x) = T_k(u)``, with ``u`` the input mapped from its grid to [-1, 1] and ``T_{k+1} = 2 u T_k -
T_{k-1}``. There are as many as a B-spline of the same options has functions, ``degree + intervals``; with
one interval they are the polynomials up to ``degree``. The recurrence has gradients everywhere, where
``cos(k arccos u)`` has none at the ends. Beyond the grid, where polynomials explode, every curve goes on
along its tangent.

Sources: S. Sidharth et al., "Chebyshev polynomial-based Kolmogorov-Arnold networks", arXiv:2405.07200
(2024); L. N. Trefethen, "Approximation theory and approximation practice", SIAM 2013.
"""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from kantools.bases.basis import unit
from kantools.bases.continued import Continued

__all__ = ["Chebyshev", "chebyshev", "chebyshev_at_ends"]


@dataclass(frozen=True)
class Chebyshev(Continued):
    """``B_k(x) = T_k(u)``.

    >>> basis = Chebyshev(degree=3, intervals=1)
    >>> basis.values(torch.tensor([[0.75]]), basis.uniform(torch.zeros(1), torch.ones(1)))
    tensor([[[ 1.0000,  0.5000, -0.5000, -1.0000]]])
    """

    name: ClassVar[str] = "chebyshev"

    def __post_init__(self) -> None:
        if self.functions < 2:
            raise ValueError(
                f"Chebyshev polynomials begin with a constant and a line: degree + intervals is at least 2, "
                f"not {self.functions}."
            )

    @property
    def functions(self) -> int:
        return self.intervals + self.degree

    def within(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> tuple[Tensor, Tensor]:
        low, high = grid.unsqueeze(2).unbind(1)
        _, slopes = chebyshev_at_ends(self.functions, grid)
        return chebyshev(unit(x, low, high), self.functions), slopes * (2 / (high - low))[..., None]


def chebyshev(u: Tensor, number: int) -> Tensor:
    """``T_0(u), …, T_{number-1}(u)`` along a new axis before the last one.

    >>> chebyshev(torch.tensor([0.5, 1.0]), 4)
    tensor([[ 1.0000,  1.0000],
            [ 0.5000,  1.0000],
            [-0.5000,  1.0000],
            [-1.0000,  1.0000]])
    """
    rows = [torch.ones_like(u), u]
    for _ in range(number - 2):
        rows.append(2 * u * rows[-1] - rows[-2])
    return torch.stack(rows[:number], dim=-2)


def chebyshev_at_ends(number: int, like: Tensor) -> tuple[Tensor, Tensor]:
    """``T_k`` and ``T_k'`` at -1 and 1, each of shape (number, 2): ``(±1)^k`` and ``(±1)^(k+1) k^2``.

    >>> chebyshev_at_ends(3, torch.zeros(1))[1][1:]
    tensor([[ 1.,  1.],
            [-4.,  4.]])
    """
    k = torch.arange(number, dtype=like.dtype, device=like.device)
    sign = 1 - 2 * (k % 2)
    values = torch.stack([sign, torch.ones_like(sign)], dim=1)
    return values, torch.stack([-sign, torch.ones_like(sign)], dim=1) * (k * k)[:, None]
