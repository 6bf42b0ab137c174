"""Rounding: nothing but the digits that numbers were written with."""

from dataclasses import dataclass

import numpy as np

from kantools.symbolic.noise.digits import spacing
from kantools.symbolic.noise.model import Array, NoiseModel

__all__ = ["ROUNDED", "Rounding", "mean_within"]

#: Variance of the square of a uniform number over the square of its mean: ``9/5 - 1``.
SPREAD = 0.8
#: Standard deviations that a mean of squares lies above what rounding leaves on average.
SURE = 4.0


@dataclass(frozen=True)
class Rounding(NoiseModel):
    """``σ_i² = d_i²/12`` with ``d_i`` the spacing of the numbers that row ``i`` could be rounded to.

    The target's own digits say ``d`` (:mod:`kantools.symbolic.noise.digits`), unless it is told.

    Attributes
    ----------
    squares : ndarray, shape (rows,), or None
        ``σ²`` of each row, for instance with what rounded inputs make of the target.

    Examples
    --------
    >>> ROUNDED.fitted(np.array([1.25, 3.5, 9.75]), np.zeros(3)).round(8).tolist()
    [8.33e-06, 8.33e-06, 8.33e-06]
    """

    name = "rounding"
    parameters = 0
    follows = False
    squares: Array | None = None

    def refusal(self, y: Array) -> str:
        if self.squares is not None or spacing(y) is not None:
            return ""
        return (
            "Noise is that of rounding where the numbers of the target have few digits; these have all that "
            'double precision holds. Take noise="constant", or round the target as it was measured.'
        )

    def bears(self, y: Array, f: Array) -> bool:
        if self.refusal(y):
            return False
        squares = self.fitted(y, f)
        return mean_within(float(np.mean((y - f) ** 2 / squares)), np.ones(len(y)))

    def fitted(self, y: Array, f: Array) -> Array:
        if self.squares is not None:
            return self.squares
        steps = spacing(y)
        return np.full(len(y), np.nan) if steps is None else steps**2 / 12

    def variance(self, f: Array, parameters: Array) -> Array:
        return parameters


def mean_within(mean: float, variances: Array) -> bool:
    """Whether a mean of squares is one that rounding errors of these variances have."""
    return mean <= float(variances.mean() + SURE * np.sqrt(SPREAD * np.sum(variances**2)) / len(variances))


ROUNDED = Rounding()
