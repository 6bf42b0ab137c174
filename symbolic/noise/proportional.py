"""Proportional noise: so many percent of the value, as of most quantities that range over decades."""

from dataclasses import dataclass

import numpy as np

from kantools.symbolic.noise.model import Array, NoiseModel

__all__ = ["PROPORTIONAL", "Proportional"]


@dataclass(frozen=True)
class Proportional(NoiseModel):
    """``σ² = b² f²`` with ``b² = mean ((y - f)/f)²``.

    >>> PROPORTIONAL.fitted(np.array([1.1, 90.0, 11.0]), np.array([1.0, 100.0, 10.0])).round(3).tolist()
    [0.1]
    """

    name = "proportional"
    parameters = 1

    def refusal(self, y: Array) -> str:
        if (y > 0).all() or (y < 0).all():
            return ""
        return (
            "Proportional noise needs a target of one sign and without zeros, where it would vanish; got "
            f'values from {y.min():g} to {y.max():g}. Take noise="mixed", which keeps a constant part.'
        )

    def bears(self, y: Array, f: Array) -> bool:
        return super().bears(y, f) and bool((np.sign(f) == np.sign(y)).all())

    def fitted(self, y: Array, f: Array) -> Array:
        return np.array([np.sqrt(np.mean(((y - f) / f) ** 2))])

    def variance(self, f: Array, parameters: Array) -> Array:
        return (parameters[0] * f) ** 2


PROPORTIONAL = Proportional()
