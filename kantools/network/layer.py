"""A layer of learned functions: one for each pair of an input and an output.

``y_j = sum_i phi_ij(x_i)`` with ``phi_ij(x) = w_ij b(u) + sum_k c_ijk B_k(x)``: ``B_k`` is the basis, ``b``
the residual function and ``u`` the input mapped from its grid to [-1, 1]. One parameter holds all
coefficients, ``weight[i, k, j]``, the residual's in the last row. An edge can be masked or given a fixed
function instead; its weights are then ignored.

Source: Z. Liu et al., "KAN: Kolmogorov-Arnold Networks", arXiv:2404.19756 (2024).
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from kantools.bases import Basis, make_basis
from kantools.bases.continued import Continued
from kantools.network import backends
from kantools.network.dropout import dropped_out, rate
from kantools.network.fixed import Fixed, affine_key, fixed, mapped
from kantools.network.residual import residual_function
from kantools.network.stacked import stacked

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
    dropout : float
        In training mode the share of the edges that are left out, for each row anew.
    low, high : float
        The first grid of every input.
    backend : str
        ``"auto"``, or one of those in `kantools.network.backends`.
    dtype, device
        As everywhere in torch.

    Examples
    --------
    >>> layer = KANLayer(3, 2)
    >>> layer(torch.zeros(5, 4, 3)).shape
    torch.Size([5, 4, 2])
    """

    knots: Tensor
    mask: Tensor
    form: nn.Parameter | None
    noise: torch.Generator | None

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        basis: str | Basis = "bspline",
        degree: int = 3,
        intervals: int = 8,
        residual: str = "silu",
        dropout: float = 0.0,
        low: float = -1.0,
        high: float = 1.0,
        backend: str = "auto",
        generator: torch.Generator | None = None,
        dtype: torch.dtype | None = None,
        device: torch.device | str | None = None,
    ) -> None:
        super().__init__()
        self.in_features, self.out_features, self.residual = in_features, out_features, residual
        residual_function(residual)
        self.backend = backends.check_backend(backend)
        self._known: dict[str, tuple[Tensor, int, bool]] = {}
        self.basis = make_basis(basis, degree=degree, intervals=intervals)
        dtype = dtype or torch.get_default_dtype()
        border = torch.full((2, in_features), low, dtype=dtype, device=device)
        border[1] = high
        self.register_buffer("knots", self.basis.uniform(border[0], border[1]))
        mask = torch.ones(in_features, out_features, dtype=torch.bool, device=device)
        self.register_buffer("mask", mask)
        rows = self.basis.functions + 1
        self.weight = nn.Parameter(torch.zeros(in_features, rows, out_features, dtype=dtype, device=device))
        form = self.basis.form(in_features)
        learned = None if form is None else nn.Parameter(form.to(dtype=dtype, device=device))
        self.register_parameter("form", learned)
        self.fixed: dict[tuple[int, int], str] = {}
        self.affine = nn.ParameterDict()
        self.dropout, self.noise = rate(dropout), None
        self.reset_parameters(generator)

    @torch.no_grad()
    def reset_parameters(self, generator: torch.Generator | None = None) -> None:
        """Draw random smooth curves whose sum has the mean and the variance of one input.

        The input is taken to be normal with the deviation of even points on the grid, ``3^-1/2``: a sum of
        many curves is nearly so, and what it does beyond the grid then counts.

        >>> layer, x = KANLayer(1, 1), torch.tensor([[0.5]])
        >>> layer.reset_parameters(torch.Generator().manual_seed(0))
        >>> first = layer(x)
        >>> layer.reset_parameters(torch.Generator().manual_seed(0))
        >>> torch.equal(layer(x), first)
        True
        """
        points = 4 * self.basis.functions
        u = torch.linspace(-1, 1, points, dtype=torch.float64)
        size = (self.in_features, 3, self.out_features)
        amplitude = torch.randn(size, generator=generator, dtype=torch.float64)
        # A random slope with some bend: the slope sends different nodes in different directions.
        shapes = torch.stack([u, 0.6 * (u**2 - 1 / 3), 0.2 * (4 * u**3 - 3 * u)], 1)
        curves = shapes @ amplitude / max(self.in_features, 1) ** 0.5
        self.weight.copy_(self._through(u, curves))
        levels = (torch.arange(64, dtype=torch.float64) + 0.5) / 64
        low, high = self.basis.border(self.knots)
        normal = torch.special.ndtri(levels)[:, None].to(low) / 12**0.5
        # Of independent inputs the variances add up: 64 levels of each are enough.
        spread = self.edge_values((low + high) / 2 + normal * (high - low)).var(0, correction=0).sum(0)
        self._rescale(spread)

    @torch.no_grad()
    def standardise(self, x: Tensor) -> None:
        """Scale the curves into each output so that it has the deviation of even points on [-1, 1].

        >>> layer, x = KANLayer(2, 3), torch.linspace(-1, 1, 101)[:, None].expand(-1, 2)
        >>> layer.standardise(x)
        >>> torch.allclose(layer(x).std(0, correction=0), torch.full((3,), 3**-0.5))
        True
        """
        self._rescale(self(x).var(0, correction=0))

    def _rescale(self, variance: Tensor) -> None:
        self.weight.mul_(torch.where(variance > 0, 3 * variance, torch.ones_like(variance)).rsqrt())

    def _through(self, u: Tensor, curves: Tensor) -> Tensor:
        """Least-squares coefficients of curves, shape (in, points, out), given over ``u``."""
        low, high = (b.double().cpu() for b in self.basis.border(self.knots))
        x = low + (u[:, None] + 1) / 2 * (high - low)
        form = None if self.form is None else self.form.double().cpu()
        features = self.basis.values(x, self.knots.double().cpu(), form).transpose(0, 1)
        inverse = torch.linalg.pinv(features, rtol=1e-3)
        coefficients = torch.zeros(self.weight.shape, dtype=torch.float64)
        coefficients[:, :-1] = inverse @ curves
        return coefficients

    def scaled(self, x: Tensor) -> Tensor:
        """``u``: the inputs mapped from their grid to [-1, 1].

        >>> KANLayer(1, 1, low=0.0, high=4.0).scaled(torch.tensor([[0.0], [3.0]])).tolist()
        [[-1.0], [0.5]]
        """
        low, high = self.basis.border(self.knots)
        return (2 * x - (low + high)) / (high - low)

    def features(self, x: Tensor, backend: str = "dense") -> Tensor:
        """What the weights multiply: shape (rows, in) becomes (rows, in, functions + 1).

        >>> KANLayer(2, 1, degree=3, intervals=8).features(torch.zeros(5, 2)).shape
        torch.Size([5, 2, 12])
        """
        value, _ = residual_function(self.residual)
        values = self.basis.in_torch if backend == "torch" else self.basis.values
        basis = values(x, self.knots, self.form)
        return torch.cat([basis, value(self.scaled(x))[..., None]], dim=-1)

    def uniform(self) -> bool:
        """Whether the knots of every input are evenly spaced, to rounding.

        >>> layer = KANLayer(1, 1)
        >>> layer.uniform()
        True
        """
        return self._remember("uniform", self.knots, lambda: backends.evenly_spaced(self.knots))

    def _whole(self) -> bool:
        """Whether every edge is active and learned, as far as it is known when a graph is traced."""
        if torch.compiler.is_compiling():
            return False
        return not self.fixed and self._remember("whole", self.mask, lambda: bool(self.mask.all()))

    def _remember(self, name: str, tensor: Tensor, answer: Callable[[], bool]) -> bool:
        """An answer that depends on a tensor, found once for each of its versions."""
        known = self._known.get(name)
        if known is None or known[0] is not tensor or known[1] != tensor._version:
            known = self._known[name] = (tensor, tensor._version, answer())
        return known[2]

    def __getstate__(self) -> dict[str, Any]:
        return {**super().__getstate__(), "_known": {}}

    def learned(self) -> Tensor:
        """Which edges are active and learned, shape (in, out).

        >>> layer = KANLayer(2, 1)
        >>> layer.fixed[0, 0] = "exp"
        >>> layer.learned().tolist()
        [[False], [True]]
        """
        mask = self.mask.clone()
        for source, target in self.fixed:
            mask[source, target] = False
        return mask

    def forward(self, x: Tensor) -> Tensor:
        """Shape (…, in_features) becomes (…, out_features).

        Raises
        ------
        ValueError
            For another number of inputs.

        Examples
        --------
        >>> KANLayer(3, 2)(torch.zeros(5, 4))
        Traceback (most recent call last):
            ...
        ValueError: This layer takes 3 inputs on the last axis, not 4; the shape was (5, 4).
        """
        if x.shape[-1] != self.in_features:
            raise ValueError(
                f"This layer takes {self.in_features} inputs on the last axis, not {x.shape[-1]}; "
                f"the shape was {tuple(x.shape)}."
            )
        flat = x.reshape(-1, self.in_features)
        if self.training and self.dropout > 0:
            kept = dropped_out(self.edge_values(flat), self.dropout, self.noise).sum(1)
            return kept.reshape(*x.shape[:-1], self.out_features)
        weight = self.weight if self._whole() else self.weight * self.learned()[:, None, :]
        backend = backends.backend_for(self, flat, weight)
        if backend == "sorted":
            out = backends.splines(self, flat, weight)
        elif isinstance(self.basis, Continued):
            out = stacked(self, self.basis, flat, weight)
        else:
            out = self.features(flat, backend).flatten(1) @ weight.flatten(0, 1)
        out = out + self._fixed_part(flat) if self.fixed else out
        return out.reshape(*x.shape[:-1], self.out_features)

    def edge_values(self, x: Tensor) -> Tensor:
        """Every edge by itself: shape (rows, in) becomes (rows, in, out); masked edges are zero.

        >>> layer, x = KANLayer(2, 3), torch.rand(5, 2)
        >>> layer.edge_values(x).shape, torch.allclose(layer.edge_values(x).sum(1), layer(x), atol=1e-5)
        (torch.Size([5, 2, 3]), True)
        """
        weight = self.weight * self.learned()[:, None, :]
        out = torch.einsum("nik,iko->nio", self.features(x), weight)
        for (source, target), _ in self.active_fixed():
            out[:, source, target] = self.function(source, target).value(x[:, source])
        return out

    def active_fixed(self) -> list[tuple[tuple[int, int], str]]:
        """The fixed edges that are not masked, as ``((source, target), name)``.

        >>> layer = KANLayer(2, 1)
        >>> layer.fixed |= {(0, 0): "exp", (1, 0): "square"}
        >>> layer.mask[1, 0] = False
        >>> layer.active_fixed()
        [((0, 0), 'exp')]
        """
        return [(edge, name) for edge, name in sorted(self.fixed.items()) if self.mask[edge]]

    def function(self, source: int, target: int) -> Fixed:
        """The function of a fixed edge, between its affine maps if it has any.

        >>> layer = KANLayer(1, 1)
        >>> layer.fixed[0, 0] = "square"
        >>> layer.function(0, 0).value(torch.tensor(3.0))
        tensor(9.)
        """
        plain, key = fixed(self.fixed[source, target]), affine_key(source, target)
        return mapped(plain, self.affine[key]) if key in self.affine else plain

    def _fixed_part(self, x: Tensor) -> Tensor:
        columns = [x.new_zeros(x.shape[0]) for _ in range(self.out_features)]
        for (source, target), _ in self.active_fixed():
            columns[target] = columns[target] + self.function(source, target).value(x[:, source])
        return torch.stack(columns, dim=-1)

    def _load_from_state_dict(self, state_dict: dict[str, Any], prefix: str, *rest: Any) -> None:
        begin = f"{prefix}affine."
        found = {key.removeprefix(begin): state_dict[key] for key in state_dict if key.startswith(begin)}
        self.affine = nn.ParameterDict({key: torch.zeros_like(value) for key, value in found.items()})
        super()._load_from_state_dict(state_dict, prefix, *rest)

    def get_extra_state(self) -> dict[str, Any]:
        return {"fixed": [[i, j, name] for (i, j), name in self.fixed.items()]}

    def set_extra_state(self, state: dict[str, Any]) -> None:
        self.fixed = {(i, j): name for i, j, name in state["fixed"]}

    def extra_repr(self) -> str:
        return f"{self.in_features}, {self.out_features}, {self.basis}, residual={self.residual!r}"
