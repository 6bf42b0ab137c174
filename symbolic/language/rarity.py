"""How rare functions and exponents are in formulas that people write, in nats beyond those of any symbol.

Where data cannot tell ``tanh`` from a root, or a root from a power of 9/4, what people write can. Of 7,496
operations in the 4,080 equations with a name that the English Wikipedia had, so many are each of these
functions. Exponents are priced by Rissanen's universal code of whole numbers, a square and a root being as
cheap as any symbol. A function around another one, or around a root, pays once more
(:mod:`kantools.symbolic.language.nesting`): ``exp(a*cos(sqrt(x)))`` follows many a curve, and is no law.

Source: R. Guimerà et al., "A Bayesian machine scientist to aid in the solution of challenging scientific
problems", Science Advances 6 (2020) eaav6971: the counts behind its prior, as the package ``autora`` states
them (``Guimera2020`` in its ``prior_frequencies``).
"""

from collections.abc import Mapping
from functools import lru_cache
from math import ceil, log, log2

import sympy
from sympy import Expr, Rational, Symbol

from kantools.symbolic.language.nesting import price_around

__all__ = ["KINDS_OF_SYMBOLS", "integer_cost", "price_of_free_exponents", "rarity", "symbols_worth"]

#: A symbol of a formula is one of about so many kinds and names; its price is the logarithm.
KINDS_OF_SYMBOLS = 6

ROUNDED_DOWN = 0.4  # of a symbol
OPERATIONS = 7496
COUNTS: dict[type, int] = {
    sympy.exp: 129,
    sympy.log: 132,
    sympy.sin: 39,
    sympy.cos: 65,
    sympy.tan: 4,
    sympy.sinh: 5,
    sympy.cosh: 4,
    sympy.tanh: 6,
    sympy.Abs: 27,
}
POWERS = {
    Rational(2): 547,
    Rational(3): 38,
    Rational(1, 2): 130,
    Rational(-1): 1146,
}  # the last are quotients
OTHER_POWERS = 652
MOST = 1e9  # exponents beyond it are priced as it
RAREST = min(COUNTS.values())  # of what is listed; functions that are not listed are counted as these


def integer_cost(n: int) -> float:
    """Nats to write down a positive whole number in Rissanen's universal code.

    >>> [round(integer_cost(n), 2) for n in (1, 2, 3, 10, 1000)]
    [1.05, 1.75, 2.61, 5.11, 12.01]
    """
    bits, rest = log2(2.865064), log2(n)
    while rest > 0:
        bits += rest
        rest = log2(rest)
    return bits * log(2)


def price(function: type) -> float:
    """Nats beyond those of any symbol.

    >>> import sympy
    >>> round(price(sympy.exp), 1), round(price(sympy.tanh), 1)
    (2.3, 5.3)
    """
    return max(log(OPERATIONS / COUNTS.get(function, RAREST) / KINDS_OF_SYMBOLS), 0.0)


def price_of_exponent(exponent: Rational) -> float:
    """Nats beyond those of a square.

    >>> [round(price_of_exponent(Rational(q)), 1) for q in ("2", "1/2", "-3", "9/4")]
    [0.0, 0.0, 0.9, 5.2]
    """
    nats = integer_cost(abs(exponent.p)) + integer_cost(exponent.q)
    return max(nats - integer_cost(2) - integer_cost(1), 0.0)


def price_of_free_exponents(expr: Expr, values: Mapping[Symbol, float]) -> float:
    """Nats for exponents that are constants: those of the whole number next to them.

    A high power of a column that is far from zero is an exponential of it, and follows whatever does.

    >>> x, a, p = sympy.symbols("x a p")
    >>> [round(price_of_free_exponents(a * x**p, {a: 1.0, p: v}), 1) for v in (1.7, 2.8, 11.1)]
    [0.0, 0.9, 3.5]
    """
    free = [part.exp for part in expr.atoms(sympy.Pow) if part.base.free_symbols - values.keys()]
    free = [e for e in free if e.free_symbols and e.free_symbols <= values.keys()]
    sizes = (abs(float(e.xreplace(dict(values)))) for e in free)
    return sum(price_of_exponent(Rational(round(min(size, MOST)))) for size in sizes if round(size) > 1)


@lru_cache(maxsize=4096)
def rarity(expr: Expr) -> float:
    """The nats that functions and exponents in an expression cost beyond their symbols.

    >>> x = sympy.Symbol("x")
    >>> rarity(x**2 + sympy.sqrt(x)), round(rarity(sympy.sin(x) * sympy.exp(x)), 1)
    (0.0, 5.7)
    >>> round(rarity(sympy.exp(sympy.sin(x))) - rarity(sympy.exp(x) + sympy.sin(x)), 1)
    3.6
    """
    return sum(_price(part) for part in sympy.preorder_traversal(expr))


def _price(part: Expr) -> float:
    if isinstance(part, sympy.Function):
        return price(part.func) + price_around(part)
    if part.is_Pow and part.exp.is_Rational and part.exp:
        return price_of_exponent(part.exp)
    return 0.0


def symbols_worth(function: Expr) -> int:
    """How many symbols a function or power of one argument is worth, what is rare counted as several.

    >>> x = sympy.Symbol("x")
    >>> [symbols_worth(f) for f in (x**2, 1 / x, sympy.sqrt(x), x**3, sympy.exp(x), sympy.sin(x))]
    [1, 1, 1, 2, 2, 3]
    """
    return 1 + ceil(_price(function) / log(KINDS_OF_SYMBOLS) - ROUNDED_DOWN)
