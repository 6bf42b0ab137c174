"""The curves of a network that count: without edges that lead to a node from which nothing goes on."""

import numpy as np

from kantools.activation import Activation, Activations
from kantools.network.kan import KAN
from kantools.network.observe import observe

__all__ = ["activations_of"]


def activations_of(
    network: KAN, X: np.ndarray, columns: tuple[str, ...] | None = None, points: int = 160
) -> Activations:
    """The curves of a network's edges, fixed ones named, dead ones left out."""
    seen = observe(network, X, columns, points=points)
    return Activations(seen.columns, seen.nodes, _alive(seen))


def _alive(seen: Activations) -> tuple[Activation, ...]:
    """Without edges that lead to a node from which nothing goes on."""
    edges = list(seen.edges)
    last = len(seen.nodes) - 1
    while True:
        sources = {(a.edge.layer, a.edge.source) for a in edges}

        def used(a: Activation, sources: set[tuple[int, int]] = sources) -> bool:
            if a.edge.layer == last:
                return True
            groups = seen.nodes[a.edge.layer]
            node = next(k for k, group in enumerate(groups) if a.edge.target in group)
            return (a.edge.layer + 1, node) in sources

        kept = [a for a in edges if used(a)]
        if len(kept) == len(edges):
            return tuple(kept)
        edges = kept
