"""The network as a function on numpy arrays."""

import numpy as np
import torch

from kantools.network.network import KAN

__all__ = ["as_tensor", "predict"]


def as_tensor(network: KAN, X: np.ndarray) -> torch.Tensor:
    """An array as a tensor of the network's type, on its device."""
    weight = network.kan_layers()[0].weight
    return torch.as_tensor(np.ascontiguousarray(X), dtype=weight.dtype, device=weight.device)


@torch.no_grad()
def predict(network: KAN, X: np.ndarray) -> np.ndarray:
    """The output at each row: shape (rows,) for a single output, else (rows, outputs).

    >>> predict(KAN([2, 3, 1]), np.zeros((4, 2))).shape
    (4,)
    """
    out = network(as_tensor(network, X)).double().cpu().numpy()
    return out[:, 0] if network.outputs == 1 else out
