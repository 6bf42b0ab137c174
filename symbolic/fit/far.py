"""Columns far from 0 beside their width, such as years, kelvin or seconds since 1970, and round numbers amid
them.

``a + b*year`` has a constant that is the value in the year 0, known from far away and bound to the slope;
``a + b*(year - 2015)`` says the same with two constants that know nothing of each other. Which round
number stands there is a way of writing and tells nothing of the data.
"""

from collections.abc import Sequence

import numpy as np
from sympy import Integer, Rational, Symbol

__all__ = ["FAR", "centres", "round_centre"]

#: Widths (standard deviations) from 0 at which a column is far: a straight line and a power are alike there.
FAR = 10.0
#: Widths from 0 at which the numbers themselves are too coarse to tell rows apart.
TOO_FAR = 1e13
STEPS = (5, 2, 1)


def centres(symbols: Sequence[Symbol], X: np.ndarray) -> dict[Symbol, Rational]:
    """A round number amid each column that is far from 0.

    >>> from sympy import symbols
    >>> centres(symbols("year x"), np.array([[1990.0, 1.0], [2005.0, 2.0], [2020.0, 4.0]]))
    {year: 2000}
    """
    found = zip(symbols, (round_centre(x) for x in X.T), strict=True)
    return {symbol: centre for symbol, centre in found if centre is not None}


def round_centre(x: np.ndarray) -> Rational | None:
    """A round number within half a standard deviation of the mean; None where the column is not far from 0.

    >>> round_centre(np.linspace(280.0, 320.0, 11)), round_centre(np.linspace(1.0, 3.0, 11))
    (300, None)
    """
    width, middle = float(x.std()), float(x.mean())
    if not FAR * width < abs(middle) < TOO_FAR * width:
        return None
    power = int(np.floor(np.log10(width)))
    step = next(s for s in STEPS if s * 10.0**power <= width or s == 1)
    unit = step * Rational(10) ** power
    return Integer(round(middle / float(unit))) * unit
