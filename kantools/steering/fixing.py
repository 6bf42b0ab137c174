"""Give a curve the name of a function, and take the name away again."""

import copy

import numpy as np
import torch

from kantools.activation import Edge
from kantools.network import KAN
from kantools.network.fixed import affine_key
from kantools.network.grid import fit_grid
from kantools.network.predict import as_tensor, evaluating
from kantools.symbolic.curves.affine import AffineFit

__all__ = ["affine_of", "fixed_name", "released", "snapped"]


def fixed_name(network: KAN, edge: Edge) -> str | None:
    """The function that an edge is fixed to; None where it is learned."""
    return network.kan_layers()[edge.layer].fixed.get((edge.source, edge.target))


def affine_of(network: KAN, edge: Edge) -> tuple[float, ...] | None:
    """``a, b, c, d`` of a fixed edge; None where it has no numbers of its own."""
    own, key = network.kan_layers()[edge.layer].affine, affine_key(edge.source, edge.target)
    return tuple(own[key].tolist()) if key in own else None


def snapped(network: KAN, edge: Edge, fit: AffineFit) -> KAN:
    """The network with ``c f(a x + b) + d`` in the place of a curve."""
    new = copy.deepcopy(network)
    new.fix(edge, fit.primitive.name, affine=fit.numbers)
    return new


@evaluating
@torch.no_grad()
def released(network: KAN, edge: Edge, X: np.ndarray) -> KAN:
    """The network with a curve in the place of a fixed function, as close to it as its basis comes.

    Where nodes have moved while the edge was fixed, grids are placed anew.
    """
    new = copy.deepcopy(network)
    values = new.node_values(as_tensor(new, X))[edge.layer]
    y = new.kan_layers()[edge.layer].edge_values(values)[:, edge.source, edge.target]
    new.release(edge)
    if not _covered(new, edge, values):
        fit_grid(new, X)
    _draw(new, edge, values, y)
    return new


def _covered(network: KAN, edge: Edge, values: torch.Tensor) -> bool:
    layer = network.kan_layers()[edge.layer]
    low, high = (border[edge.source] for border in layer.basis.border(layer.knots))
    x = values[:, edge.source]
    return bool((x >= low).all() and (x <= high).all())


def _draw(network: KAN, edge: Edge, values: torch.Tensor, y: torch.Tensor) -> None:
    """Least-squares coefficients for ``y``, the smallest where rows leave some open, and no residual."""
    layer = network.kan_layers()[edge.layer]
    features = layer.features(values)[:, edge.source, :-1].double().cpu()
    solution = torch.linalg.lstsq(features, y.double().cpu()[:, None], driver="gelsd").solution[:, 0]
    layer.weight[edge.source, :-1, edge.target] = solution.to(layer.weight)
    layer.weight[edge.source, -1, edge.target] = 0.0
