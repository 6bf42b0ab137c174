"""How often people write what: the weights of the grammar.

The counts of :mod:`kantools.symbolic.language.rarity` are those of functions and powers among 7,496
operations in 4,080 equations of the English Wikipedia; the same table (R. Guimerà et al., Science Advances 6
(2020) eaav6971, as ``autora`` states it) has these sums, differences and products beside them.

Nine of ten of these operations are arithmetic, and a law that is nothing but a product tells a search little.
The kinds of laws are therefore drawn by the *square root* of their operators' counts, so that 200 laws hold
several of each kind. This, and every other weight of the grammar that names no source, is a choice.
"""

from math import sqrt

import sympy

from kantools.symbolic.language.rarity import COUNTS, OTHER_POWERS, POWERS

__all__ = [
    "EQUATIONS",
    *("DIFFERENCES", "EXPONENTS", "KINDS", "PRODUCTS", "QUOTIENTS", "SUMS"),
    *("COSH", "SINH", "TAN", "TANH"),
]

EQUATIONS = 4080
SUMS, DIFFERENCES, PRODUCTS = 1271, 520, 2774
QUOTIENTS = POWERS[sympy.Rational(-1)]
ROOTS = POWERS[sympy.Rational(1, 2)]
SQUARES, CUBES = POWERS[sympy.Rational(2)], POWERS[sympy.Rational(3)]

SINH, COSH, TANH, TAN = (COUNTS[f] for f in (sympy.sinh, sympy.cosh, sympy.tanh, sympy.tan))

#: Exponent of a factor → its weight; ``"other"`` is any other one.
EXPONENTS = {
    "1": PRODUCTS + QUOTIENTS,
    "2": SQUARES,
    "3": CUBES,
    "1/2": ROOTS,
    "other": OTHER_POWERS,
}

_OPERATIONS = {
    "power law": PRODUCTS,
    "sum": SUMS + DIFFERENCES,
    "quotient": QUOTIENTS,
    "root": ROOTS,
    "exponential": COUNTS[sympy.exp],
    "oscillation": COUNTS[sympy.sin] + COUNTS[sympy.cos],
    "logarithm": COUNTS[sympy.log],
    "hyperbolic": SINH + COSH + TANH + TAN,
}

#: Kind of a law → its weight.
KINDS = {kind: sqrt(count) for kind, count in _OPERATIONS.items()}
