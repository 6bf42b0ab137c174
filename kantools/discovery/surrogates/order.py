"""Whether what a model leaves has an order: residuals of neighbouring rows are alike.

Noise knows nothing of its neighbours. What a model has not followed, a wave that was too short for it, is
alike on rows that lie beside each other in the columns that the wave runs along. Ranks of the residuals are
compared, for a few large ones would hide the others.

Source: P. A. P. Moran, "Notes on continuous stochastic phenomena", *Biometrika* 37 (1950) 17.
"""

import numpy as np
from scipy.stats import rankdata

from kantools.symbolic.trust.neighbours import neighbours

__all__ = ["has_order"]

Array = np.ndarray
CLEAR = 4.0  # standard errors of a correlation of nothing; derived: 1 in 30,000 by chance


def has_order(residual: Array, X: Array) -> bool:
    """Whether residuals of rows that are nearest in these columns are alike.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> X = rng.uniform(size=(500, 2))
    >>> has_order(np.sin(30 * X[:, 0]), X), has_order(rng.standard_cauchy(500), X)
    (True, False)
    """
    one, other = neighbours(X)
    rank = rankdata(residual) - (len(residual) + 1) / 2
    alike = float(np.mean(rank[one] * rank[other])) / max(float(np.mean(rank**2)), 1e-300)
    return bool(alike * np.sqrt(len(one)) > CLEAR)
