"""What a network's training has to compile, compiled before its time begins to run."""

from collections.abc import Callable

import numpy as np
import torch

from kantools.kernels.prepare import NOTICE, noticed, prepare
from kantools.network import KAN
from kantools.network.backends import TRAINED
from kantools.network.predict import as_tensor

__all__ = ["rehearse"]


def rehearse(network: KAN, X: np.ndarray, tell: Callable[[str], None] = NOTICE) -> None:
    """Evaluate a network and its gradient at a few rows; the network stays as it is.

    The kernels of a layer are compiled for its width and precision, so they cannot be known before.

    Parameters
    ----------
    network : KAN
    X : ndarray, shape (rows, inputs)
        So many of the rows are evaluated that the kernels for long tables are among those called.
    tell : callable
        As for :func:`kantools.kernels.prepare.prepare`.

    Examples
    --------
    >>> network = KAN([2, 1])
    >>> rehearse(network, np.zeros((5, 2)))
    >>> network.kan_layers()[0].weight.grad is None
    True
    """
    prepare(tell)
    with noticed(tell):
        _evaluate(network, as_tensor(network, X[:TRAINED]))


def _evaluate(network: KAN, x: torch.Tensor) -> None:
    """Without dropout, which would draw random numbers that the training is to draw."""
    was_training = network.training
    network.eval()
    try:
        trained = [p for p in network.parameters() if p.requires_grad]
        torch.autograd.grad(network(x).sum(), trained, allow_unused=True)
    finally:
        network.train(was_training)
