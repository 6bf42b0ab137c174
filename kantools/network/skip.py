"""Skip connections: the inputs carried past the hidden layers.

A skip is a chain of sum nodes, one in each hidden layer, that the identity leads from an input to. The next
layer has learned edges from it as from any other node, so that every layer sees the inputs too.

Source: K. He et al., "Deep residual learning", arXiv:1512.03385 (2015), for the idea.
"""

from collections.abc import Iterator, Sequence

from kantools.activation import Edge
from kantools.network.nodes import Nodes

__all__ = ["carriers", "widened"]


def widened(width: Sequence[int | Sequence[int]]) -> list[int | Sequence[int]]:
    """The width with a sum node more for each input in every hidden layer.

    >>> widened([2, 5, [3, 1], 1])
    [2, [7, 0], [5, 1], 1]
    """
    inputs = Nodes.read(width[0]).count
    hidden = [Nodes.read(entry) for entry in width[1:-1]]
    return [width[0], *([n.sums + inputs, len(n.arities)] for n in hidden), width[-1]]


def carriers(nodes: Sequence[Nodes], inputs: int) -> Iterator[Edge]:
    """The edges that have to be the identity: they end in the last sum nodes of every hidden layer.

    >>> list(carriers([Nodes.read(3), Nodes.read(4), Nodes.read(1)], 1))
    [Edge(layer=0, source=0, target=2), Edge(layer=1, source=2, target=3)]
    """
    before = 0
    for number, layer in enumerate(nodes[:-1]):
        first = layer.sums - inputs
        yield from (Edge(number, before + k, first + k) for k in range(inputs))
        before = first
