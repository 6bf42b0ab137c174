"""What crosses from the network to the symbolic side: plain arrays and the wiring.

A Kolmogorov-Arnold network puts a learned one-dimensional function on every edge. Once it is trained,
each of these functions is observed as a curve, and the symbolic side needs nothing else: neither torch
nor the basis it was learned with.
"""

from dataclasses import dataclass

import numpy as np

__all__ = ["Activation", "Activations", "Edge"]


@dataclass(frozen=True, order=True)
class Edge:
    """An edge of a network: ``(layer, source, target)``, in that order everywhere.

    ``target`` counts the *subnodes* of the next layer: a sum node is one subnode, a product node of
    arity ``m`` is the product of ``m`` subnodes.

    Examples
    --------
    >>> Edge(0, 1, 0) < Edge(1, 0, 0)
    True
    """

    layer: int
    source: int
    target: int


@dataclass(frozen=True)
class Activation:
    """The function of one edge as a curve.

    Attributes
    ----------
    edge : Edge
    x, y : ndarray, shape (points,)
        Where the data reached this edge (sorted, increasing) and the learned value there.
    fixed : str or None
        The name of the function where it was not learned but given (``"identity"``, ``"exp"``, …).
    importance : float
        Share of the output's variation that goes through this edge, 0 … 1.

    Examples
    --------
    >>> square = Activation(Edge(0, 0, 0), np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 4.0]))
    >>> square.x.shape, square.fixed, square.importance
    ((3,), None, 1.0)
    """

    edge: Edge
    x: np.ndarray
    y: np.ndarray
    fixed: str | None = None
    importance: float = 1.0


@dataclass(frozen=True)
class Activations:
    """All active edges of a network and how their ends are wired.

    Attributes
    ----------
    columns : tuple of str
        The names of the input nodes, in order.
    nodes : tuple of tuple of tuple of int
        ``nodes[l][k]`` lists the subnodes of layer ``l`` (counted from the first hidden layer, 0) whose
        product is node ``k``: one subnode for a sum node, several for a product node. The last layer is
        the output.
    edges : tuple of Activation
        Sorted by edge; masked edges are absent.

    Examples
    --------
    >>> x = np.linspace(0, 1, 5)
    >>> curves = tuple(Activation(Edge(0, k, 0), x, (k + 1) * x) for k in (0, 1))
    >>> sums = Activations(("a", "b"), (((0,),),), curves)
    >>> sums[Edge(0, 1, 0)].y[-1], len(sums.into(0, 0))
    (np.float64(2.0), 2)
    """

    columns: tuple[str, ...]
    nodes: tuple[tuple[tuple[int, ...], ...], ...]
    edges: tuple[Activation, ...]

    def __getitem__(self, edge: Edge) -> Activation:
        for activation in self.edges:
            if activation.edge == edge:
                return activation
        raise KeyError(f"{edge} is not an active edge of this network")

    def into(self, layer: int, target: int) -> tuple[Activation, ...]:
        """The activations that a subnode sums.

        >>> at = np.array([0.0, 1.0])
        >>> into = [Activation(Edge(0, k, k // 2), at, at) for k in range(3)]
        >>> [a.edge.source for a in Activations(("a", "b", "c"), (((0, 1),),), tuple(into)).into(0, 0)]
        [0, 1]
        """
        return tuple(a for a in self.edges if (a.edge.layer, a.edge.target) == (layer, target))
