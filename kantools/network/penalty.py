"""Penalties on a network for gradient descent: sparse, certain, smooth.

The solvers of second order have their own, gauge-free forms of them (`kantools.training.quadratic`).
"""

import torch
from torch import Tensor

from kantools.bases import Basis
from kantools.network.kan import KAN

__all__ = ["normalised", "smoothness", "sparsity"]


def sparsity(network: KAN, x: Tensor, entropy: float = 1.0, weight: Tensor | None = None) -> Tensor:
    """``sum_e |phi_e|_1 + entropy * H`` over the layers: ``|phi|_1`` is the mean absolute value of an
    edge's curve over the rows, by their ``weight`` if that is given, and ``H`` the entropy of the edges'
    shares in their layer.

    Source: Z. Liu et al., arXiv:2404.19756 (2024), equations 2.17 to 2.20.
    """
    total = x.new_zeros(())
    share_of_row = x.new_ones(len(x)) if weight is None else weight
    share_of_row = share_of_row / share_of_row.sum()
    for layer, nodes in zip(network.kan_layers(), network.nodes, strict=True):
        size = torch.einsum("n,nij->ij", share_of_row, layer.edge_values(x).abs())
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
        knots = normalised(layer.basis, layer.knots)
        rough = layer.basis.differences(knots, layer.form) @ layer.weight[:, :-1]
        total = total + (rough.square().sum(1) * layer.learned()).sum()
    return total


def normalised(basis: Basis, knots: Tensor) -> Tensor:
    """The grids moved to [0, 1], where differences are what they were and their powers are numbers.

    A column in units of 1e-200 has second derivatives of 1e400.
    """
    low, high = (b[:, None] for b in basis.border(knots))
    return (knots - low) / (high - low)
