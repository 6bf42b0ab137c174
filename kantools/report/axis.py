"""Axes of a report's charts: round numbers for ticks, and where values lie."""

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np

__all__ = ["Axis", "axis", "log_axis", "numeral"]

ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
#: Between these, numbers are written without a power of ten.
PLAIN = (1e-4, 1e6)


@dataclass(frozen=True)
class Axis:
    """An axis from ``low`` to ``high`` with ticks; logarithmic where ``log`` is set.

    >>> axis(np.array([0.0, 9.7]), ticks=5).ticks
    ((0.0, '0'), (2.5, '2.5'), (5.0, '5'), (7.5, '7.5'), (10.0, '10'))
    """

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    log: bool = False

    def place(self, values: np.ndarray | float) -> np.ndarray:
        """0 at the low end, 1 at the high end."""
        low, high = self._scaled(self.low), self._scaled(self.high)
        return (self._scaled(values) - low) / (high - low)

    def _scaled(self, values: np.ndarray | float) -> np.ndarray:
        values = np.asarray(values, dtype=float)
        with np.errstate(all="ignore"):
            return np.log10(values) if self.log else values


def axis(
    values: np.ndarray, *, ticks: int = 5, margin: float = 0.05, symmetric: bool = False, whole: bool = False
) -> Axis:
    """A linear axis that holds all finite values, with round ticks inside, of whole numbers if asked for."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    if symmetric:
        low, high = -max(abs(low), abs(high)), max(abs(low), abs(high))
    span = (high - low) or abs(high) or 1.0
    low, high = low - margin * span, high + margin * span
    step = _round_step((high - low) / ticks)
    if whole:
        step = max(1.0, 2 * step if step % 1 else step)
    first = ceil(low / step)
    numbers = [k * step for k in range(first, floor(high / step) + 1)]
    return Axis(low, high, tuple((n, numeral(n)) for n in numbers))


def log_axis(values: np.ndarray, *, margin: float = 0.06, ticks: int = 6) -> Axis:
    """A logarithmic axis with powers of ten, for values that are all positive.

    >>> log_axis(np.array([0.02, 300.0])).ticks
    ((0.1, '0.1'), (1.0, '1'), (10.0, '10'), (100.0, '100'))
    """
    low, high = log10(values.min()), log10(values.max())
    pad = margin * ((high - low) or 1.0) + 0.05
    low, high = low - pad, high + pad
    stride = max(1, ceil((high - low) / ticks))
    powers = [k for k in range(ceil(low), floor(high) + 1) if k % stride == 0]
    marks = [(10.0**k, _power(k)) for k in powers]
    if len(marks) < 2:
        span = axis(np.array([10**low, 10**high]), ticks=4, margin=0.0)
        marks = [tick for tick in span.ticks if tick[0] > 0]
    return Axis(10**low, 10**high, tuple(marks), log=True)


def _power(k: int) -> str:
    return f"{10.0**k:g}" if -3 <= k <= 3 else "10" + str(k).translate(SUPERSCRIPTS)


def _round_step(rough: float) -> float:
    scale = 10.0 ** floor(log10(rough))
    return scale * next(r for r in ROUND if r * scale >= rough * (1 - 1e-9))


def numeral(number: float, digits: int = 6) -> str:
    """A number to so many digits as a reader writes it, with a power of ten where it is very large or small.

    >>> numeral(-0.25), numeral(1.5e-7), numeral(123456.0, 3), numeral(float("nan"))
    ('−0.25', '1.5×10⁻⁷', '123000', '')
    """
    if not np.isfinite(number):
        return ""
    sign, size = "−" if number < 0 else "", abs(float(f"{number:.{digits}g}"))
    if size == 0 or PLAIN[0] <= size < PLAIN[1]:
        return sign + np.format_float_positional(size, trim="-")
    written, _, power = np.format_float_scientific(size, trim="-").partition("e")
    return f"{sign}{written}×10{str(int(power)).translate(SUPERSCRIPTS)}"
