"""Fractions of polynomials without poles, their denominators learned by groups of inputs.

``B_k(x) = T_k(u) / Q(u)``, ``Q(u) = sqrt(1 + (b_1 T_1(u) + … + b_n T_n(u))^2)``, with ``u`` the input
mapped from its grid to [-1, 1] and ``T_k`` the Chebyshev polynomials: every edge has a numerator of its
own, and neighbouring inputs share a denominator, whose ``b`` are learned. It is never below one. The usual
choice, ``1 + |q(u)|``, is as safe, but has a kink wherever ``q`` changes sign, which second derivatives and
formulas read from the curves would show. With ``shared=True`` a group has one numerator too, and each edge
only multiplies it by a number. Beyond the grid every curve goes on along its tangent.

Sources: A. Molina, P. Schramowski, K. Kersting, "Padé activation units", arXiv:1907.06732 (2019); X. Yang,
X. Wang, "Kolmogorov-Arnold Transformer", arXiv:2409.10594 (2024), for groups.
"""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from kantools.bases.basis import unit
from kantools.bases.chebyshev import chebyshev, chebyshev_at_ends
from kantools.bases.continued import Continued

__all__ = ["Rational"]

SHARED = (0.0, 1.0, 0.5, 0.2)
"""Numerator at the start where it is shared."""


@dataclass(frozen=True)
class Rational(Continued):
    """``B_k(x) = T_k(u) / sqrt(1 + (b_1 T_1(u) + … + b_n T_n(u))^2)``.

    Attributes
    ----------
    groups : int
        How many groups of neighbouring inputs there are, each with a denominator of its own.
    order : int
        ``n``. The numerators are of the order ``degree + intervals - 1``, as many as a spline has functions.
    shared : bool
        Whether a group shares the numerator as well.

    >>> basis = Rational(degree=2, intervals=1, groups=1)
    >>> grid = basis.uniform(torch.zeros(1), torch.ones(1))
    >>> basis.values(torch.tensor([[0.5]]), grid, torch.zeros(1, 4))
    tensor([[[ 1.,  0., -1.]]])
    """

    groups: int = 8
    order: int = 4
    shared: bool = False
    name: ClassVar[str] = "rational"

    def __post_init__(self) -> None:
        if self.groups < 1 or self.order < 1:
            raise ValueError(
                f"Fractions need at least one group and a denominator of order 1, not groups={self.groups}, "
                f"order={self.order}; 8 and 4 are the usual choices."
            )

    @property
    def functions(self) -> int:
        return 1 if self.shared else self._terms

    @property
    def _terms(self) -> int:
        return self.intervals + self.degree

    def form(self, inputs: int) -> Tensor:
        """``b``, and where it is shared the numerator: small but not zero, where ``Q`` has no slope in it.

        >>> Rational(groups=2, order=2).form(6)
        tensor([[0.3000, 0.0750],
                [0.3000, 0.0750]], dtype=torch.float64)
        """
        rows = min(self.groups, inputs)
        b = 0.3 / torch.arange(1, self.order + 1, dtype=torch.float64).square().expand(rows, -1)
        if not self.shared:
            return b.clone()
        a = torch.zeros(rows, self._terms, dtype=torch.float64)
        a[:, : len(SHARED)] = torch.tensor(SHARED, dtype=torch.float64)[: self._terms]
        return torch.cat([b, a], dim=1)

    def carried(self, form: Tensor, inputs: int) -> Tensor:
        more = self.order + self.shared * self._terms - form.shape[1]
        return torch.nn.functional.pad(form, (0, more)) if more > 0 else super().carried(form, inputs)

    def within(self, x: Tensor, grid: Tensor, form: Tensor | None = None) -> tuple[Tensor, Tensor]:
        low, high = grid.unsqueeze(2).unbind(1)
        learned = self.learned(form, grid).unsqueeze(2)
        terms = max(self._terms, self.order + 1)
        top, q = self._parts(chebyshev(unit(x, low, high), terms), learned)
        end, slope = (self._parts(T[None], learned) for T in chebyshev_at_ends(terms, grid))
        squared = 1 + end[1].square()
        slopes = (slope[0] - end[0] * end[1] * slope[1] / squared) / torch.sqrt(squared)
        return top / torch.sqrt(1 + q * q), slopes * (2 / (high - low))[..., None]

    def _parts(self, T: Tensor, learned: Tensor) -> tuple[Tensor, Tensor]:
        """The numerators and ``b_1 T_1 + … + b_n T_n``, or the slopes of both from those of ``T``."""
        b, a = learned.tensor_split([self.order], dim=1)
        q = (T[:, 1 : self.order + 1] * b).sum(1, keepdim=True)
        numerators = T[:, : self._terms]
        return (numerators * a).sum(1, keepdim=True) if self.shared else numerators, q
