"""Penalties on a network for gradient descent: sparse, certain, smooth.

The solvers of second order have their own, gauge-free forms of them (`kantools.training.quadratic`).
"""

import torch
from torch import Tensor

from kantools.network.network import KAN

__all__ = ["smoothness", "sparsity"]


def sparsity(network: KAN, x: Tensor, entropy: float = 1.0) -> Tensor:
    """``sum_e |phi_e|_1 + entropy * H`` over the layers: ``|phi|_1`` is the mean absolute value of an
    edge's curve over the rows and ``H`` the entropy of the edges' shares in their layer.

    Source: Z. Liu et al., arXiv:2404.19756 (2024), equations 2.17 to 2.20.
    """
    total = x.new_zeros(())
    for layer, nodes in zip(network.kan_layers(), network.nodes, strict=True):
        size = layer.edge_values(x).abs().mean(0)
        share = size / size.sum().clamp_min(torch.finfo(x.dtype).tiny)
        total = total + size.sum() - entropy * torch.special.xlogy(share, share).sum()
        x = nodes.combine(layer(x))
    return total


def smoothness(network: KAN) -> Tensor:
    """``sum_e |D c_e|^2``: squared second differences of the coefficients of the learned edges.

    Source: P. Eilers, B. Marx, Statistical Science 11 (1996) 89-121.
    """
    total = network.kan_layers()[0].weight.new_zeros(())
    for layer in network.kan_layers():
        rough = layer.basis.differences(layer.knots, layer.form) @ layer.weight[:, :-1]
        total = total + (rough.square().sum(1) * layer.learned()).sum()
    return total
