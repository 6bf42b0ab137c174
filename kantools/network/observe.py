"""The learned functions as curves, for the symbolic side and for the eye."""

from collections.abc import Sequence

import numpy as np
import torch

from kantools.activation import Activation, Activations, Edge
from kantools.network.fixed import affine_key
from kantools.network.importance import edge_importance
from kantools.network.kan import KAN
from kantools.network.predict import as_tensor, evaluating

__all__ = ["observe"]


@evaluating
@torch.no_grad()
def observe(
    network: KAN, X: np.ndarray, columns: Sequence[str] | None = None, points: int = 200
) -> Activations:
    """The curve of every active edge where the data reach it.

    Parameters
    ----------
    network : KAN
    X : ndarray, shape (rows, inputs)
    columns : sequence of str, optional
        Names of the inputs; ``x1``, ``x2``, … if not given.
    points : int
        At most this many points a curve: of the rows, sorted, evenly many, with both ends.

    Returns
    -------
    Activations
        Adding up the curves into each subnode and multiplying the subnodes of each node gives the output.

    Examples
    --------
    >>> X = np.random.default_rng(0).uniform(-1, 1, (100, 2))
    >>> seen = observe(KAN([2, 1]), X, ["a", "b"])
    >>> seen.columns, len(seen.edges), seen.edges[0].x[0] == X[:, 0].min()
    (('a', 'b'), 2, np.True_)
    """
    names = tuple(columns) if columns is not None else tuple(f"x{i + 1}" for i in range(network.inputs))
    if len(names) != network.inputs:
        raise ValueError(f"This network has {network.inputs} inputs; {len(names)} names were given: {names}.")
    with torch.enable_grad():
        importance = edge_importance(network, X)
    curves: list[Activation] = []
    for number, values in enumerate(network.node_values(as_tensor(network, X))[:-1]):
        curves += _layer_curves(network, number, values, importance[number], points)
    return Activations(names, tuple(n.groups for n in network.nodes), tuple(curves))


def _layer_curves(
    network: KAN, number: int, values: torch.Tensor, importance: np.ndarray, points: int
) -> list[Activation]:
    layer = network.kan_layers()[number]
    at = _spread(values, points)
    x, y = at.double().cpu().numpy(), layer.edge_values(at).double().cpu().numpy()
    return [
        Activation(
            Edge(number, i, j),
            x[:, i].copy(),
            y[:, i, j].copy(),
            None if affine_key(i, j) in layer.affine else layer.fixed.get((i, j)),
            float(importance[i, j]),
        )
        for i, j in layer.mask.nonzero().tolist()
    ]


def _spread(values: torch.Tensor, points: int) -> torch.Tensor:
    """Evenly many of the sorted rows of each column, first and last among them."""
    rows = torch.linspace(0, len(values) - 1, min(points, len(values)), dtype=torch.float64)
    return values.sort(dim=0).values[rows.round().long().to(values.device)]
