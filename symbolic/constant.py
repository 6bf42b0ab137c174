"""A constant of a formula: its value, how sure that is, and how it is written."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from sympy import Expr, Float, Symbol

from kantools.symbolic.written.concise import concise

__all__ = ["DIGITS", "Constant", "with_error", "with_exact_numbers"]

#: Of a number at most, so that rounding errors are not seen.
DIGITS = 15


@dataclass(frozen=True)
class Constant:
    """A constant of a formula.

    Attributes
    ----------
    symbol : Symbol
        Its place in the formula's template.
    value : float
        The best estimate.
    error : float
        Its standard error; NaN where the data do not determine it.
    exact : Expr or None
        The number it was recognised as (``3/2``, ``pi``, …), when data and description length agree;
        ``value ± error`` is then what a free fit gives.
    unit : str or None
        Its unit as pint reads it, ``"1"`` for a pure number; None where units were not given.

    Examples
    --------
    >>> print(Constant(Symbol("g"), 9.8123, 0.0213, unit="m/s**2"))
    9.812 ± 0.021 m/s**2
    """

    symbol: Symbol
    value: float
    error: float
    exact: Expr | None = None
    unit: str | None = None

    @property
    def number(self) -> Expr:
        """What stands in the formula: the exact number where there is one, else the value.

        >>> from sympy import pi
        >>> Constant(Symbol("c"), 3.1414, 0.0005, exact=pi).number
        pi
        """
        return Float(self.value, 17) if self.exact is None else self.exact

    def rounded(self, digits: int = 2, most: int = DIGITS) -> Expr:
        """The number with so many digits of its error (six in all where there is no error); exact ones stay.

        >>> Constant(Symbol("g"), 9.8123, 0.0213).rounded()
        9.812
        """
        if self.exact is not None:
            return self.exact
        value, error = self.value, self.error
        if not np.isfinite(error) or value == 0:
            return Float(value, 6)
        if error == 0:
            return Float(repr(float(value)), most)
        if error <= abs(value) * 1e-13:
            return Float(value, DIGITS)
        keep = int(np.floor(np.log10(abs(value)))) - int(np.floor(np.log10(error))) + digits
        return Float(value, min(max(keep, 1), DIGITS))

    def __str__(self) -> str:
        text = with_error(self.value, self.error) + ("" if self.unit in (None, "1") else f" {self.unit}")
        return text if self.exact is None else f"{self.exact} (free fit: {text})"

    def concise(self) -> str:
        """``9.81(2)``: the error in units of the value's last digits; an exact number as it is.

        >>> Constant(Symbol("g"), 9.8123, 0.0213, unit="m/s**2").concise()
        '9.812(21) m/s**2'
        """
        text = concise(self.value, self.error) if self.exact is None else str(self.exact)
        return text if self.unit in (None, "1") else f"{text} {self.unit}"


def with_exact_numbers(template: Expr, constants: Iterable[Constant]) -> Expr:
    """A template with the exact numbers among its constants in their places.

    >>> from sympy import Integer, symbols
    >>> a, b, x = symbols("a b x")
    >>> known, fitted = Constant(a, 1.998, 0.003, exact=Integer(2)), Constant(b, 0.5, 0.1)
    >>> with_exact_numbers(x**a + b, (known, fitted))
    b + x**2
    """
    return template.subs({c.symbol: c.exact for c in constants if c.exact is not None})


def with_error(value: float, error: float) -> str:
    """A value with as many digits as its error allows.

    >>> with_error(9.8123, 0.0213), with_error(365.2563, 0.0), with_error(1234.5, 67.8)
    ('9.812 ± 0.021', '365.2563', '1234 ± 68')
    """
    if not np.isfinite(error) or error <= abs(value) * 1e-13:
        return f"{value:.12g}"
    digits = int(np.floor(np.log10(error)))
    if digits >= -9 and abs(value) < 1e6:
        places = max(0, 1 - digits)
        return f"{value:.{places}f} ± {error:.{places}f}"
    scale = int(np.floor(np.log10(max(abs(value), error))))
    places = max(0, scale - digits + 1)
    return f"({value / 10.0**scale:.{places}f} ± {error / 10.0**scale:.{places}f})e{scale}"
