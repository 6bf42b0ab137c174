"""Counts: whole numbers of independent events, whose variance is their mean (Poisson)."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlogy

from kantools.symbolic.noise.model import TINY, Array, NoiseModel

__all__ = ["COUNTS", "Counts"]

#: Whole numbers that are told apart by a law of counts: a column of 0 and 1 is a class, not a count.
LEAST_LEVELS = 4
#: Half a count: where a law expects less, a normal density would reward it without bounds for no count.
LEAST = 0.5


@dataclass(frozen=True)
class Counts(NoiseModel):
    """``p(y | f) = f^y e^-f / y!``, so that ``σ² = f``; nothing is estimated.

    >>> COUNTS.nats(np.array([0.0, 3.0]), np.array([1.0, 3.0])).__round__(3)
    2.496
    """

    name = "counts"
    parameters = 0

    def refusal(self, y: Array) -> str:
        whole = np.isfinite(y) & (y == np.round(y)) & (y >= 0)
        if whole.all():
            return ""
        return (
            "Counts are whole numbers from 0; got "
            f'{y[~whole][0]:g}. Take noise="mixed" for counts that were scaled or corrected.'
        )

    def bears(self, y: Array, f: Array) -> bool:
        return super().bears(y, f) and bool((f > 0).all()) and len(np.unique(y)) >= LEAST_LEVELS

    def fitted(self, y: Array, f: Array) -> Array:
        return np.zeros(0)

    def variance(self, f: Array, parameters: Array) -> Array:
        return np.maximum(f, LEAST)

    def log_likelihoods(self, y: Array, f: Array, parameters: Array) -> Array:
        mean = np.maximum(f, TINY)
        return xlogy(y, mean) - mean - gammaln(y + 1)


COUNTS = Counts()
