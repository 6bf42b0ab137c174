"""Networks of other packages, where they are installed, and plain perceptrons to compare with."""

from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from typing import TypeAlias

import torch
from torch import nn

from kantools.network import KAN

__all__ = ["Maker", "equal_parameters", "installed", "kantools_network", "perceptron", "spline_peers"]

Maker: TypeAlias = Callable[[Sequence[int], int, torch.dtype], nn.Module]
"""From widths, number of intervals and type to a network of cubic splines."""


def installed(package: str) -> str | None:
    """The version of a package, None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def kantools_network(width: Sequence[int], intervals: int, dtype: torch.dtype) -> nn.Module:
    """The network that is on trial."""
    return KAN(list(width), intervals=intervals, dtype=dtype)


def pykan(width: Sequence[int], intervals: int, dtype: torch.dtype) -> nn.Module:
    """pykan's, as fast as it goes: nothing saved, no symbolic branch."""
    from kan import KAN as Pykan

    network = Pykan(width=list(width), grid=intervals, k=3, save_act=False, auto_save=False)
    return network.speed().to(dtype)


def inkan(width: Sequence[int], intervals: int, dtype: torch.dtype) -> nn.Module:
    """inkan's, compiled as by default."""
    import inkan

    return inkan.KANNetwork(list(width), grid_size=intervals).to(dtype)


def flashkan(width: Sequence[int], intervals: int, dtype: torch.dtype) -> nn.Module:
    """flashkan's; its gradients are wrong (see the lab book), its speed counts all the same."""
    import flashkan

    return flashkan.KANNetwork(list(width), grid_size=intervals).to(dtype)


def spline_peers() -> dict[str, Maker]:
    """All by the name of their package."""
    return {"pykan": pykan, "inkan": inkan, "flashkan": flashkan}


def perceptron(width: Sequence[int], dtype: torch.dtype) -> nn.Module:
    """Linear layers with SiLU between them."""
    layers: list[nn.Module] = []
    for a, b in pairwise(width):
        layers += [nn.Linear(a, b, dtype=dtype), nn.SiLU()]
    return nn.Sequential(*layers[:-1])


def equal_parameters(width: Sequence[int], parameters: int) -> list[int]:
    """The widths of a perceptron with one hidden layer that has as many parameters."""
    first, last = width[0], width[-1]
    return [first, round((parameters - last) / (first + last + 1)), last]
