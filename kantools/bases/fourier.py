"""Sines and cosines over twice the length of the grid.

``B(x) = 1, cos(pi k u/2), sin(pi k u/2)`` for ``k = 1 … n``, with ``u`` the input mapped from its grid to
[-1, 1]. The period is twice the grid: a function that does not repeat itself is then fitted without the
ripples that a jump at the border would cost, and one that repeats itself with the grid is still there at
even ``k``. There are ``n = (degree + intervals)//2`` waves. Beyond the grid the waves go on.

Sources: J. Xu et al., "FourierKAN-GCF", arXiv:2406.01034 (2024); D. Huybrechs, "On the Fourier extension of
nonperiodic functions", SIAM J. Numer. Anal. 47 (2010) 4326-4355.
"""

from dataclasses import dataclass
from math import pi
from typing import ClassVar

import torch
from torch import Tensor

from kantools.bases.basis import Basis, unit

__all__ = ["Fourier"]


@dataclass(frozen=True)
class Fourier(Basis):
    """``1, cos(pi k u/2), sin(pi k u/2)``.

    >>> basis = Fourier(degree=1, intervals=2)
    >>> basis.values(torch.tensor([[1.0]]), basis.uniform(torch.zeros(1), torch.ones(1))).round(decimals=3)
    tensor([[[1., -0., 1.]]])
    """

    name: ClassVar[str] = "fourier"

    @property
    def functions(self) -> int:
        return 1 + 2 * self._waves

    @property
    def _waves(self) -> int:
        return max((self.intervals + self.degree) // 2, 1)

    def values(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        # A tensor, because ONNX takes a plain number in single precision.
        step = torch.tensor(pi / 2, dtype=x.dtype, device=x.device)
        k = torch.arange(1, self._waves + 1, dtype=x.dtype, device=x.device) * step
        angle = unit(x, *self.border(grid))[..., None] * k
        return torch.cat([torch.ones_like(angle[..., :1]), torch.cos(angle), torch.sin(angle)], dim=-1)
