"""Parts of a formula that is being read: built one from another, none of them huge.

A short text can be a huge expression: ``9**9**9`` has 369,693,100 digits. Therefore every part knows how many
symbols it has when its whole powers are multiplied out, and numbers are computed in double precision before
sympy sees them; a part that is longer, or no finite double, is refused.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from sympy import Add, Expr, Float, Integer, Mul, Pow, Symbol

from kantools.symbolic.evaluate import FUNCTIONS
from kantools.symbolic.primitive import ARGUMENT, Primitive

__all__ = [
    "LARGEST",
    "OPERATIONS",
    "Part",
    "applied",
    "combined",
    "negative",
    "number",
    "quotient",
    "reciprocal",
]

#: Symbols of a formula whose powers are multiplied out; a whole number has one for each four digits.
LARGEST = 100_000
DIGITS_A_SYMBOL = 4

#: What sympy makes of a division by zero and the like.
NO_NUMBERS = (sympy.nan, sympy.zoo, sympy.oo, -sympy.oo)

OPERATIONS: dict[type, Callable[..., Any]] = {
    Add: lambda *terms: sum(terms[1:], terms[0]),
    Mul: lambda *factors: np.prod(factors),
    Pow: np.power,
    **{function: value for function, (value, _) in FUNCTIONS.items()},
}


@dataclass(frozen=True)
class Part:
    """A part of a formula.

    Attributes
    ----------
    expr : Expr
    value : complex or None
        The number that it is; None if it has symbols whose values are not known.
    size : float
        Its symbols when whole powers are multiplied out.
    """

    expr: Expr
    value: complex | None = None
    size: float = 1


def number(text: str) -> Part:
    """A whole number, or a double where there is a point or an exponent.

    >>> number("12").expr, number("1e3").expr
    (12, 1000.00000000000)
    """
    value = _finite(complex(float(text)))
    expr = Integer(text) if text.isdecimal() else Float(value.real, precision=53)
    return Part(expr, value, 1 + len(text) / DIGITS_A_SYMBOL)


def combined(make: type, parts: Sequence[Part], evaluate: bool) -> Part:
    """A sum, a product, a power or a function of parts.

    Raises
    ------
    ValueError
        If it is too long, or a number that is not finite.
    """
    size = 1 + sum(p.size for p in parts)
    if make is Pow and _is_exact(parts[1]):
        size += parts[0].size * abs(parts[1].value or 0)
    _check_length(size)
    values = [p.value for p in parts]
    value = None if None in values else _finite(_computed(make, values))
    expr = make(*(p.expr for p in parts), evaluate=evaluate)
    if expr in NO_NUMBERS:
        raise ValueError(NOT_FINITE)
    return Part(expr, value, size)


def applied(primitive: Primitive, argument: Part, evaluate: bool = True) -> Part:
    """A primitive of a part, which may stand in it more than once."""
    size = primitive.complexity + primitive.expr.count(ARGUMENT) * argument.size
    _check_length(size)
    if argument.value is None:
        return Part(primitive(argument.expr), None, size)
    value = _finite(complex(primitive.value.on(np.array(argument.value))))
    return Part(primitive(argument.expr), value, size)


def _is_exact(exponent: Part) -> bool:
    """Whether sympy would multiply a power with this exponent out."""
    return exponent.value is not None and not exponent.expr.atoms(Float, Symbol)


def _check_length(size: float) -> None:
    if size > LARGEST:
        raise ValueError(f"A formula has at most {LARGEST} symbols when its powers are multiplied out.")


NOT_FINITE = "Numbers in a formula are finite and not beyond 1.8e308."


def _computed(make: type, values: Sequence[Any]) -> complex:
    with np.errstate(all="ignore"):
        return complex(OPERATIONS[make](*(np.complex128(v) for v in values)))


def _finite(value: complex) -> complex:
    if not np.isfinite(value):
        raise ValueError(NOT_FINITE)
    return value


def negative(part: Part, evaluate: bool) -> Part:
    """``-part``: a number with the other sign, or a product with ``-1``.

    >>> x = sympy.Symbol("x")
    >>> negative(Part(Mul(2, x, evaluate=False)), False).expr.args
    (-2, x)
    """
    value = None if part.value is None else -part.value
    return Part(_negative(part.expr, evaluate), value, part.size + 1)


def _negative(expr: Expr, evaluate: bool) -> Expr:
    if expr.is_Number or evaluate:
        return -expr
    factors = expr.args if isinstance(expr, Mul) else (expr,)
    first, *rest = (-factors[0], *factors[1:]) if factors[0].is_Number else (Integer(-1), *factors)
    return Mul(first, *rest, evaluate=False)


def reciprocal(part: Part, evaluate: bool) -> Part:
    """``1/part``: of a power, that with the other exponent if this is a number.

    >>> x = sympy.Symbol("x")
    >>> reciprocal(Part(x**2), False).expr
    x**(-2)
    """
    if part.expr.is_Rational and not part.expr.is_zero:
        return Part(1 / part.expr, 1 / part.value if part.value else None, part.size)
    if isinstance(part.expr, Pow) and part.expr.exp.is_Number and not evaluate:
        base, exponent = part.expr.args
        return Part(
            Pow(base, -exponent, evaluate=False), _finite(1 / part.value) if part.value else None, part.size
        )
    return combined(Pow, [part, Part(Integer(-1), -1.0)], evaluate)


def quotient(one: Part, other: Part, evaluate: bool) -> list[Part]:
    """The factors of ``one/other``: ``2/3`` is one number, ``1/x`` a power."""
    inverse = reciprocal(other, evaluate)
    if one.expr == 1 and one.expr.is_Integer:
        return [inverse]
    if one.expr.is_Rational and inverse.expr.is_Rational:
        return [combined(Mul, [one, inverse], True)]
    return [one, inverse]
