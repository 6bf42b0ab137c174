"""Constant noise: alike on all rows, as of an instrument with one range."""

from dataclasses import dataclass

import numpy as np

from kantools.symbolic.noise.model import Array, NoiseModel

__all__ = ["CONSTANT", "Constant"]


@dataclass(frozen=True)
class Constant(NoiseModel):
    """``σ² = a²`` with ``a² = mean (y - f)²``.

    >>> y = np.array([1.0, -1.0, 1.0, -1.0])
    >>> CONSTANT.fitted(y, np.zeros(4)).tolist(), round(CONSTANT.nats(y, np.zeros(4)), 3)
    ([1.0], 6.369)
    """

    name = "constant"
    parameters = 1
    follows = False

    def fitted(self, y: Array, f: Array) -> Array:
        return np.array([np.sqrt(np.mean((y - f) ** 2))])

    def variance(self, f: Array, parameters: Array) -> Array:
        return np.full(np.shape(f), parameters[0] ** 2)


CONSTANT = Constant()
