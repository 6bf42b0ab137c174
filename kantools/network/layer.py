"""A layer of learned functions: one for each pair of an input and an output.

``y_j = sum_i phi_ij(x_i)`` with ``phi_ij(x) = w_ij b(u) + sum_k c_ijk B_k(x)``: ``B_k`` is the basis, ``b``
the residual function and ``u`` the input mapped from its grid to [-1, 1]. One parameter holds all
coefficients, ``weight[i, k, j]``, the residual's in the last row. An edge can be masked or given a fixed
function instead; its weights are then ignored.

Source: Z. Liu et al., "KAN: Kolmogorov-Arnold Networks", arXiv:2404.19756 (2024).
"""

from typing import Any

import torch
from torch import Tensor, nn

from kantools.bases import Basis, make_basis
from kantools.network.fixed import fixed
from kantools.network.residual import residual_function

__all__ = ["KANLayer"]


class KANLayer(nn.Module):
    """A drop-in for ``torch.nn.Linear`` whose weights are functions.

    Parameters
    ----------
    in_features, out_features : int
        Length of the last axis of what comes in and goes out.
    basis : str or Basis
        Name of a basis or a basis itself, in which case ``degree`` and ``intervals`` are ignored.
    degree, intervals : int
        Options of the basis.
    residual : str
        ``"silu"``, ``"identity"`` or ``"none"``.
    low, high : float
        The first grid of every input.
    dtype, device
        As everywhere in torch.

    >>> layer = KANLayer(3, 2)
    >>> layer(torch.zeros(5, 4, 3)).shape
    torch.Size([5, 4, 2])
    """

    knots: Tensor
    mask: Tensor

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        basis: str | Basis = "bspline",
        degree: int = 3,
        intervals: int = 8,
        residual: str = "silu",
        low: float = -1.0,
        high: float = 1.0,
        generator: torch.Generator | None = None,
        dtype: torch.dtype | None = None,
        device: torch.device | str | None = None,
    ) -> None:
        super().__init__()
        self.in_features, self.out_features, self.residual = in_features, out_features, residual
        residual_function(residual)
        self.basis = make_basis(basis, degree=degree, intervals=intervals)
        dtype = dtype or torch.get_default_dtype()
        border = torch.full((2, in_features), low, dtype=dtype, device=device)
        border[1] = high
        self.register_buffer("knots", self.basis.uniform(border[0], border[1]))
        mask = torch.ones(in_features, out_features, dtype=torch.bool, device=device)
        self.register_buffer("mask", mask)
        rows = self.basis.functions + 1
        self.weight = nn.Parameter(torch.zeros(in_features, rows, out_features, dtype=dtype, device=device))
        self.fixed: dict[tuple[int, int], str] = {}
        self.reset_parameters(generator)

    @torch.no_grad()
    def reset_parameters(self, generator: torch.Generator | None = None) -> None:
        """Draw random smooth curves whose sum has about the variance of one input."""
        points = 4 * self.basis.functions
        u = torch.linspace(-1, 1, points, dtype=torch.float64)
        size = (self.in_features, 3, self.out_features)
        amplitude = torch.randn(size, generator=generator, dtype=torch.float64)
        # A random slope with some bend: the slope sends different nodes in different directions.
        shapes = torch.stack([u, 0.3 * (2 * u**2 - 1), 0.2 * (4 * u**3 - 3 * u)], 1)
        curves = shapes @ amplitude / max(self.in_features, 1) ** 0.5
        self.weight.copy_(self._through(u, curves))

    def _through(self, u: Tensor, curves: Tensor) -> Tensor:
        """Least-squares coefficients of curves, shape (in, points, out), given over ``u``."""
        low, high = (b.double().cpu() for b in self.basis.border(self.knots))
        x = low + (u[:, None] + 1) / 2 * (high - low)
        features = self.basis.values(x, self.knots.double().cpu()).transpose(0, 1)
        inverse = torch.linalg.pinv(features)
        coefficients = torch.zeros(self.weight.shape, dtype=torch.float64)
        coefficients[:, :-1] = inverse @ curves
        return coefficients

    def scaled(self, x: Tensor) -> Tensor:
        """``u``: the inputs mapped from their grid to [-1, 1]."""
        low, high = self.basis.border(self.knots)
        return (2 * x - (low + high)) / (high - low)

    def features(self, x: Tensor) -> Tensor:
        """What the weights multiply: shape (rows, in) becomes (rows, in, functions + 1)."""
        value, _ = residual_function(self.residual)
        basis = self.basis.values(x, self.knots)
        return torch.cat([basis, value(self.scaled(x))[..., None]], dim=-1)

    def learned(self) -> Tensor:
        """Which edges are active and learned, shape (in, out)."""
        mask = self.mask.clone()
        for source, target in self.fixed:
            mask[source, target] = False
        return mask

    def forward(self, x: Tensor) -> Tensor:
        """Shape (…, in_features) becomes (…, out_features)."""
        if x.shape[-1] != self.in_features:
            raise ValueError(
                f"This layer takes {self.in_features} inputs on the last axis, not {x.shape[-1]}; "
                f"the shape was {tuple(x.shape)}."
            )
        flat = x.reshape(-1, self.in_features)
        weight = self.weight * self.learned()[:, None, :]
        out = self.features(flat).flatten(1) @ weight.flatten(0, 1)
        out = out + self._fixed_part(flat) if self.fixed else out
        return out.reshape(*x.shape[:-1], self.out_features)

    def edge_values(self, x: Tensor) -> Tensor:
        """Every edge by itself: shape (rows, in) becomes (rows, in, out); masked edges are zero."""
        weight = self.weight * self.learned()[:, None, :]
        out = torch.einsum("nik,iko->nio", self.features(x), weight)
        for (source, target), name in self.active_fixed():
            out[:, source, target] = fixed(name).value(x[:, source])
        return out

    def active_fixed(self) -> list[tuple[tuple[int, int], str]]:
        """The fixed edges that are not masked, as ``((source, target), name)``."""
        return [(edge, name) for edge, name in sorted(self.fixed.items()) if self.mask[edge]]

    def _fixed_part(self, x: Tensor) -> Tensor:
        columns = [x.new_zeros(x.shape[0]) for _ in range(self.out_features)]
        for (source, target), name in self.active_fixed():
            columns[target] = columns[target] + fixed(name).value(x[:, source])
        return torch.stack(columns, dim=-1)

    def get_extra_state(self) -> dict[str, Any]:
        return {"fixed": [[i, j, name] for (i, j), name in self.fixed.items()]}

    def set_extra_state(self, state: dict[str, Any]) -> None:
        self.fixed = {(i, j): name for i, j, name in state["fixed"]}

    def extra_repr(self) -> str:
        return f"{self.in_features}, {self.out_features}, {self.basis}, residual={self.residual!r}"
