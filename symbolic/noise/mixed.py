"""Mixed noise: a constant part, which small values show, and a share of the value, which large ones show.

Source: D. M. Rocke and S. Lorenzato, "A two-component model for measurement error in analytical chemistry",
Technometrics 37 (1995) 176-184.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from kantools.symbolic.noise.model import TINY, Array, NoiseModel

__all__ = ["MIXED", "Mixed"]

#: Logits of the share of variance that goes with the value: 1e-9 to 1 - 1e-9, a step so fine that the
#: minimum lies beside the least of them.
LOGITS = np.linspace(-20.7, 20.7, 24)
#: Of the smallest value measured: in proportion to so much of it, the constant part is not smaller.
LEAST = 1 / 3


@dataclass(frozen=True)
class Mixed(NoiseModel):
    """``σ² = a² + b² f²``, of most likelihood.

    With ``g = 1 - t + t f²/m²`` and ``m²`` the mean of ``f²``, the scale is ``s² = mean (y - f)²/g``, and
    ``n/2 ln s² + ½ Σ ln g`` is minimised along the share ``t`` alone; ``a² = (1 - t) s²``, ``b² = t s²/m²``.
    The constant part is no less than a third of what the smallest value measured has in proportion: where a
    law says 0 and 0 is what stands there, as in many a table's first row, nothing was measured.

    >>> f = np.repeat([0.0, 1.0, 10.0], 2)
    >>> MIXED.fitted(f + np.array([1.0, -1.0, 2.0, -2.0, 17.3, -17.3]), f).round(1).tolist()
    [1.0, 1.7]
    """

    name = "mixed"
    parameters = 2

    def fitted(self, y: Array, f: Array) -> Array:
        squares, power = (y - f) ** 2, float(np.mean(f**2)) or 1.0
        ratio = f**2 / power

        def shape(logit: Array | float) -> Array:
            return (1 + np.multiply.outer(np.exp(logit), ratio)) / (1 + np.exp(np.expand_dims(logit, -1)))

        def nats(logit: Array | float) -> Array:
            g = np.maximum(shape(logit), TINY)
            scale = np.maximum(np.mean(squares / g, axis=-1), TINY)
            return 0.5 * len(y) * np.log(scale) + 0.5 * np.log(g).sum(axis=-1)

        least = float(np.abs(y[y != 0]).min(initial=np.sqrt(power)))
        logits = np.append(LOGITS[0], np.minimum(LOGITS[1:], np.log(power / (LEAST * least) ** 2)))
        k = int(np.argmin(nats(logits)))
        ends = logits[max(k - 1, 0)], max(logits[min(k + 1, len(logits) - 1)], logits[0] + TINY)
        best = minimize_scalar(nats, bounds=ends, method="bounded").x
        t, scale = 1 / (1 + np.exp(-best)), np.mean(squares / np.maximum(shape(best), TINY))
        return np.sqrt(np.array([(1 - t) * scale, t * scale / power]))

    def variance(self, f: Array, parameters: Array) -> Array:
        a, b = parameters
        return a**2 + (b * f) ** 2


MIXED = Mixed()
