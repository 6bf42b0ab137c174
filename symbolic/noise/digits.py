"""The digits that numbers were written with: how far apart neighbouring ones could have been.

Numbers come rounded to a decimal place, to so many significant digits, or to single precision. What all of
them agree with most coarsely is taken; numbers of double precision agree with none of it.
"""

from decimal import Decimal

import numpy as np

from kantools.thinning import evenly

__all__ = ["spacing"]

Array = np.ndarray
#: Significant digits from which numbers count as full: sums of decimals leave errors in the sixteenth.
FULL = 13
#: Numbers whose digits are looked at; all others are taken to be written alike.
MOST_READ = 2000


def spacing(values: Array) -> Array | None:
    """The distance to the next number that could have been written, for each value; None for full digits.

    Parameters
    ----------
    values : ndarray, shape (rows,)

    Examples
    --------
    >>> spacing(np.array([0.25, 10.0, 7.125])).tolist()
    [0.001, 0.001, 0.001]
    >>> spacing(np.array([0.0498, 12.2, 4020.0])).round(6).tolist()
    [0.0001, 0.1, 10.0]
    >>> spacing(np.sqrt(np.arange(2.0, 5.0))) is None
    True
    """
    finite = values[np.isfinite(values) & (values != 0)]
    if not len(finite):
        return None
    ways = [*_decimal(values, finite), *_single(values, finite)]
    return max(ways, key=lambda d: float(np.log(d).mean()), default=None)


def _decimal(values: Array, finite: Array) -> list[Array]:
    """To a decimal place, and to a number of significant digits."""
    written = [Decimal(repr(float(v))).normalize().as_tuple() for v in finite[evenly(len(finite), MOST_READ)]]
    digits = max(len(w.digits) for w in written)
    if digits >= FULL:
        return []
    last = min(int(w.exponent) for w in written)
    size = np.floor(np.log10(np.abs(np.where(values == 0, np.abs(finite).min(), values))))
    return [np.full(len(values), 10.0**last), 10.0 ** (size - digits + 1)]


def _single(values: Array, finite: Array) -> list[Array]:
    """To single precision."""
    least, most = np.abs(finite).min(), np.abs(finite).max()
    info = np.finfo(np.float32)
    if least < info.tiny or most > info.max or not (values.astype(np.float32) == values).all():
        return []
    size = np.where(values == 0, least, np.abs(values)).astype(np.float32)
    return [np.spacing(size).astype(float)]
