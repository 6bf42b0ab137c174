"""Skip connections: the inputs carried past the hidden layers.

A skip is a chain of sum nodes, one in each hidden layer, that the identity leads from an input to. The next
layer has learned edges from it as from any other node, so that every layer sees the inputs too.

Source: K. He et al., "Deep residual learning", arXiv:1512.03385 (2015), for the idea.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kantools.network.nodes import Nodes

if TYPE_CHECKING:
    from kantools.network.network import KAN

__all__ = ["carry_inputs", "widened"]


def widened(width: Sequence[int | Sequence[int]]) -> list[int | Sequence[int]]:
    """The width with a sum node more for each input in every hidden layer.

    >>> widened([2, 5, [3, 1], 1])
    [2, [7, 0], [5, 1], 1]
    """
    inputs = Nodes.read(width[0]).count
    hidden = [Nodes.read(entry) for entry in width[1:-1]]
    return [width[0], *([n.sums + inputs, len(n.arities)] for n in hidden), width[-1]]


def carry_inputs(network: "KAN") -> None:
    """Make the last sum nodes of every hidden layer copies of the inputs, in place."""
    before = 0
    for number, nodes in enumerate(network.nodes[:-1]):
        first = nodes.sums - network.inputs
        layer = network.kan_layers()[number]
        layer.mask[:, first : nodes.sums] = False
        for k in range(network.inputs):
            network.fix((number, before + k, first + k), "identity")
        before = first
