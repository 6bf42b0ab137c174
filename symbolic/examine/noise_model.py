"""How the noise goes with the target: the same on every row, or in proportion to it.

Quantities that range over decades are mostly measured to a percentage. Weighting them all alike would let
the largest few decide. Both noise models are held against the residuals of a first good formula by their
likelihood; constant scatter is given up only for a clear reason.
"""

import numpy as np

from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula

__all__ = ["relative_is_better"]

CLEAR = 3.0  # nats of likelihood that speak for relative scatter
RANGE = 3.0  # a target that varies by less tells the two apart too badly to ask
FINE = 0.2  # a formula worse than this (relative residuals) says nothing about the noise


def relative_is_better(formula: Formula, data: Data) -> bool:
    """Whether the residuals of a formula are in proportion to the target rather than all alike.

    The log-likelihoods of normal noise with the scale at its best are ``-n/2 ln mean(r²)`` and
    ``-n/2 ln mean((r/f)²) - Σ ln|f|``.
    """
    f = formula.predict(data.X)
    size = np.abs(f)
    if data.known or data.explained(formula.loss) or len(f) < 6 or not _one_sign(f) or not _one_sign(data.y):
        return False
    if size.max() < RANGE * size.min():
        return False
    residual = data.y - f
    relative = float(np.mean((residual / f) ** 2))
    if not 0 < relative < FINE**2:
        return False
    constant = 0.5 * len(f) * float(np.log(np.mean(residual**2)))
    return constant - 0.5 * len(f) * float(np.log(relative)) - float(np.log(size).sum()) > CLEAR


def _one_sign(values: np.ndarray) -> bool:
    return bool((values > 0).all() or (values < 0).all())
