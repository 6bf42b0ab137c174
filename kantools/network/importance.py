"""How much of the output goes through each edge and node.

The importance of an edge is what the output would change, to first order, if the edge were replaced by
its mean: the root mean square of ``s (phi - mean phi)`` over the rows, where ``s`` is the sensitivity of the
output to the subnode that the edge ends in, over the standard deviation of the output. It does not depend
on how hidden nodes are scaled.
"""

import numpy as np
import torch
from torch import Tensor

from kantools.network.kan import KAN
from kantools.network.predict import as_tensor, evaluating

__all__ = ["edge_importance", "node_importance"]


@evaluating
def edge_importance(network: KAN, X: np.ndarray) -> list[np.ndarray]:
    """Importance of every edge, 0 to 1: for each layer an array of shape (inputs, subnodes).

    Masked edges have none; with several outputs the largest counts.
    """
    x = as_tensor(network, X)
    inputs, subnodes, out = _traced(network, x)
    found = [np.zeros(layer.mask.shape) for layer in network.kan_layers()]
    for k in range(network.outputs):
        column = out[:, k]
        spread = float(column.detach().std(correction=0)) or 1.0
        slopes = torch.autograd.grad(column.sum(), subnodes, retain_graph=True, allow_unused=True)
        for number, layer in enumerate(network.kan_layers()):
            if slopes[number] is not None:
                share = _share(layer.edge_values(inputs[number]).detach(), slopes[number]) / spread
                found[number] = np.maximum(found[number], share.double().cpu().numpy())
    return [np.minimum(np.nan_to_num(f), 1.0) for f in found]


def node_importance(network: KAN, X: np.ndarray) -> list[np.ndarray]:
    """Importance of the nodes of each layer, inputs first and outputs left out: that of their best edge."""
    return [scores.max(axis=1) for scores in edge_importance(network, X)]


def _traced(network: KAN, x: Tensor) -> tuple[list[Tensor], list[Tensor], Tensor]:
    inputs, subnodes = [], []
    for layer, nodes in zip(network.kan_layers(), network.nodes, strict=True):
        inputs.append(x.detach())
        subnodes.append(layer(x) if x.requires_grad else layer(x).detach().requires_grad_())
        x = nodes.combine(subnodes[-1])
    return inputs, subnodes, x


def _share(values: Tensor, slopes: Tensor) -> Tensor:
    centred = values - values.mean(0)
    return (slopes[:, None, :] * centred).square().mean(0).sqrt()
