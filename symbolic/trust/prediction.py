"""Where the next measurement will lie: the error of a formula's value and the scatter of a measurement.

A prediction interval holds a *new measurement* with the stated probability. Its half width is

``t(level, ν) * sqrt(j C jᵀ + s²)``

with the gradient ``j`` of the value by the constants, their covariance ``C``, the deviation ``s`` of one
measurement from the law, and Student's quantile ``t`` at the degrees of freedom ``ν`` that ``s`` was
estimated with. How ``s`` goes with the value is a :class:`Scatter`, which travels with the formula.

Source: G. A. F. Seber, C. J. Wild, *Nonlinear Regression*, Wiley, 1989, section 5.1.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy.stats import t as student

from kantools.errors import SettingError
from kantools.symbolic.noise import NOISE

__all__ = ["KINDS", "Kind", "Scatter", "check_level", "check_sigma", "half_width"]

Array = np.ndarray
Kind = Literal["constant", "proportional", "mixed", "counts", "rounding"]
KINDS: tuple[Kind, ...] = ("constant", "proportional", "mixed", "counts", "rounding")


@dataclass(frozen=True)
class Scatter:
    """How far a single measurement lies from the law.

    Attributes
    ----------
    kind : {"constant", "proportional", "mixed", "counts", "rounding"}
        Alike on all rows, in proportion to the value, both together, as counts (the root of the value), or
        alike because nothing but rounding is left.
    size : float
        Its standard deviation ``s``, in the target's unit; as a share of the value where it is proportional,
        times the root of the value for counts.
    freedom : float
        Degrees of freedom of Student's distribution: those that it was estimated with. Infinite where it was
        given and alike for all rows; where it was given and varied, those of a mixture of normal ones.
    share : float
        The part of mixed scatter that goes with the value, ``σ² = size² + share² f²``.

    Examples
    --------
    >>> Scatter("proportional", 0.02, 8.0).at(np.array([-10.0, 50.0])).tolist()
    [0.2, 1.0]
    >>> print(Scatter("proportional", 0.048, 8.0), "|", Scatter("mixed", 0.3, 8.0, share=0.05))
    proportional, 4.8 % | mixed, 0.3 and 5 %
    """

    kind: Kind
    size: float
    freedom: float
    share: float = 0.0

    def __str__(self) -> str:
        if self.kind == "proportional":
            return f"proportional, {100 * self.size:.3g} %"
        if self.kind == "mixed":
            return f"mixed, {self.size:.3g} and {100 * self.share:.3g} %"
        return "counts, the root of the value" if self.kind == "counts" else f"{self.kind}, {self.size:.3g}"

    @property
    def follows(self) -> bool:
        """Whether it goes with the value."""
        return NOISE[self.kind].follows

    def scaled(self, factor: float) -> "Scatter":
        """The same where the target is so many times as large.

        >>> Scatter("counts", 1.0, np.inf).scaled(4.0).at(np.array([4.0])).tolist()  # 1 ± 1 before
        [4.0]
        """
        if self.kind == "proportional":
            return self
        return replace(self, size=self.size * (factor**0.5 if self.kind == "counts" else factor))

    def at(self, value: Array) -> Array:
        """The standard deviation of a measurement where the law has these values, of their shape.

        >>> Scatter("constant", 0.5, np.inf).at(np.array([1.0, 100.0])).tolist()
        [0.5, 0.5]
        """
        if self.kind == "proportional":
            return self.size * np.abs(value)
        if self.kind == "counts":
            return self.size * np.sqrt(np.abs(value))
        return np.hypot(self.size, self.share * np.abs(value))


def half_width(value: Array, std: Array, scatter: Scatter, level: float, sigma: Array | None = None) -> Array:
    """Half the width of prediction intervals: ``t(level, ν) sqrt(std² + s²)``.

    Parameters
    ----------
    value, std : ndarray, shape (rows,)
        Of the law, and the standard error of that.
    scatter : Scatter
        Of a single measurement.
    level : float
        The share of new measurements that the intervals are to hold.
    sigma : ndarray, shape (rows,), optional
        Known standard deviation of each new measurement, in the place of the scatter's. Degrees of freedom
        then count for ``std`` alone, by Welch's and Satterthwaite's formula ``ν (std² + σ²)² / std⁴``.

    Returns
    -------
    ndarray, shape (rows,)

    Examples
    --------
    >>> half_width(np.zeros(1), np.array([3.0]), Scatter("constant", 4.0, np.inf), 0.95).round(3).tolist()
    [9.8]
    """
    scattered = scatter.at(value) if sigma is None else sigma
    width = np.hypot(std, scattered)
    freedom = np.full(np.shape(width), scatter.freedom)
    if sigma is not None and np.isfinite(scatter.freedom):
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            freedom = np.where(std > 0, scatter.freedom * (width / std) ** 4, np.inf)
    return student.ppf((1 + level) / 2, freedom) * width


def check_level(level: float) -> float:
    """The probability that an interval holds what it is for.

    Raises
    ------
    SettingError
        Unless it lies between 0 and 1.

    Examples
    --------
    >>> check_level(95)
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: A level of confidence is between 0 and 1, such as 0.95; got 95.
    """
    if isinstance(level, bool) or not isinstance(level, int | float | np.number) or not 0 < level < 1:
        raise SettingError(f"A level of confidence is between 0 and 1, such as 0.95; got {level!r}.")
    return float(level)


def check_sigma(sigma: Array | float | None, rows: int) -> Array | None:
    """Standard deviations of new measurements, shape (rows,).

    Raises
    ------
    SettingError
        Unless there is one for all rows or one for each, finite and not negative.

    Examples
    --------
    >>> check_sigma(0.1, rows=3).tolist()
    [0.1, 0.1, 0.1]
    >>> check_sigma([0.1, 0.2], rows=3)
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: sigma is one number, or one for each of 3 rows; got the shape (2,).
    """
    if sigma is None:
        return None
    told = np.asarray(sigma, dtype=float)
    if told.shape not in ((), (rows,)):
        raise SettingError(
            f"sigma is one number, or one for each of {rows} rows; got the shape {told.shape}."
        )
    if not (np.isfinite(told) & (told >= 0)).all():
        raise SettingError("sigma is finite and not negative, the standard deviation of a new measurement.")
    return np.broadcast_to(told, (rows,))
