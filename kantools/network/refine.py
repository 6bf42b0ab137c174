"""Finer grids that need not make a network worse.

Every old knot stays, so that the old curves of a spline are among the new ones and their coefficients are
worked out exactly. Polynomials and waves of higher order hold the old ones too. Bells and bumps become
narrower with their grid: there the curves come as close as least squares can, and the coefficients of the
output take back on the rows what is left of the difference.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from kantools.network.grid import divided, move_grid
from kantools.network.kan import KAN
from kantools.network.predict import as_tensor, evaluating

__all__ = ["refine"]

FEW = 20_000
"""Output coefficients are adjusted on at most so many rows, evenly spread over the table."""

NULL = 1e-9
"""Directions that the rows tell apart by less than this share are left alone."""

Kept = list[tuple[Any, ...]]


@evaluating
@torch.no_grad()
def refine(
    network: KAN,
    X: np.ndarray,
    intervals: int,
    y: np.ndarray | None = None,
    weight: np.ndarray | None = None,
) -> bool:
    """Divide the grids more finely, the function being kept, in place.

    Parameters
    ----------
    network : KAN
    X : ndarray, shape (rows, inputs)
        Rows that say where the data reach each layer.
    intervals : int
        The new number of intervals.
    y : ndarray, shape (rows,) or (rows, outputs), optional
        The target. Where the old curves are not among the new ones the squared error could rise; with the
        target it never does: the output coefficients are fitted to it if need be, and if that is not enough
        the network stays as it was.
    weight : ndarray, shape (rows,), optional
        How much a row counts.

    Returns
    -------
    bool
        Whether the grids are finer now. Bells and bumps that already fit to several digits often are not:
        without ``y`` they become finer all the same, and the next training has to win back what was lost.

    Raises
    ------
    ValueError
        If there are already more intervals.

    >>> network, X = KAN([1, 1], intervals=4), np.linspace(-1, 1, 30)[:, None]
    >>> refine(network, X, 8, np.sin(X[:, 0])), network.layers[0].basis.intervals
    (True, 8)
    """
    x, root = as_tensor(network, X), _root(network, X, weight)
    before, kept = network(x), _snapshot(network)
    _divide(network, x, intervals)
    _approach(network, x, before, root)
    if y is None:
        return True
    target = as_tensor(network, np.asarray(y, float).reshape(len(X), -1))
    most = _error(before, target, root)
    if _error(network(x), target, root) > most:
        _approach(network, x, target, root)
    if _error(network(x), target, root) <= most:
        return True
    _restore(network, kept)
    return False


def _divide(network: KAN, x: Tensor, intervals: int) -> None:
    for layer, nodes in zip(network.kan_layers(), network.nodes, strict=True):
        before = nodes.combine(layer(x))
        basis = replace(layer.basis, intervals=intervals)
        move_grid(layer, basis.grid(divided(layer.basis.breaks(layer.knots), intervals)), x, basis)
        x = before


def _approach(network: KAN, x: Tensor, target: Tensor, root: Tensor) -> None:
    """The least change of the output coefficients that brings the output closest to the target."""
    few = slice(None, None, max(len(x) // FEW, 1))
    values, last = network.node_values(x[few])[-2], network.kan_layers()[-1]
    missing = ((target[few] - network(x[few])) * root[few]).double()
    features = (last.features(values) * root[few, :, None]).double()
    learned = last.learned()
    for node in range(network.nodes[-1].sums):
        edges = learned[:, node]
        if bool(edges.any()):
            own = features[:, edges].flatten(1)
            step = torch.linalg.lstsq(
                own.cpu(), missing[:, node, None].cpu(), rcond=NULL, driver="gelsd"
            ).solution
            last.weight[edges, :, node] += step.reshape(int(edges.sum()), -1).to(last.weight)


def _root(network: KAN, X: np.ndarray, weight: np.ndarray | None) -> Tensor:
    """Square roots of the weights, shape (rows, 1)."""
    weight = np.ones(len(X)) if weight is None else np.asarray(weight, float)
    return as_tensor(network, np.sqrt(weight / weight.max()))[:, None]


def _error(output: Tensor, target: Tensor, root: Tensor) -> float:
    """Root of the weighted squared error, and no less than rounding, below which nothing is better."""
    off, size = ((output - target) * root).double(), (target * root).double().norm()
    return max(float(off.norm()), 16 * torch.finfo(target.dtype).eps * float(size))


def _snapshot(network: KAN) -> Kept:
    return [(layer.basis, layer.knots, layer.weight, layer.form) for layer in network.kan_layers()]


def _restore(network: KAN, kept: Kept) -> None:
    for layer, (basis, knots, weight, form) in zip(network.kan_layers(), kept, strict=True):
        layer.basis, layer.knots, layer.weight, layer.form = basis, knots, weight, form
