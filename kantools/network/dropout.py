"""Dropout of edges: noise that keeps a network from leaning on any single curve.

In training every edge is left out with probability ``p``, for each row anew, and those that stay are scaled
by ``1/(1 - p)``, so that sums keep their mean. The curves' values are dropped: dropping
inputs instead would only move them to the curve's value at zero.

Source: M. Altarabichi, "DropKAN", arXiv:2407.13044 (2024).
"""

import torch
from torch import Tensor

__all__ = ["dropped_out", "rate"]


def rate(dropout: float) -> float:
    """The number itself, if it can be a share of edges that are left out."""
    if not 0 <= dropout < 1:
        raise ValueError(f"dropout is a share of the edges, from 0 to less than 1, not {dropout}; try 0.1.")
    return float(dropout)


def dropped_out(edges: Tensor, dropout: float, generator: torch.Generator | None = None) -> Tensor:
    """Some values zero and the others scaled up, each by a draw of its own.

    Parameters
    ----------
    edges : Tensor, shape (rows, inputs, outputs)
    dropout : float
        Probability of a zero.
    generator : torch.Generator, optional
        Where the draws come from; torch's global state, as in ``torch.nn.Dropout``, if not given.

    >>> dropped_out(torch.ones(1, 2, 3), 0.5, torch.Generator().manual_seed(0)).unique()
    tensor([0., 2.])
    """
    draws = torch.empty_like(edges, requires_grad=False).uniform_(generator=generator)
    return edges * (draws >= dropout) / (1 - dropout)
