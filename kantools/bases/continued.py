"""Bases whose functions go on beyond the grid along their tangents.

Such a basis says what its functions are within the grid, and how steep they are at its two ends. Beyond,
``B_j(x) = B_j(end) + (x - end) B_j'(end)``.

Points are laid out along the last axis here, ``(inputs, functions, rows)``: a function then runs over
neighbouring numbers with its own constants in registers, and the matrix product that follows takes the
result as it lies. The tangents cost a layer next to nothing, because they are linear in the gap: instead of
being added to every function they go through the weights first (`kantools.network.backends`).
"""

from abc import abstractmethod

import torch
from torch import Tensor

from kantools.bases.basis import Basis

__all__ = ["Continued", "clamped", "gaps"]


class Continued(Basis):
    """A basis that says what its functions are within the grid.

    >>> from kantools.bases import make_basis
    >>> basis, grid = make_basis("chebyshev", degree=2, intervals=1), torch.tensor([[-1.0, 1.0]])
    >>> basis.values(torch.tensor([[1.0], [3.0]]), grid)[:, 0]
    tensor([[1., 1., 1.],
            [1., 3., 9.]])
    """

    @abstractmethod
    def within(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """The functions at points within the grid, and their slopes at its ends.

        Parameters
        ----------
        x : Tensor, shape (inputs, rows)
        grid, form : Tensor
            As for `values`.

        Returns
        -------
        values : Tensor, shape (inputs, functions, rows)
        slopes : Tensor, shape (inputs, functions, 2)

        Examples
        --------
        >>> from kantools.bases import make_basis
        >>> basis, grid = make_basis("chebyshev", degree=2, intervals=1), torch.tensor([[-1.0, 1.0]])
        >>> values, slopes = basis.within(torch.tensor([[0.5]]), grid)
        >>> values.shape, slopes[0, 2]
        (torch.Size([1, 3, 1]), tensor([-4.,  4.]))
        """

    def values(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> Tensor:
        at = x.t()
        inside = clamped(at, *self.border(grid))
        values, slopes = self.within(inside, grid, form)
        below, above = gaps(at, inside).unsqueeze(2).unbind(1)
        left, right = slopes.unsqueeze(3).unbind(2)
        return torch.addcmul(torch.addcmul(values, below, left), above, right).permute(2, 0, 1)


def clamped(x: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """The points, shape (inputs, rows), taken to the border where they lie beyond it; NaN stays NaN.

    >>> clamped(torch.tensor([[-3.0, 0.5, torch.nan]]), torch.tensor([-1.0]), torch.tensor([1.0]))
    tensor([[-1.0000,  0.5000,     nan]])
    """
    return torch.clamp(x, low[:, None], high[:, None])


def gaps(x: Tensor, inside: Tensor) -> Tensor:
    """How far points lie below and above the grid, shape (inputs, 2, rows): at least one is zero.

    >>> gaps(torch.tensor([[-3.0, 0.5]]), torch.tensor([[-1.0, 0.5]]))
    tensor([[[-2.,  0.],
             [ 0.,  0.]]])
    """
    gap = x - inside
    return torch.stack([gap.clamp(max=0), gap.clamp(min=0)], dim=1)
