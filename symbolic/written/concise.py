"""A value and its error in the notation of metrology: ``9.81(2)``.

The digits in parentheses are the standard error in units of the last digits of the value (JCGM 100:2008,
*Guide to the Expression of Uncertainty in Measurement*, 7.2.2). How many there are is the rule of the
Particle Data Group: an error whose first three digits are 100 to 354 keeps two of them, one of 355 to 949
keeps one, and one of 950 to 999 becomes 1000 and keeps two (*Review of Particle Physics*, Physical Review D
98 (2018) 030001, Introduction, 5.3).
"""

from decimal import ROUND_HALF_EVEN, Decimal
from math import isfinite

__all__ = ["concise"]

ROUNDING = 1e-13  # relative: an error below it is that of floating point
TWO_DIGITS = 354
PLAIN = range(-4, 7)  # powers of ten that are written out


def concise(value: float, error: float) -> str:
    """The value with its error in parentheses.

    Parameters
    ----------
    value, error : float
        Where the error is not finite, or is no more than rounding, the value stands alone, to twelve digits.

    Examples
    --------
    >>> concise(9.8123, 0.0213), concise(0.827, 0.119), concise(0.827, 0.367), concise(12345.6, 987.0)
    ('9.812(21)', '0.83(12)', '0.8(4)', '12300(1000)')
    >>> concise(6.62607e-34, 3.1e-39), concise(2.0, 0.0), concise(5.0, float("nan"))
    ('6.626070(31)e-34', '2', '5')
    """
    if not isfinite(error) or error <= abs(value) * ROUNDING:
        return f"{value:.12g}"
    last = _last_place(error)
    top = max(_exponent(value), last) if value else last
    power = 0 if top in PLAIN and last <= 3 else top
    return _written(value, error, last, power)


def _exponent(number: float) -> int:
    return Decimal(repr(abs(number))).adjusted()


def _last_place(error: float) -> int:
    """The power of ten of the last digit that is kept."""
    three = int(Decimal(repr(error)).scaleb(2 - _exponent(error)).to_integral_value(ROUND_HALF_EVEN))
    return _exponent(error) - (1 if three <= TWO_DIGITS else 0)  # 950 and more are rounded up to 10


def _written(value: float, error: float, last: int, power: int) -> str:
    unit = Decimal(1).scaleb(last)
    kept = Decimal(repr(value)).quantize(unit, ROUND_HALF_EVEN)
    count = Decimal(repr(error)).scaleb(-last).to_integral_value(ROUND_HALF_EVEN)
    digits = count if last - power <= 0 else count.scaleb(last - power)
    number = kept.scaleb(-power)
    return f"{number:f}({digits:f})" + (f"e{power}" if power else "")
