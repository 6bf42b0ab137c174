"""What it costs that a function stands around another one, or around a root, in nats.

Of the 312 functions in the 3,998 equations with a name that could be read, 18 hold a function or a root: by
Laplace's rule of succession one of 17 would. Which one tells more: a sine of a root and an exponential of a
modulus are written, a sine of an exponential is not. How many times more often than by chance a kind stands
inside another is estimated for all kinds together, for each inner kind, and for each pair, as many times as
were seen over as many as chance would have put among the symbols there. Each estimate begins at the one
before, which counts as much as one expected case: few counts say little. A root around a function is as
frequent as by chance and costs nothing.

Source: the equations of R. Guimerà et al., "A Bayesian machine scientist to aid in the solution of
challenging scientific problems", Science Advances 6 (2020) eaav6971, as the repository
``LeonelFNR/Probability-Tree-and-BMS`` keeps them (``named_equations.wiki.parsed``); counted by us. Formulas
with an imaginary exponent, and functions and roots of numbers alone, do not count.
"""

from functools import lru_cache
from math import log

import sympy
from sympy import Expr, Pow

__all__ = ["price_around"]

#: Symbols of all formulas, and how many of them are functions and roots; roots are powers.
SYMBOLS = 18392
OCCURRENCES: dict[type, int] = {
    sympy.exp: 87,
    sympy.log: 77,
    sympy.sin: 38,
    sympy.cos: 64,
    sympy.tan: 4,
    sympy.sinh: 5,
    sympy.cosh: 4,
    sympy.tanh: 6,
    sympy.Abs: 27,
    Pow: 179,
}
#: Symbols in their arguments.
INSIDE: dict[type, int] = {
    sympy.exp: 521,
    sympy.log: 177,
    sympy.sin: 76,
    sympy.cos: 94,
    sympy.tan: 4,
    sympy.sinh: 5,
    sympy.cosh: 8,
    sympy.tanh: 38,
    sympy.Abs: 45,
    Pow: 578,
}
#: How often what stands in the argument of what, with nothing else of these between them.
HELD: dict[tuple[type, type], int] = {
    (sympy.exp, sympy.Abs): 3,
    (sympy.exp, sympy.cos): 1,
    (sympy.exp, sympy.log): 1,
    (sympy.exp, Pow): 4,
    (sympy.log, Pow): 1,
    (sympy.sin, Pow): 5,
    (sympy.cos, Pow): 1,
    (sympy.tanh, sympy.log): 1,
    (sympy.tanh, Pow): 1,
    (Pow, sympy.Abs): 4,
    (Pow, sympy.cos): 3,
    (Pow, sympy.sin): 2,
    (Pow, sympy.tanh): 1,
}
RAREST = min(OCCURRENCES.values())  # what is not listed counts as this in all three
FUNCTIONS = sum(n for kind, n in OCCURRENCES.items() if kind is not Pow)
HOLDING = sum(n for (outer, _), n in HELD.items() if outer is not Pow)
HURDLE = log((FUNCTIONS + 1) / (HOLDING + 1))  # nats of a function that holds anything


def price_around(function: Expr) -> float:
    """Nats of a function for what it holds; the rarest of several decides.

    >>> x = sympy.Symbol("x")
    >>> from sympy import cos, exp, sin, sqrt
    >>> [round(price_around(f), 1) for f in (sin(x), sin(sqrt(x)), exp(cos(x)), exp(sin(x)), sin(exp(x)))]
    [0.0, 1.2, 2.9, 3.6, 5.2]
    """
    parts = (part for argument in function.args for part in sympy.preorder_traversal(argument))
    kinds = {kind for part in parts if (kind := _kind(part)) is not None}
    return max((_price(function.func, kind) for kind in kinds), default=0.0)


def _kind(part: Expr) -> type | None:
    """Which function, or that it is a root; None for what is neither."""
    if isinstance(part, sympy.Function):
        return part.func
    root = part.is_Pow and part.exp.is_Rational and not part.exp.is_Integer and part.free_symbols
    return Pow if root else None


@lru_cache(maxsize=256)
def _price(outer: type, inner: type) -> float:
    return max(HURDLE + log(_of_all() / _of_pair(outer, inner)), 0.0)


def _of_all() -> float:
    """Times that functions and roots stand inside one another, over what chance would make of it."""
    return _updated(1.0, sum(HELD.values()), sum(INSIDE.values()) * sum(OCCURRENCES.values()) / SYMBOLS)


def _of_inner(inner: type) -> float:
    seen = sum(n for (_, held), n in HELD.items() if held is inner)
    return _updated(_of_all(), seen, sum(INSIDE.values()) * _share(inner))


def _of_pair(outer: type, inner: type) -> float:
    return _updated(_of_inner(inner), HELD.get((outer, inner), 0), INSIDE.get(outer, RAREST) * _share(inner))


def _updated(before: float, seen: int, expected: float) -> float:
    """The mean of a ratio that was ``before`` with the weight of one expected case."""
    return (before + seen) / (1 + expected)


def _share(kind: type) -> float:
    return OCCURRENCES.get(kind, RAREST) / SYMBOLS
