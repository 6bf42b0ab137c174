"""Bases whose functions are copies of one, moved and stretched: ``B_j(x) = psi(a_j (x - c_j))``.

Gaussians and bumps are such. They are made a few inputs at a time, so that what one instruction writes is
still in the cache when the next reads it, and only the result goes to memory. Backward, ``t = a_j (x - c_j)``
is worked out again rather than kept, and ``h = g psi'(t)`` is all there is: the gradients of ``x``, ``c``
and ``a`` are ``sum_j a_j h_j``, ``-a sum_n h_n`` and ``sum_n t_n h_n / a``, where torch by itself would write
down another array of the size of the result for each of them.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from kantools.bases.continued import Continued, clamped
from kantools.bases.retrace import retraced, traced

__all__ = ["Copies", "power"]

BLOCK = 262_144
"""So many numbers at a time: one megabyte in single precision."""


class Copies(Continued):
    """``B_j(x) = psi(a_j (x - c_j))``.

    >>> from kantools.bases import make_basis
    >>> basis, grid = make_basis("rbf", degree=1, intervals=1), torch.tensor([[0.0, 2.0]])
    >>> centre, scale = basis.placed(grid)
    >>> centre.tolist(), scale.tolist(), basis.psi(torch.tensor([0.0, 1.0]))
    ([[0.0, 2.0]], [[0.5, 0.5]], tensor([1.0000, 0.3679]))
    """

    @abstractmethod
    def psi(self, t: Tensor, out: Tensor | None = None) -> Tensor:
        """``psi(t)``, in ``out`` or in a new tensor."""

    @abstractmethod
    def slope(self, t: Tensor, y: Tensor) -> Tensor:
        """``psi'(t)``, in a new tensor, where ``y = psi(t)``.

        >>> from kantools.bases import make_basis
        >>> basis, t = make_basis("rbf"), torch.tensor([0.0, 1.0])
        >>> basis.slope(t, basis.psi(t))
        tensor([-0.0000, -0.7358])
        """

    @abstractmethod
    def placed(self, grid: Tensor, form: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Centres ``c_j`` and scales ``a_j``, each of shape (inputs, functions)."""

    def within(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> tuple[Tensor, Tensor]:
        centre, scale = self.placed(grid, form)
        ends = _moved(torch.stack(self.border(grid), dim=1), centre, scale)
        slopes = scale[..., None] * self.slope(ends, self.psi(ends))
        if traced():
            return self.copies(x, centre, scale), slopes
        return _Copies.apply(x, centre, scale, self), slopes

    def slopes(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        # Beyond the grid a tangent has the slope of the end, to which the point is taken.
        centre, scale = self.placed(grid, form)
        t = _moved(clamped(x.t(), *self.border(grid)), centre, scale)
        return (self.slope(t, self.psi(t)) * scale[..., None]).permute(2, 0, 1)

    def copies(self, x: Tensor, centre: Tensor, scale: Tensor) -> Tensor:
        """The functions by operations that torch can differentiate as often as it likes.

        >>> from kantools.bases import make_basis
        >>> one = torch.ones(1, 1)
        >>> make_basis("rbf").copies(torch.tensor([[0.0, 1.0]]), centre=one, scale=one)
        tensor([[[0.3679, 1.0000]]])
        """
        return self.psi(_moved(x, centre, scale))


def power(base: Tensor, exponent: int, out: Tensor | None = None) -> Tensor:
    """A positive whole power, in ``out`` or in a new tensor, by multiplications alone.

    >>> power(torch.tensor([-1.0, 2.0]), 5)
    tensor([-1., 32.])
    """
    if exponent < 4:
        return torch.pow(base, exponent, out=out)
    half = power(base, exponent // 2)
    return torch.mul(half * half, base, out=out) if exponent % 2 else torch.mul(half, half, out=out)


def _moved(x: Tensor, centre: Tensor, scale: Tensor) -> Tensor:
    """``t``, shape (inputs, functions, rows)."""
    return (x[:, None] - centre[..., None]).mul_(scale[..., None])


def _parts(shape: torch.Size) -> Iterator[slice]:
    """A few inputs at a time."""
    step = max(BLOCK // max(shape[1:].numel(), 1), 1)
    return (slice(first, first + step) for first in range(0, shape[0], step))


class _Copies(torch.autograd.Function):
    """The copies, part by part; their second derivatives are those of `Copies.copies`."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, centre: Tensor, scale: Tensor, basis: Copies) -> Tensor:
        y = x.new_empty(*scale.shape, x.shape[1])
        for part in _parts(y.shape):
            basis.psi(_moved(x[part], centre[part], scale[part]), out=y[part])
        ctx.save_for_backward(x, centre, scale, y)
        ctx.basis = basis
        return y

    @staticmethod
    def backward(ctx: Any, *above: Tensor) -> tuple[Tensor | None, ...]:
        *inputs, y = ctx.saved_tensors
        if torch.is_grad_enabled():
            return *retraced(ctx.basis.copies, inputs, ctx.needs_input_grad, above), None
        wanted = zip(inputs, ctx.needs_input_grad[:3], strict=True)
        found = [torch.empty_like(t) if want else None for t, want in wanted]
        for part in _parts(y.shape):
            t, scale = _moved(*(given[part] for given in inputs)), inputs[2][part]
            h = ctx.basis.slope(t, y[part]).mul_(above[0][part])
            _gradients(t, scale, h, [None if f is None else f[part] for f in found])
        return *found, None


def _gradients(t: Tensor, scale: Tensor, h: Tensor, found: Sequence[Tensor | None]) -> None:
    """Fill in the gradients of the points, the centres and the scales where they are wanted; spoils ``h``."""
    of_x, of_centre, of_scale = found
    if of_x is not None:
        of_x.copy_(torch.bmm(scale[:, None], h)[:, 0])
    if of_centre is not None:
        torch.mul(h.sum(2), -scale, out=of_centre)
    if of_scale is not None:
        torch.div(h.mul_(t).sum(2), scale, out=of_scale)
