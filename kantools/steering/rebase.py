"""Other basis functions under the same curves."""

import copy

import numpy as np
import torch

from kantools.bases import Basis
from kantools.network import KAN
from kantools.network.grid import breaks_for
from kantools.network.layer import KANLayer
from kantools.network.predict import as_tensor, evaluating

__all__ = ["rebased"]


@evaluating
@torch.no_grad()
def rebased(network: KAN, basis: Basis, layers: list[int], X: np.ndarray) -> KAN:
    """The network with another basis in some layers, its curves kept as far as that basis can draw them."""
    new = copy.deepcopy(network)
    values = network.node_values(as_tensor(network, X))
    for number in layers:
        _exchange(new.kan_layers()[number], basis, values[number])
    return new


def _exchange(layer: KANLayer, basis: Basis, x: torch.Tensor) -> None:
    """A layer's basis and grid, its coefficients by least squares at the rows and evenly over the grid.

    The residual's share stays as it is: beside it the basis alone is well conditioned.
    """
    knots = basis.grid(breaks_for(x, basis.intervals))
    low, high = basis.border(knots)
    steps = torch.linspace(0, 1, 8 * basis.functions, dtype=x.dtype, device=x.device)
    at = torch.cat([x[:: max(len(x) // 1000, 1)], low + steps[:, None] * (high - low)])
    curves = torch.einsum("nik,iko->ino", layer.features(at), layer.weight).double().cpu()
    form = basis.form(layer.in_features)
    layer.basis, layer.knots = basis, knots
    layer.form = None if form is None else torch.nn.Parameter(form.to(knots))
    features = layer.features(at).transpose(0, 1).double().cpu()
    residual = layer.weight[:, -1:].double().cpu()
    left = curves - features[..., -1:] @ residual
    weight = torch.linalg.lstsq(features[..., :-1], left, driver="gelsd").solution
    layer.weight = torch.nn.Parameter(torch.cat([weight, residual], dim=1).to(knots))
