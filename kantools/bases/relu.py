"""Bumps made of rectified lines, whose ends can be trained.

``B_j(x) = (4 relu(e_j - x) relu(x - s_j) / (e_j - s_j)^2)^m``: a bump between ``s_j`` and ``e_j`` that is
one in the middle however wide it is. At the start bump ``j`` reaches over ``overlap + 1`` intervals of the
grid; ``s_j`` and ``e_j`` can then be learned, as a form relative to these, where a softplus keeps ``e_j >
s_j``. Products and powers alone make these functions fast; ``m``, the degree, says how smooth they are.
Beyond the grid every curve goes on along its tangent.

Sources: Q. Qiu et al., "ReLU-KAN", arXiv:2406.02075 (2024), which is this with ``m = 2``; C. So, S. Yung,
"Higher-order-ReLU-KANs", arXiv:2409.14248 (2024), for any ``m``.
"""

from dataclasses import dataclass
from math import expm1, log
from typing import ClassVar

import torch
from torch import Tensor
from torch.nn.functional import softplus

from kantools.bases.copies import Copies, power

__all__ = ["ReLU"]

ONE = log(expm1(1.0))
"""Where the softplus is one."""


@dataclass(frozen=True)
class ReLU(Copies):
    """``B_j(x) = (4 relu(e_j - x) relu(x - s_j) / (e_j - s_j)^2)^m`` with ``m`` the degree.

    Attributes
    ----------
    overlap : int
        How many intervals more than one a bump covers at the start.

    >>> basis = ReLU(degree=2, intervals=2, overlap=1)
    >>> basis.values(torch.tensor([[0.5]]), basis.uniform(torch.zeros(1), torch.ones(1)))
    tensor([[[0., 1., 0.]]])
    """

    overlap: int = 3
    name: ClassVar[str] = "relu"

    def __post_init__(self) -> None:
        if self.degree < 1 or self.overlap < 0:
            raise ValueError(
                f"Bumps have an order m of at least 1 and overlap by 0 or more intervals, not degree="
                f"{self.degree}, overlap={self.overlap}; 2 to 4 and 3 are the usual choices."
            )

    @property
    def functions(self) -> int:
        return self.intervals + self.overlap

    def form(self, inputs: int) -> Tensor:
        """Shift of ``s_j`` in widths of the bump, and the width before the softplus.

        >>> ReLU(intervals=2, overlap=1).form(1).shape
        torch.Size([1, 6])
        """
        shift = torch.zeros(inputs, self.functions, dtype=torch.float64)
        return torch.cat([shift, torch.full_like(shift, ONE)], dim=1)

    def grid(self, breaks: Tensor) -> Tensor:
        steps = torch.arange(1, self.overlap + 1, dtype=breaks.dtype, device=breaks.device)
        first, last = breaks[:, 1:2] - breaks[:, :1], breaks[:, -1:] - breaks[:, -2:-1]
        left, right = breaks[:, :1] - steps.flip(0) * first, breaks[:, -1:] + steps * last
        return torch.cat([left, breaks, right], dim=1)

    def breaks(self, grid: Tensor) -> Tensor:
        return grid[:, self.overlap : grid.shape[1] - self.overlap]

    def border(self, grid: Tensor) -> tuple[Tensor, Tensor]:
        return grid[:, self.overlap], grid[:, -self.overlap - 1]

    def placed(self, grid: Tensor, form: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Middle and twice the inverse length of each bump, which take ``s_j`` to -1 and ``e_j`` to 1.

        >>> basis = ReLU(intervals=2, overlap=1)
        >>> middle, scale = basis.placed(basis.uniform(torch.zeros(1), torch.ones(1)))
        >>> middle, scale
        (tensor([[0.0000, 0.5000, 1.0000]]), tensor([[2., 2., 2.]]))
        """
        shift, stretch = self.learned(form, grid).chunk(2, dim=1)
        reach = self.overlap + 1
        width = grid[:, reach:] - grid[:, :-reach]
        share = softplus(stretch)
        return grid[:, :-reach] + (shift + share / 2) * width, 2 / (width * share)

    def psi(self, t: Tensor, out: Tensor | None = None) -> Tensor:
        return power(_arch(t), self.degree, out=out)

    def slope(self, t: Tensor, y: Tensor) -> Tensor:
        arch = _arch(t)
        others = power(arch, self.degree - 1) if self.degree > 1 else arch.sign()
        return others.mul_(t).mul_(-2 * self.degree)


def _arch(t: Tensor) -> Tensor:
    """``relu(1 - t^2)``: the two rectified lines together, in t, which is -1 at s and 1 at e."""
    return torch.relu(torch.addcmul(t.new_ones(()), t, t, value=-1))
