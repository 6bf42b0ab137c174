"""The target in a unit of its own size while a network is trained on it.

Solvers of first order feel how large numbers are, and squares of 1e200 are none. So the target is divided by
a power of two next to its deviation, and so are the coefficients that make the output; afterwards these are
multiplied again. Powers of two round nothing: a table in other units leaves the same network in other units.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch

from kantools.network import KAN
from kantools.training.held_out import WeightedRows

__all__ = ["deviation", "measured_in", "target_unit"]


def target_unit(network: KAN, rows: WeightedRows) -> np.ndarray:
    """For each output the power of two to divide by; one where it cannot be divided.

    An output can be divided if it is the sum of learned edges.

    >>> target_unit(KAN([1, 1]), WeightedRows(np.zeros((2, 1)), np.array([[0.0], [1e30]]), np.ones(2)))
    array([3.169...e+29])
    """
    largest = np.abs(rows.Y).max(0)
    size = np.where(largest > 0, largest, 1.0)
    weight = rows.relative.weight
    exponents = np.frexp(size * deviation(rows.Y / size, weight))[1]
    return np.where(_divisible(network), np.ldexp(1.0, exponents - 1), 1.0)


def deviation(Y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Standard deviation of each output; of a constant one its size. The weights sum to one."""
    mean = weight @ Y
    scale, size = np.sqrt(weight @ (Y - mean) ** 2), np.abs(mean)
    return np.where(scale > 1e-14 * size, scale, np.where(size > 0, size, 1.0))


def _divisible(network: KAN) -> np.ndarray:
    nodes, last = network.nodes[-1], network.kan_layers()[-1]
    fixed = {target for (_, target), _ in last.active_fixed()}
    return np.array([k < nodes.sums and k not in fixed for k in range(nodes.count)])


@contextmanager
def measured_in(network: KAN, unit: np.ndarray) -> Iterator[None]:
    """While it lasts the network's output is in these units, the function of a placed network the same.

    The random curves of a new network have no unit yet: they are taken to be in this one.
    """
    if network.placed:
        _scale(network, 1 / unit)
    try:
        yield
    finally:
        _scale(network, unit)


@torch.no_grad()
def _scale(network: KAN, factors: np.ndarray) -> None:
    weight = network.kan_layers()[-1].weight
    sums = network.nodes[-1].sums
    weight[..., :sums] *= torch.from_numpy(factors[:sums]).to(weight)
