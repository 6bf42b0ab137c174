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

from kantools.bases.basis import Basis, continued, unit

__all__ = ["Chebyshev", "chebyshev"]


@dataclass(frozen=True)
class Chebyshev(Basis):
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

    def grid(self, breaks: Tensor) -> Tensor:
        return breaks[:, [0, -1]]

    def border(self, grid: Tensor) -> tuple[Tensor, Tensor]:
        return grid[:, 0], grid[:, 1]

    def values(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        low, high = self.border(grid)
        return continued(lambda at: chebyshev(unit(at, low, high), self.functions), x, low, high)


def chebyshev(u: Tensor, number: int) -> Tensor:
    """``T_0(u), …, T_{number-1}(u)`` along a new last axis.

    >>> chebyshev(torch.tensor([0.5]), 4)
    tensor([[ 1.0000,  0.5000, -0.5000, -1.0000]])
    """
    rows = [torch.ones_like(u), u]
    for _ in range(number - 2):
        rows.append(2 * u * rows[-1] - rows[-2])
    return torch.stack(rows[:number], dim=-1)
