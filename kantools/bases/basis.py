"""What a basis is: a family of functions of one variable, placed on the axis of each input by a grid.

An edge of a network carries ``phi(x) = sum_j c_j B_j(x)``; the basis supplies the ``B_j``. It is a frozen
value without state: where its functions lie is said by a *grid*, one row of positions for each input, which
the layer keeps. Positions are covariant: mapping a row by ``t -> a t + b`` moves the functions along,
``B_j(a x + b; a t + b) = B_j(x; t)``. That one property lets grids follow the data and hidden nodes be
rescaled without touching a coefficient.

A new basis is a new file in this folder with a frozen dataclass that says how many functions it has, how
break points become a grid and what the values are; derivatives then come from torch, and the conformance
tests run over it by themselves. Its functions must go on beyond the grid with a gradient that does not
vanish, so that a node that has left its grid can find back: `continued` does it linearly.
"""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from types import ModuleType
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor

from kantools.catalogue import Catalogue

__all__ = ["BASES", "Basis", "continued", "derivative", "make_basis"]


@dataclass(frozen=True)
class Basis(ABC):
    """A family of functions of one variable.

    Attributes
    ----------
    degree : int
        Degree of the pieces or of the family, where it has one.
    intervals : int
        Number of intervals that the grid divides the axis into, or what comes closest to it.
    """

    degree: int = 3
    intervals: int = 8

    name: ClassVar[str]
    local: ClassVar[bool] = False
    """Whether only a few functions differ from zero at any one point of the grid."""

    sums_to_one: ClassVar[bool] = False
    """Whether the functions are a partition of unity, so that equal coefficients make a constant."""

    @property
    @abstractmethod
    def functions(self) -> int:
        """How many functions there are."""

    @abstractmethod
    def grid(self, breaks: Tensor) -> Tensor:
        """The grid, shape (inputs, positions), of increasing break points, shape (inputs, intervals + 1)."""

    @abstractmethod
    def border(self, grid: Tensor) -> tuple[Tensor, Tensor]:
        """Where the grid begins and ends, each of shape (inputs,)."""

    def breaks(self, grid: Tensor) -> Tensor:
        """Break points that make this grid; equal intervals where a basis knows no others."""
        low, high = self.border(grid)
        steps = torch.linspace(0, 1, self.intervals + 1, dtype=grid.dtype, device=grid.device)
        return low[:, None] + (high - low)[:, None] * steps

    @abstractmethod
    def values(self, x: Tensor, grid: Tensor) -> Tensor:
        """``B_j(x)``: shape (rows, inputs) becomes (rows, inputs, functions); torch can differentiate it."""

    def slopes(self, x: Tensor, grid: Tensor) -> Tensor:
        """``B_j'(x)``, of the same shape as the values."""
        return derivative(lambda at: self.values(at, grid), x)

    def curvatures(self, x: Tensor, grid: Tensor) -> Tensor:
        """``B_j''(x)``, of the same shape as the values."""
        return derivative(lambda at: self.slopes(at, grid), x)

    def fill(self, x: np.ndarray, grid: np.ndarray, out: np.ndarray) -> None:
        """Fill ``out[d, row, input, :functions]`` with the derivatives 0, 1, 2 as far as it has room."""
        at, where = torch.from_numpy(x), torch.from_numpy(grid)
        derivatives = (self.values, self.slopes, self.curvatures)
        for order, derivative in enumerate(derivatives[: len(out)]):
            out[order, ..., : self.functions] = derivative(at, where).numpy()

    def uniform(self, low: Tensor, high: Tensor) -> Tensor:
        """A grid with equal intervals from ``low`` to ``high``, each of shape (inputs,)."""
        steps = torch.linspace(0, 1, self.intervals + 1, dtype=low.dtype, device=low.device)
        return self.grid(low[:, None] + (high - low)[:, None] * steps)

    def differences(self, grid: Tensor) -> Tensor:
        """``D`` of shape (inputs, any, functions) such that ``|D c|^2`` measures how rough a curve is.

        Here the second derivative with respect to the interval number, by the midpoint rule:
        ``|D c|^2 ~ intervals * mean((f'' h^2)^2)``; a straight line costs nothing.
        """
        low, high = self.border(grid)
        points = 8 * self.intervals
        middle = (torch.arange(points, dtype=grid.dtype, device=grid.device) + 0.5) / points
        x = low + middle[:, None] * (high - low)
        step = (high - low)[:, None] / self.intervals
        weight = (self.intervals / points) ** 0.5
        return self.curvatures(x, grid).transpose(0, 1) * (step**2 * weight)[..., None]


def continued(values: Callable[[Tensor], Tensor], x: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """The functions ``values`` with their tangents at the border beyond ``[low, high]``.

    Parameters
    ----------
    values : callable
        From points of shape (rows, inputs) to (rows, inputs, functions); called inside the border only.
    x : Tensor, shape (rows, inputs)
    low, high : Tensor, shape (inputs,)
    """
    border = torch.minimum(torch.maximum(x.detach(), low), high)
    inside = torch.where(border == x, x, border)
    # A NaN has no place inside, so it reaches the result through the gap.
    inside = torch.where(inside.isnan(), low, inside)
    return values(inside) + (x - inside)[..., None] * derivative(values, inside)


def derivative(values: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """The derivative of functions of one variable at every point, itself differentiable.

    Parameters
    ----------
    values : callable
        From points of shape (rows, inputs) to (rows, inputs, functions), each point by itself.
    x : Tensor, shape (rows, inputs)
    """
    with torch.enable_grad():
        at = x if x.requires_grad else x.detach().requires_grad_()
        y = values(at)
        # Backward is linear in what comes from above; its derivative with respect to that is forward.
        above = torch.zeros_like(y, requires_grad=True)
        back = torch.autograd.grad(y, at, above, create_graph=True)[0] if y.requires_grad else None
        if back is None or not back.requires_grad:
            return torch.zeros_like(y)
        slope = torch.autograd.grad(back, above, torch.ones_like(back), create_graph=x.requires_grad)[0]
    return slope if x.requires_grad else slope.detach()


def _bases_of(module: ModuleType) -> Iterator[tuple[str, type[Basis]]]:
    for thing in vars(module).values():
        if isinstance(thing, type) and issubclass(thing, Basis) and not inspect.isabstract(thing):
            yield thing.name, thing


BASES: Catalogue[type[Basis]] = Catalogue("basis", "kantools.bases", _bases_of)
"""Every basis of this folder by its name."""


def make_basis(basis: str | Basis, **options: Any) -> Basis:
    """A basis by name with those of the options that it takes; a basis is returned as it is.

    >>> make_basis("bspline", degree=2, intervals=5)
    BSpline(degree=2, intervals=5)
    """
    if isinstance(basis, Basis):
        return basis
    kind = BASES[basis]
    return kind(**{f.name: options[f.name] for f in fields(kind) if f.name in options})
