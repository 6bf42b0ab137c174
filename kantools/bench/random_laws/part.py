"""Pieces of a law that is being written: text, dimension and typical size at once.

A constant stands in the text as ``_0``, ``_1``, …, so that it stays one constant however often it occurs.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from kantools.symbolic.units.dimension import PURE, Dimension

__all__ = ["ONE", "Part", "call", "minus", "negative", "over", "plus", "power", "root", "times"]

SUM, PRODUCT, ATOM = range(3)


@dataclass(frozen=True)
class Part:
    """A piece of a formula.

    Attributes
    ----------
    text : str
    unit : Dimension
    size : float
        Its value where every column is in the middle of its range.
    binds : int
        How tightly: a sum, a product, or something that needs no parentheses.
    """

    text: str
    unit: Dimension = PURE
    size: float = 1.0
    binds: int = ATOM

    def within(self, binds: int) -> str:
        """The text, in parentheses where it binds less tightly than that.

        >>> Part("a + b", binds=SUM).within(PRODUCT), Part("a*b", binds=PRODUCT).within(PRODUCT)
        ('(a + b)', 'a*b')
        """
        return self.text if self.binds >= binds else f"({self.text})"


ONE = Part("1")


def times(*parts: Part) -> Part:
    """A product, ones left out.

    >>> times(Part("1"), Part("x"), Part("a + b", binds=SUM)).text
    'x*(a + b)'
    >>> times(Part("a"), Part("1/x", binds=PRODUCT)).text
    'a/x'
    """
    first, *others = [p for p in parts if p.text != "1"] or [ONE]
    for other in others:
        dividing = other.binds == PRODUCT and other.text.startswith("1/")
        text = first.within(PRODUCT) + (other.text[1:] if dividing else f"*{other.within(PRODUCT)}")
        first = Part(text, first.unit * other.unit, first.size * other.size, PRODUCT)
    return first


def over(above: Part, below: Part) -> Part:
    """A quotient.

    >>> over(Part("a*b", binds=PRODUCT), Part("c*d", binds=PRODUCT)).text
    'a*b/(c*d)'
    """
    if below.text == "1":
        return above
    text = f"{above.within(PRODUCT)}/{below.within(ATOM)}"
    return Part(text, above.unit / below.unit, above.size / below.size, PRODUCT)


def plus(one: Part, other: Part) -> Part:
    """A sum of two parts of one dimension."""
    return Part(f"{one.text} + {other.text}", one.unit, one.size + other.size, SUM)


def minus(one: Part, other: Part) -> Part:
    """A difference of two parts of one dimension; it is as large as the larger one."""
    return Part(f"{one.text} - {other.within(PRODUCT)}", one.unit, max(one.size, other.size), SUM)


def negative(part: Part) -> Part:
    """Minus it, as functions take it."""
    return Part(f"-{part.within(PRODUCT)}", part.unit, part.size, PRODUCT)


def power(base: Part, exponent: int | Fraction | Part) -> Part:
    """A power; the exponent may be a constant.

    >>> power(Part("x"), 2).text, power(Part("x"), Part("_0", size=1.7)).text
    ('x**2', 'x**_0')
    """
    if isinstance(exponent, Part):
        rounded = Fraction(exponent.size).limit_denominator(1000)
        return Part(f"{base.within(ATOM)}**{exponent.text}", base.unit**rounded, base.size**exponent.size)
    if exponent == 1:
        return base
    if exponent == Fraction(1, 2):
        return root(base)
    text = f"{exponent}" if exponent == int(exponent) else f"({exponent})"
    return Part(f"{base.within(ATOM)}**{text}", base.unit**exponent, base.size ** float(exponent))


def root(of: Part) -> Part:
    """The square root."""
    return Part(f"sqrt({of.text})", of.unit ** Fraction(1, 2), sqrt(abs(of.size)))


def call(function: str, argument: Part) -> Part:
    """A function of a pure number, whose own size is about one."""
    return Part(f"{function}({argument.text})")
