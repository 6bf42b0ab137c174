"""Grids that follow the data, with the function kept.

When knots move, the curves on them change. Here every curve is kept: its coefficients on the new knots are
those of the least-squares fit to what it was, where the data reach it.
"""

import numpy as np
import torch
from torch import Tensor

from kantools.bases import Basis
from kantools.network.kan import KAN
from kantools.network.layer import KANLayer
from kantools.network.predict import as_tensor, evaluating

__all__ = ["ROUNDING", "breaks_for", "covers", "divided", "fit_grid", "move_grid"]

MARGIN = 0.01

ROUNDING = 1024
"""A column that varies by fewer rounding errors is a constant."""

BLOCK = 65_536
"""Rows that pass through a layer at a time."""


def breaks_for(
    x: Tensor,
    intervals: int,
    uniform: float = 0.5,
    margin: float = MARGIN,
    weight: np.ndarray | None = None,
) -> Tensor:
    """Break points for the columns of ``x``: a mix of equal intervals and of intervals with equal counts.

    Parameters
    ----------
    x : Tensor, shape (rows, inputs)
    intervals : int
    uniform : float
        Share of the equal intervals in the mix, more than 0 so that no interval is empty.
    margin : float
        What the grid extends beyond the data, relative to their range.
    weight : ndarray, shape (rows,), optional
        How much a row counts.
    """
    low, high = x.amin(0), x.amax(0)
    info, size = torch.finfo(x.dtype), torch.maximum(low.abs(), high.abs())
    width = torch.maximum(high - low, max(1e-9, 16 * intervals * info.eps) * size)
    # A column that is constant up to rounding gets a grid of its own size: on a narrow one rounding is all.
    width = torch.where(high - low > ROUNDING * info.eps * size, width, size)
    width = torch.where(width > 2**20 * info.tiny, width, torch.ones_like(width))
    middle = (low + high) / 2
    steps = torch.linspace(0, 1, intervals + 1, dtype=x.dtype, device=x.device)
    even = (middle - width / 2)[:, None] + width[:, None] * steps
    if uniform < 1:
        few = slice(None, None, max(len(x) // 20_000, 1))
        counts = _quantiles(x[few], steps, None if weight is None else weight[few])
        even = torch.where((high > low)[:, None], uniform * even + (1 - uniform) * counts, even)
    even[:, 0] -= margin * width
    even[:, -1] += margin * width
    return even


def _quantiles(x: Tensor, steps: Tensor, weight: np.ndarray | None) -> Tensor:
    """Where the columns have passed these shares of the weight: shape (inputs, steps).

    A value stands at the middle of its own weight, the least at 0 and the greatest at 1, so that it does not
    matter whether a row counts twice or is listed twice; rows that all differ have their usual quantiles.
    """
    shares, weight = steps.double().cpu().numpy(), np.ones(len(x)) if weight is None else weight
    found = [_quantile(column, shares, weight) for column in x.double().cpu().numpy().T]
    return torch.from_numpy(np.stack(found)).to(x)


def _quantile(column: np.ndarray, shares: np.ndarray, weight: np.ndarray) -> np.ndarray:
    values, group = np.unique(column, return_inverse=True)
    if len(values) == 1:
        return np.repeat(values, len(shares))
    own = np.bincount(group, weights=weight / weight.max())
    place = np.cumsum(own) - own / 2
    return np.interp(shares, (place - place[0]) / (place[-1] - place[0]), values)


@torch.no_grad()
def move_grid(layer: KANLayer, knots: Tensor, x: Tensor, basis: Basis | None = None) -> None:
    """Give a layer other knots, its curves kept by least squares at ``x`` and evenly over the new grid.

    Parameters
    ----------
    knots : Tensor, shape (inputs, positions)
    x : Tensor, shape (rows, inputs)
        Where the data reach the layer.
    basis : Basis, optional
        The new basis, if it changes with the knots.
    """
    basis = layer.basis if basis is None else basis
    matrix = basis.insertion(layer.basis, layer.knots, knots)
    if matrix is not None:
        splines = matrix @ layer.weight[:, :-1]
        layer.weight = torch.nn.Parameter(torch.cat([splines, layer.weight[:, -1:]], dim=1))
        layer.basis, layer.knots = basis, knots
        return
    low, high = basis.border(knots)
    steps = torch.linspace(0, 1, 8 * basis.functions, dtype=x.dtype, device=x.device)
    even = low + steps[:, None] * (high - low)
    at = torch.cat([x[:: max(len(x) // 1000, 1)], even])
    curves = torch.einsum("nik,iko->ino", layer.features(at), layer.weight)
    layer.basis, layer.knots = basis, knots
    if layer.form is not None:
        layer.form = torch.nn.Parameter(basis.carried(layer.form, layer.in_features))
    features = layer.features(at).transpose(0, 1).double()
    residual = layer.weight[:, -1:]
    # The residual's share stays as it is: beside it the basis alone is well conditioned.
    splines = curves.double() - features[..., -1:] @ residual.double()
    weight = torch.linalg.lstsq(features[..., :-1], splines, driver="gelsd").solution
    layer.weight = torch.nn.Parameter(torch.cat([weight.to(residual.dtype), residual], dim=1))


@evaluating
@torch.no_grad()
def fit_grid(
    network: KAN,
    X: np.ndarray,
    uniform: float = 0.5,
    margin: float = MARGIN,
    weight: np.ndarray | None = None,
) -> None:
    """Place the grids of every layer where the data reach it, in place.

    The function is kept, but for the first time: the random curves of a new network are stretched. See
    `breaks_for` for the parameters.

    Examples
    --------
    >>> network, X = KAN([1, 1], intervals=4), np.linspace(2, 5, 50)[:, None]
    >>> fit_grid(network, X)
    >>> low, high = network.kan_layers()[0].knots[0, [3, -4]].tolist()
    >>> low <= 2, high >= 5
    (True, True)
    """
    x = as_tensor(network, X)
    for number, (layer, nodes) in enumerate(zip(network.kan_layers(), network.nodes, strict=True)):
        # How random curves spread the data says nothing about where a hidden grid must be fine.
        even = 1.0 if number and not network.placed else uniform
        breaks = breaks_for(x, layer.basis.intervals, even, margin, weight)
        if network.placed:
            move_grid(layer, layer.basis.grid(breaks), x)
        else:
            layer.knots = layer.basis.grid(breaks)
        if number + 1 < len(network.nodes):
            x = torch.cat([nodes.combine(layer(part)) for part in x.split(BLOCK)])
    network.placed = True


@torch.no_grad()
def covers(network: KAN, X: np.ndarray) -> bool:
    """Whether the grids are placed, the input grids hold the data and are not much wider than they are."""
    layer = network.kan_layers()[0]
    low, high = (b.double().cpu().numpy() for b in layer.basis.border(layer.knots))
    inside = (X.min(0) >= low) & (X.max(0) <= high)
    filled = X.max(0) - X.min(0) >= 0.9 * (high - low)
    return network.placed and bool((inside & filled).all())


def divided(breaks: Tensor, intervals: int) -> Tensor:
    """Every old break point and more between them, as evenly as it goes."""
    old = breaks.shape[1] - 1
    if intervals < old:
        raise ValueError(f"Refining needs more than the {old} intervals there are, not {intervals}.")
    extra = torch.arange(old) * (intervals % old) // old
    parts = intervals // old + torch.diff(extra, append=torch.tensor([intervals % old]))
    left = torch.arange(old).repeat_interleave(parts)
    step = torch.cat([torch.arange(int(p)) / int(p) for p in parts]).to(breaks)
    inner = breaks[:, left] + step * (breaks[:, left + 1] - breaks[:, left])
    return torch.cat([inner, breaks[:, -1:]], dim=1)
