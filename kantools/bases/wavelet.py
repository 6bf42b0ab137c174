"""Wavelets of several lengths, whose places and scales can be trained.

``B_j(x) = psi((u - tau_j)/s_j)`` beside a constant, with ``u`` the input mapped from its grid to [-1, 1].
At the start a level of ``intervals`` short wavelets covers the grid evenly, a level of half as many
wavelets twice as long as well, and so on to one as long as the grid; shifts and the logarithms of the
scales can then be learned. ``psi`` is the Mexican hat ``(1 - t^2) exp(-t^2/2)``, or the real Morlet wavelet
``cos(5 t) exp(-t^2/2)``. Beyond the grid every curve goes on along its tangent.

Sources: Z. Bozorgasl, H. Chen, "Wav-KAN", arXiv:2405.12832 (2024); I. Daubechies, "Ten lectures on
wavelets", SIAM 1992.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import torch
from torch import Tensor

from kantools.bases.copies import Copies

__all__ = ["MexicanHat", "Morlet"]


@dataclass(frozen=True)
class Wavelet(Copies):
    """``1, psi((u - tau_j)/s_j)``.

    >>> Morlet(intervals=4).functions, 1 + 4 + 2 + 1
    (8, 8)
    """

    share: ClassVar[float]
    """The scale of a wavelet at the start, as a share of the interval it is to cover."""

    @property
    def functions(self) -> int:
        return 1 + sum(self._levels)

    @cached_property
    def _levels(self) -> list[int]:
        """How many wavelets each level has, short ones first."""
        return [self.intervals >> k for k in range(self.intervals.bit_length())]

    def form(self, inputs: int) -> Tensor:
        """Shifts in units of the scale, and logarithms of what the scale is multiplied by.

        >>> MexicanHat(intervals=2).form(1)
        tensor([[0., 0., 0., 0., 0., 0.]], dtype=torch.float64)
        """
        return torch.zeros(inputs, 2 * (self.functions - 1), dtype=torch.float64)

    def carried(self, form: Tensor, inputs: int) -> Tensor:
        # Twice the intervals are one more level of short wavelets; the old ones stay.
        if form.shape[1] != 2 * sum(self._levels[1:]):
            return super().carried(form, inputs)
        longer = form.reshape(len(form), 2, -1)
        return torch.nn.functional.pad(longer, (self.intervals, 0)).flatten(1)

    def within(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> tuple[Tensor, Tensor]:
        values, slopes = super().within(x, grid, form)
        one = torch.ones_like(values[:, :1])
        return torch.cat([one, values], dim=1), torch.cat([torch.zeros_like(slopes[:, :1]), slopes], dim=1)

    def slopes(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        return torch.nn.functional.pad(super().slopes(x, grid, form), (1, 0))

    def placed(self, grid: Tensor, form: Tensor | None = None) -> tuple[Tensor, Tensor]:
        shift, stretch = self.learned(form, grid).chunk(2, dim=1)
        place, width = (p.to(grid) for p in self._places())
        scale = torch.exp(-stretch) / width
        low, high = grid.unsqueeze(2).unbind(1)
        centre = (low + high) / 2 + (place + shift * width) * ((high - low) / 2)
        return centre, scale * (2 / (high - low))

    def _places(self) -> tuple[Tensor, Tensor]:
        """``tau_j`` and ``s_j`` at the start."""
        counts = torch.tensor(self._levels, dtype=torch.float64)
        width = (2 / counts).repeat_interleave(counts.long())
        order = torch.cat([torch.arange(m) for m in self._levels])
        return (order + 0.5) * width - 1, self.share * width


@dataclass(frozen=True)
class MexicanHat(Wavelet):
    """``1, psi((u - tau_j)/s_j)`` with ``psi(t) = (1 - t^2) exp(-t^2/2)``.

    >>> basis = MexicanHat(intervals=2)
    >>> basis.values(torch.tensor([[0.25]]), basis.uniform(torch.zeros(1), torch.ones(1)))
    tensor([[[1.0000, 1.0000, 0.0000, 0.9087]]])
    """

    name: ClassVar[str] = "wavelet"
    share: ClassVar[float] = 1.0

    def psi(self, t: Tensor, out: Tensor | None = None) -> Tensor:
        square = t * t
        return torch.mul(1 - square, torch.exp(-square / 2), out=out)

    def slope(self, t: Tensor, y: Tensor) -> Tensor:
        square = t * t
        return (square - 3) * t * torch.exp(-square / 2)


@dataclass(frozen=True)
class Morlet(Wavelet):
    """``1, psi((u - tau_j)/s_j)`` with ``psi(t) = cos(5 t) exp(-t^2/2)``.

    >>> basis = Morlet(intervals=1)
    >>> basis.values(torch.tensor([[0.5]]), basis.uniform(torch.zeros(1), torch.ones(1)))
    tensor([[[1., 1.]]])
    """

    name: ClassVar[str] = "morlet"
    share: ClassVar[float] = 3.0

    def psi(self, t: Tensor, out: Tensor | None = None) -> Tensor:
        return torch.mul(torch.cos(5 * t), torch.exp(-t * t / 2), out=out)

    def slope(self, t: Tensor, y: Tensor) -> Tensor:
        return -5 * torch.sin(5 * t) * torch.exp(-t * t / 2) - t * y
