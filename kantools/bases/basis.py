"""What a basis is: a family of functions of one variable, placed on the axis of each input by a grid.

An edge of a network carries ``phi(x) = sum_j c_j B_j(x)``; the basis supplies the ``B_j``. It is a frozen
value without state: where its functions lie is said by a *grid*, one row of positions for each input, which
the layer keeps. Positions are covariant: mapping a row by ``t -> a t + b`` moves the functions along,
``B_j(a x + b; a t + b) = B_j(x; t)``. That one property lets grids follow the data and hidden nodes be
rescaled without touching a coefficient.

Some bases have more to learn than coefficients: where a rectified bump begins and ends, the denominator of
a fraction. This is the *form*: dimensionless numbers, one row for each input or for each group of
neighbouring inputs, which the layer keeps as a parameter. A form is relative to the grid and stays as it is
when that moves.

A new basis is a new file in this folder with a frozen dataclass that says how many functions it has, what
the values are and, where its grid is more than two ends, how break points become one; derivatives then come
from torch, and the conformance tests run over it by themselves. Its functions must go on beyond the grid
with a gradient that does not vanish, so that a node that has left its grid can find back: those of
`kantools.bases.continued` do so linearly.
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

__all__ = ["BASES", "Basis", "derivative", "make_basis", "spread", "unit"]


@dataclass(frozen=True)
class Basis(ABC):
    """A family of functions of one variable.

    Attributes
    ----------
    degree : int
        Degree of the pieces or of the family, where it has one.
    intervals : int
        Number of intervals that the grid divides the axis into, or what comes closest to it.

    Examples
    --------
    >>> basis = make_basis("bspline", degree=3, intervals=4)
    >>> grid = basis.uniform(torch.zeros(2), torch.ones(2))
    >>> basis.functions, basis.values(torch.rand(5, 2), grid).shape
    (7, torch.Size([5, 2, 7]))
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
        """How many functions there are.

        >>> make_basis("chebyshev", degree=2, intervals=3).functions
        5
        """

    def grid(self, breaks: Tensor) -> Tensor:
        """The grid, shape (inputs, positions), of increasing break points, shape (inputs, intervals + 1).

        Its two ends, where a basis needs no more.

        >>> make_basis("bspline", degree=1, intervals=2).grid(torch.tensor([[0.0, 1.0, 3.0]]))
        tensor([[-1.,  0.,  1.,  3.,  5.]])
        >>> make_basis("chebyshev").grid(torch.tensor([[0.0, 1.0, 3.0]]))
        tensor([[0., 3.]])
        """
        return breaks[:, [0, -1]]

    def border(self, grid: Tensor) -> tuple[Tensor, Tensor]:
        """Where the grid begins and ends, each of shape (inputs,).

        >>> make_basis("bspline", degree=1, intervals=2).border(torch.tensor([[-1.0, 0.0, 1.0, 3.0, 5.0]]))
        (tensor([0.]), tensor([3.]))
        """
        return grid[:, 0], grid[:, -1]

    def form(self, inputs: int) -> Tensor | None:
        """What the functions can learn themselves, at the start: float64, (rows, any); None: nothing.

        >>> make_basis("bspline").form(2) is None, make_basis("wavelet", intervals=2).form(2).shape
        (True, torch.Size([2, 6]))
        """
        return None

    def breaks(self, grid: Tensor) -> Tensor:
        """Break points that make this grid; equal intervals where a basis knows no others.

        >>> make_basis("chebyshev", intervals=2).breaks(torch.tensor([[0.0, 4.0]]))
        tensor([[0., 2., 4.]])
        """
        low, high = self.border(grid)
        steps = torch.linspace(0, 1, self.intervals + 1, dtype=grid.dtype, device=grid.device)
        return low[:, None] + (high - low)[:, None] * steps

    @abstractmethod
    def values(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        """``B_j(x)``: shape (rows, inputs) becomes (rows, inputs, functions); torch can differentiate it.

        Parameters
        ----------
        x : Tensor, shape (rows, inputs)
        grid : Tensor, shape (inputs, positions)
        form : Tensor, shape (inputs, any), optional
            What the functions have learned; that of the start if not given.

        Examples
        --------
        >>> basis, grid = make_basis("chebyshev", degree=2, intervals=1), torch.tensor([[-1.0, 1.0]])
        >>> basis.values(torch.tensor([[0.5]]), grid)
        tensor([[[ 1.0000,  0.5000, -0.5000]]])
        """

    def in_torch(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        """The values by torch operations only, where `values` has another way.

        >>> basis, x = make_basis("bspline"), torch.linspace(-2, 2, 9)[:, None]
        >>> grid = basis.uniform(torch.tensor([-1.0]), torch.tensor([1.0]))
        >>> torch.allclose(basis.in_torch(x, grid), basis.values(x, grid), atol=1e-6)
        True
        """
        return self.values(x, grid, form)

    def slopes(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        """``B_j'(x)``, of the same shape as the values.

        >>> basis, grid = make_basis("chebyshev", degree=2, intervals=1), torch.tensor([[-1.0, 1.0]])
        >>> basis.slopes(torch.tensor([[0.5]]), grid)
        tensor([[[0., 1., 2.]]])
        """
        return derivative(lambda at: self.values(at, grid, form), x)

    def curvatures(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        """``B_j''(x)``, of the same shape as the values.

        >>> basis, grid = make_basis("chebyshev", degree=2, intervals=1), torch.tensor([[-1.0, 1.0]])
        >>> basis.curvatures(torch.tensor([[0.5]]), grid)
        tensor([[[0., 0., 4.]]])
        """
        return derivative(lambda at: self.slopes(at, grid, form), x)

    def fill(self, x: np.ndarray, grid: np.ndarray, out: np.ndarray, form: np.ndarray | None = None) -> None:
        """Fill ``out[d, row, input, :functions]`` with the derivatives 0, 1, 2 as far as it has room.

        >>> out = np.empty((3, 1, 1, 3))
        >>> basis = make_basis("chebyshev", degree=2, intervals=1)
        >>> basis.fill(np.array([[0.5]]), np.array([[-1.0, 1.0]]), out)
        >>> out[:, 0, 0].tolist()
        [[1.0, 0.5, -0.5], [0.0, 1.0, 2.0], [0.0, 0.0, 4.0]]
        """
        at, where = torch.from_numpy(x), torch.from_numpy(grid)
        formed = None if form is None else torch.from_numpy(form)
        derivatives = (self.values, self.slopes, self.curvatures)
        with torch.no_grad():
            for order, derivative in enumerate(derivatives[: len(out)]):
                out[order, ..., : self.functions] = derivative(at, where, formed).numpy()

    def uniform(self, low: Tensor, high: Tensor) -> Tensor:
        """A grid with equal intervals from ``low`` to ``high``, each of shape (inputs,).

        >>> make_basis("bspline", degree=1, intervals=2).uniform(torch.zeros(1), torch.ones(1))
        tensor([[-0.5000,  0.0000,  0.5000,  1.0000,  1.5000]])
        """
        steps = torch.linspace(0, 1, self.intervals + 1, dtype=low.dtype, device=low.device)
        return self.grid(low[:, None] + (high - low)[:, None] * steps)

    def insertion(self, old: "Basis", before: Tensor, after: Tensor) -> Tensor | None:
        """The matrices, shape (inputs, functions, old functions), that take coefficients of the basis ``old``
        on the grid ``before`` to those of this one on the grid ``after`` for the same curves, exactly; None
        where the old curves are not among the new ones.

        >>> coarse, fine = make_basis("bspline", intervals=2), make_basis("bspline", intervals=4)
        >>> two, four = (b.uniform(torch.zeros(1), torch.ones(1)) for b in (coarse, fine))
        >>> fine.insertion(coarse, two, four).shape, coarse.insertion(fine, four, two)
        (torch.Size([1, 7, 5]), None)
        """
        return None

    def carried(self, form: Tensor, inputs: int) -> Tensor:
        """What a form becomes when the basis that had it becomes this one.

        >>> short, long = make_basis("wavelet", intervals=2), make_basis("wavelet", intervals=4)
        >>> short.form(1).shape, long.carried(short.form(1), 1).shape
        (torch.Size([1, 6]), torch.Size([1, 14]))
        """
        start = self.form(inputs)
        if start is None or start.shape[1] == form.shape[1]:
            return form
        return start.to(form)

    def learned(self, form: Tensor | None, like: Tensor) -> Tensor:
        """The form, or that of the start, for each input of a grid ``like`` this one.

        Raises
        ------
        ValueError
            For a basis that has no form.

        Examples
        --------
        >>> make_basis("rational", groups=2).learned(None, torch.zeros(4, 2)).shape
        torch.Size([4, 4])
        >>> make_basis("chebyshev").learned(None, torch.zeros(4, 2))
        Traceback (most recent call last):
            ...
        ValueError: Chebyshev has no form; its values depend on the grid alone.
        """
        if form is None:
            form = self.form(len(like))
        if form is None:
            raise ValueError(f"{type(self).__name__} has no form; its values depend on the grid alone.")
        return spread(form, len(like)).to(like)

    def differences(self, grid: Tensor, form: Tensor | None = None) -> Tensor:
        """``D`` of shape (inputs, any, functions) such that ``|D c|^2`` measures how rough a curve is.

        Here the second derivative with respect to the interval number, by the midpoint rule:
        ``|D c|^2 ~ intervals * mean((f'' h^2)^2)``; a straight line costs nothing.

        >>> D = make_basis("chebyshev", degree=2, intervals=1).differences(torch.tensor([[-1.0, 1.0]]))
        >>> line, parabola = torch.eye(3)[1:]
        >>> float((D @ line).norm()), round(float((D @ parabola).norm()), 4)
        (0.0, 16.0)
        """
        low, high = self.border(grid)
        points = 8 * self.intervals
        middle = (torch.arange(points, dtype=grid.dtype, device=grid.device) + 0.5) / points
        x = low + middle[:, None] * (high - low)
        step = (high - low)[:, None] / self.intervals
        weight = (self.intervals / points) ** 0.5
        return self.curvatures(x, grid, form).transpose(0, 1) * (step**2 * weight)[..., None]


def unit(x: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """``u``: the points mapped from ``[low, high]`` to [-1, 1].

    >>> unit(torch.tensor([0.0, 1.0, 4.0]), torch.tensor(0.0), torch.tensor(4.0))
    tensor([-1.0000, -0.5000,  1.0000])
    """
    return (2 * x - (low + high)) / (high - low)


def spread(form: Tensor, inputs: int) -> Tensor:
    """One row for each input of a form that has one for each group of neighbouring inputs.

    >>> spread(torch.tensor([[1.0], [2.0]]), 4).flatten()
    tensor([1., 1., 2., 2.])
    """
    return (
        form if len(form) == inputs else form[torch.arange(inputs, device=form.device) * len(form) // inputs]
    )


def derivative(values: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """The derivative of functions of one variable at every point, itself differentiable.

    Parameters
    ----------
    values : callable
        From points of shape (rows, inputs) to (rows, inputs, functions), each point by itself.
    x : Tensor, shape (rows, inputs)

    Examples
    --------
    >>> derivative(lambda x: torch.stack([x, x**2], dim=-1), torch.tensor([[3.0]]))
    tensor([[[1., 6.]]])
    """
    graph = torch.is_grad_enabled() and (x.requires_grad or values(x[:0]).requires_grad)
    with torch.enable_grad():
        at = x if x.requires_grad else x.detach().requires_grad_()
        y = values(at)
        # Backward is linear in what comes from above; its derivative with respect to that is forward.
        above = torch.zeros_like(y, requires_grad=True)
        back = torch.autograd.grad(y, at, above, create_graph=True)[0] if y.requires_grad else None
        if back is None or not back.requires_grad:
            return torch.zeros_like(y)
        slope = torch.autograd.grad(back, above, torch.ones_like(back), create_graph=graph)[0]
    return slope if graph else slope.detach()


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
