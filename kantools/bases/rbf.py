"""Gaussian radial basis functions.

``B_j(x) = exp(-((x - c_j)/h_j)^2)``: bells around the break points ``c_j`` of the grid, as wide as their
neighbours are far, ``h_j = (c_{j+1} - c_{j-1})/2``. From degree 2 on there are ``degree // 2`` more centres
on either side, without which bells approximate badly near the border. Every input has its own grid, so that
none has to be normalised; beyond it every curve goes on along its tangent.

Source: Z. Li, "Kolmogorov-Arnold Networks are Radial Basis Function Networks", arXiv:2405.06721 (2024), for
FastKAN, which is this at degree 1 on uniform grids.
"""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from kantools.bases.copies import Copies

__all__ = ["RBF"]


@dataclass(frozen=True)
class RBF(Copies):
    """``B_j(x) = exp(-((x - c_j)/h_j)^2)``.

    >>> basis = RBF(degree=1, intervals=2)
    >>> basis.values(torch.tensor([[0.5]]), basis.uniform(torch.zeros(1), torch.ones(1)))
    tensor([[[0.3679, 1.0000, 0.3679]]])
    """

    name: ClassVar[str] = "rbf"

    @property
    def functions(self) -> int:
        return self.intervals + 1 + 2 * self._beyond

    @property
    def _beyond(self) -> int:
        """Centres outside the border, on either side."""
        return self.degree // 2

    def grid(self, breaks: Tensor) -> Tensor:
        steps = torch.arange(1, self._beyond + 1, dtype=breaks.dtype, device=breaks.device)
        first, last = breaks[:, 1:2] - breaks[:, :1], breaks[:, -1:] - breaks[:, -2:-1]
        left, right = breaks[:, :1] - steps.flip(0) * first, breaks[:, -1:] + steps * last
        return torch.cat([left, breaks, right], dim=1)

    def breaks(self, grid: Tensor) -> Tensor:
        return grid[:, self._beyond : grid.shape[1] - self._beyond]

    def border(self, grid: Tensor) -> tuple[Tensor, Tensor]:
        return grid[:, self._beyond], grid[:, -self._beyond - 1]

    def placed(self, grid: Tensor, form: Tensor | None = None) -> tuple[Tensor, Tensor]:
        gap = grid.diff(dim=1)
        width = torch.cat([gap[:, :1], (gap[:, 1:] + gap[:, :-1]) / 2, gap[:, -1:]], dim=1)
        return grid, 1 / width

    def psi(self, t: Tensor, out: Tensor | None = None) -> Tensor:
        return torch.exp(t.square().neg_(), out=out)

    def slope(self, t: Tensor, y: Tensor) -> Tensor:
        return torch.mul(t, y).mul_(-2)
