"""B-splines of degree 1 to 5 on uniform or non-uniform knots.

``B_j`` is the piecewise polynomial of degree ``p`` that is positive on ``p + 1`` neighbouring intervals and
zero elsewhere, as smooth as it can be. The grid of an input holds ``intervals + 1`` knots and ``p`` more on
either side, at the distance of the first and last interval, so that ``intervals + p`` functions sum to one
over the grid. Beyond the grid every curve goes on along its tangent.

On a CPU the values come from a Numba kernel that touches the ``p + 1`` functions that differ from zero;
elsewhere the same triangle is written in torch. Both agree to rounding.

Sources: C. de Boor, "A Practical Guide to Splines", Springer 1978; P. Eilers and B. Marx, "Flexible
smoothing with B-splines and penalties", Statistical Science 11 (1996) 89-121, for the differences.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor

from kantools.bases.basis import Basis
from kantools.kernels import bspline as kernel

__all__ = ["BSpline"]


@dataclass(frozen=True)
class BSpline(Basis):
    """``B_j(x)`` of degree ``p`` on the knots ``t_j … t_{j+p+1}``.

    >>> import torch
    >>> basis = BSpline(degree=2, intervals=4)
    >>> grid = basis.uniform(torch.tensor([0.0]), torch.tensor([1.0]))
    >>> basis.values(torch.tensor([[0.5]]), grid)
    tensor([[[0.0000, 0.0000, 0.5000, 0.5000, 0.0000, 0.0000]]])
    """

    name: ClassVar[str] = "bspline"
    local: ClassVar[bool] = True
    sums_to_one: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if not 1 <= self.degree <= 5:
            raise ValueError(
                f"A B-spline has a degree from 1 to 5, not {self.degree}; 3 is the usual choice."
            )
        if self.intervals < 1:
            raise ValueError(
                f"A B-spline needs at least 1 interval, not {self.intervals}; 8 is a good start."
            )

    @property
    def functions(self) -> int:
        return self.intervals + self.degree

    def grid(self, breaks: Tensor) -> Tensor:
        if not bool((breaks.diff(dim=1) > 0).all()):
            raise ValueError("The knots of a B-spline must increase strictly; drop or spread equal ones.")
        steps = torch.arange(1, self.degree + 1, dtype=breaks.dtype, device=breaks.device)
        first, last = breaks[:, 1:2] - breaks[:, :1], breaks[:, -1:] - breaks[:, -2:-1]
        left, right = breaks[:, :1] - steps.flip(0) * first, breaks[:, -1:] + steps * last
        return torch.cat([left, breaks, right], dim=1)

    def border(self, grid: Tensor) -> tuple[Tensor, Tensor]:
        return grid[:, self.degree], grid[:, -self.degree - 1]

    def breaks(self, grid: Tensor) -> Tensor:
        return grid[:, self.degree : -self.degree]

    def values(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        return self._derivative(x, grid, 0)

    def in_torch(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        return in_torch(x, grid, self.degree)

    def slopes(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        return self._derivative(x, grid, 1)

    def curvatures(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        return self._derivative(x, grid, 2)

    def fill(self, x: np.ndarray, grid: np.ndarray, out: np.ndarray, form: np.ndarray | None = None) -> None:
        kernel.dense(np.ascontiguousarray(x), np.ascontiguousarray(grid), self.degree, len(out) - 1, out)

    def differences(self, grid: Tensor, form: Tensor | None = None) -> Tensor:
        """Second differences of the coefficients over their places on the axis, in units of the interval.

        A straight line costs nothing on any knots, because the coefficients of ``f(x) = x`` are the places
        ``(t_{j+1} + … + t_{j+p})/p`` themselves.

        >>> basis = BSpline(degree=2, intervals=2)
        >>> grid = basis.grid(torch.tensor([[0.0, 1.0, 3.0]]))
        >>> places = (grid[0, 1:-2] + grid[0, 2:-1]) / 2
        >>> basis.differences(grid)[0] @ places
        tensor([0., 0.])
        """
        place = grid[:, 1:-1].unfold(1, self.degree, 1).mean(-1)
        gap = place.diff(dim=1)
        rows = torch.eye(self.functions, dtype=grid.dtype, device=grid.device).diff(dim=0)
        first = rows * (gap.mean(1, keepdim=True) / gap)[..., None]
        return first.diff(dim=1)

    def insertion(self, old: Basis, before: Tensor, after: Tensor) -> Tensor | None:
        if not isinstance(old, BSpline) or old.degree != self.degree:
            return None
        nested = (after[:, :, None] == old.breaks(before)[:, None, :]).any(1).all()
        same = torch.stack(self.border(after)) == torch.stack(old.border(before))
        return inserted(before, after, self.degree) if bool(nested & same.all()) else None

    def _derivative(self, x: Tensor, grid: Tensor, order: int) -> Tensor:
        if x.device.type == "cpu" and not torch.compiler.is_compiling():
            return _Derivative.apply(x, grid, self.degree, order)
        return in_torch(x, grid, self.degree, order)


class _Derivative(torch.autograd.Function):
    """The ``order``-th derivatives by the Numba kernel; their derivative is the next order."""

    @staticmethod
    def forward(x: Tensor, grid: Tensor, degree: int, order: int) -> Tensor:
        functions = grid.shape[1] - degree - 1
        out = np.empty((order + 1, *x.shape, functions), x.detach().numpy().dtype)
        at = x.detach().contiguous().numpy()
        kernel.dense(at, grid.detach().to(x.dtype).contiguous().numpy(), degree, order, out)
        return torch.from_numpy(out[order])

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        x, grid, ctx.degree, ctx.order = inputs
        ctx.save_for_backward(x, grid)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        x, grid = ctx.saved_tensors
        slopes = _Derivative.apply(x, grid, ctx.degree, ctx.order + 1)
        return (gradients[0] * slopes).sum(-1), None, None, None


def inserted(before: Tensor, after: Tensor, degree: int) -> Tensor:
    """Coefficients on the knots ``after``, which hold all of ``before``, from those on these, as matrices.

    A coefficient is the polar form of one of the polynomials that its function touches, at the knots inside
    that function's support; de Boor's triangle with a knot for each of its steps works it out.

    Source: L. Ramshaw, "Blossoms are polar forms", Computer Aided Geometric Design 6 (1989) 323-358.

    >>> inserted(torch.tensor([[-1.0, 0, 1, 2]]), torch.tensor([[-0.5, 0, 0.5, 1, 1.5]]), degree=1)
    tensor([[[1.0000, 0.0000],
             [0.5000, 0.5000],
             [0.0000, 1.0000]]])
    """
    old, new = before.shape[1] - degree - 1, after.shape[1] - degree - 1
    span = torch.arange(new, device=after.device) + degree // 2
    span = span.clamp(degree, new - 1)
    middle = (after[:, span] + after[:, span + 1]) / 2
    place = torch.searchsorted(before.contiguous(), middle.contiguous()) - 1
    row = [torch.nn.functional.one_hot(place - degree + i, old).to(after) for i in range(degree + 1)]
    for step in range(1, degree + 1):
        at = after[:, step : step + new]
        for i in range(degree, step - 1, -1):
            left, right = before.gather(1, place - degree + i), before.gather(1, place + i + 1 - step)
            share = ((at - left) / (right - left))[..., None]
            row[i] = (1 - share) * row[i - 1] + share * row[i]
    return row[degree]


def in_torch(x: Tensor, grid: Tensor, degree: int, order: int = 0) -> Tensor:
    """The ``order``-th derivatives, shape (rows, inputs, functions), in torch operations on any device.

    >>> grid = torch.tensor([[-1.0, 0.0, 1.0, 2.0]])
    >>> in_torch(torch.tensor([[0.25]]), grid, degree=1), in_torch(torch.tensor([[0.25]]), grid, 1, order=1)
    (tensor([[[0.7500, 0.2500]]]), tensor([[[-1.,  1.]]]))
    """
    low, high = grid[:, degree], grid[:, -degree - 1]
    inside = torch.clamp(x, low, high)
    last = grid.shape[1] - degree - 2
    span = degree + (inside.detach()[..., None] >= grid[:, degree + 1 : last + 1]).sum(-1)
    near = torch.arange(1 - degree, degree + 1, device=x.device) + span[..., None]
    knots = grid.expand(x.shape[0], *grid.shape).gather(2, near)
    row = _nonzero(inside, knots, degree, order)
    outside = (x - inside)[..., None]
    if order == 0:
        row = row + outside * _nonzero(inside, knots, degree, 1)
    elif order > 1:
        row = torch.where(outside == 0, row, torch.zeros_like(row))
    place = torch.arange(degree + 1, device=x.device) + (span - degree)[..., None]
    out = torch.zeros(*x.shape, grid.shape[1] - degree - 1, dtype=x.dtype, device=x.device)
    return out.scatter(2, place, row)


def _nonzero(x: Tensor, knots: Tensor, degree: int, order: int) -> Tensor:
    """The ``order``-th derivatives of the functions that differ from zero, by the Cox-de Boor triangle.

    ``knots`` are the ``2 degree`` around each point, shape (rows, inputs, 2 degree).
    """
    row = [torch.ones_like(x)]
    for p in range(1, degree + 1):
        saved, raised = torch.zeros_like(x), []
        for r in range(p):
            left, right = knots[..., degree + r - p], knots[..., degree + r]
            share = row[r] / (right - left)
            if p <= degree - order:
                raised.append(saved + (right - x) * share)
                saved = (x - left) * share
            else:
                raised.append(saved - p * share)
                saved = p * share
        row = [*raised, saved]
    return torch.stack(row, -1) if order <= degree else torch.zeros_like(knots[..., : degree + 1])
