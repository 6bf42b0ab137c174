"""Robust losses: what a residual costs, so that a few gross outliers do not decide.

``Σ_i c² ρ(z_i² / c²)`` with residuals ``z`` in units of their scatter. Near zero every loss is ``z²``; far
out it grows more slowly, and the pull of a row is bounded (Huber, soft L1) or fades (Cauchy). The tuning
constant ``c`` of each loss is where its estimates are 95 % as efficient as least squares if the noise is
normal after all: ``(E ψ')² / E ψ² = 0.95`` with ``ψ(z) = z ρ'(z²/c²)``. It is computed, not typed.

Source: P. J. Huber and E. M. Ronchetti, *Robust Statistics*, 2nd ed., Wiley 2009, ch. 7; the losses are named
as in ``scipy.optimize.least_squares``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

__all__ = ["LOSSES", "OUTLYING", "Loss", "median_scatter"]

Array = np.ndarray
EFFICIENCY = 0.95
#: Residuals beyond so many times their scatter are called outliers: 6 of 100,000 if the noise is normal.
OUTLYING = 4.0
NODES = 100_001  # of the average over normal noise: fine enough for kinks
MEDIAN = float(ndtri(0.75))  # of |z| for normal z


@dataclass(frozen=True)
class Loss:
    """A loss by ``ρ`` and its derivatives, functions of ``t = z²/c²``.

    Attributes
    ----------
    name : str
    rho, slope, bend : callable
        ``ρ(t)`` with ``ρ(t) ≈ t`` near zero, ``ρ'(t)`` and ``ρ''(t)``.

    Examples
    --------
    >>> huber = LOSSES["huber"]
    >>> round(huber.tuning, 3), huber.cost(np.array([1.0, 10.0])).round(2).tolist()
    (1.345, [1.0, 25.09])
    """

    name: str
    rho: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    bend: Callable[[Array], Array]

    @property
    def tuning(self) -> float:
        """The constant ``c``."""
        return _tuning(self)

    def cost(self, z: Array) -> Array:
        """``c² ρ(z²/c²)`` of each residual; ``z²`` for least squares."""
        return self.tuning**2 * self.rho((z / self.tuning) ** 2)

    def weight(self, z: Array) -> Array:
        """``ψ(z)/z``: what a row counts for where it stands, 1 near zero."""
        return self.slope((z / self.tuning) ** 2)

    def certainty(self, z: Array, constants: int) -> float:
        """What to multiply ``JᵀJ`` with for the inverse covariance: ``(mean ψ')² / (Σψ²/(n-p))``.

        1 for least squares with residuals of variance 1 (Huber & Ronchetti 2009, eq. 7.81).
        """
        t = (z / self.tuning) ** 2
        pull, stiffness = z * self.slope(t), self.slope(t) + 2 * t * self.bend(t)
        return float(stiffness.mean() ** 2 * max(len(z) - constants, 1) / max((pull**2).sum(), 1e-300))


def _root(t: Array) -> Array:
    return np.sqrt(np.maximum(t, 1.0))


LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss("squared", lambda t: t, np.ones_like, np.zeros_like),
        Loss(
            "huber",
            lambda t: np.where(t <= 1, t, 2 * _root(t) - 1),
            lambda t: 1 / _root(t),
            lambda t: np.where(t <= 1, 0.0, -0.5 / _root(t) ** 3),
        ),
        Loss(
            "soft_l1",
            lambda t: 2 * (np.sqrt(1 + t) - 1),
            lambda t: (1 + t) ** -0.5,
            lambda t: -0.5 * (1 + t) ** -1.5,
        ),
        Loss("cauchy", np.log1p, lambda t: 1 / (1 + t), lambda t: -1 / (1 + t) ** 2),
    )
}


def median_scatter(residual: Array) -> float:
    """The standard deviation of normal noise with this median of ``|residual|``; outliers hardly matter.

    >>> round(median_scatter(np.array([-1.0, 1.0, 1.0, -1.0, 1e9])), 3)
    1.483
    """
    return float(np.median(np.abs(residual))) / MEDIAN


@lru_cache
def _tuning(loss: Loss) -> float:
    if loss.name == "squared":
        return 1.0
    return float(brentq(lambda c: _efficiency(loss, c) - EFFICIENCY, 0.1, 20.0))


def _efficiency(loss: Loss, c: float) -> float:
    """Variance of the mean against that of the estimate, both for normal noise."""
    z, weight = _normal()
    t = (z / c) ** 2
    stiffness = loss.slope(t) + 2 * t * loss.bend(t)
    return float((weight @ stiffness) ** 2 / (weight @ (z * loss.slope(t)) ** 2))


@lru_cache
def _normal() -> tuple[Array, Array]:
    """Points and weights of averages over normal noise."""
    z = np.linspace(-10, 10, NODES)
    weight = np.exp(-(z**2) / 2)
    return z, weight / weight.sum()
