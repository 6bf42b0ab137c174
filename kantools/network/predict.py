"""The network as a function on numpy arrays."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import numpy as np
import torch

from kantools.network.kan import KAN

__all__ = ["as_tensor", "evaluating", "predict"]


def as_tensor(network: KAN, X: np.ndarray) -> torch.Tensor:
    """An array as a tensor of the network's type, on its device."""
    weight = network.kan_layers()[0].weight
    return torch.as_tensor(_readable(np.ascontiguousarray(X)), dtype=weight.dtype, device=weight.device)


class _Readable:
    """The memory of an array that must not be written, a file mapped for reading: here it is only read.

    PyTorch would warn of it, and to silence that is to change the warnings of all threads.
    """

    def __init__(self, X: np.ndarray) -> None:
        interface = X.__array_interface__
        self.__array_interface__ = interface | {"data": (interface["data"][0], False)}
        self.kept = X


def _readable(X: np.ndarray) -> np.ndarray:
    return X if X.flags.writeable else np.asarray(_Readable(X))


P = ParamSpec("P")
T = TypeVar("T")


def evaluating(verb: Callable[Concatenate[KAN, P], T]) -> Callable[Concatenate[KAN, P], T]:
    """A function of a network that sees it in evaluation mode, without dropout."""

    @wraps(verb)
    def inner(network: KAN, *args: P.args, **options: P.kwargs) -> T:
        training = network.training
        network.eval()
        try:
            return verb(network, *args, **options)
        finally:
            network.train(training)

    return inner


@evaluating
@torch.no_grad()
def predict(network: KAN, X: np.ndarray) -> np.ndarray:
    """The output at each row: shape (rows,) for a single output, else (rows, outputs).

    >>> predict(KAN([2, 3, 1]), np.zeros((4, 2))).shape
    (4,)
    """
    out = network(as_tensor(network, X)).double().cpu().numpy()
    return out[:, 0] if network.outputs == 1 else out
