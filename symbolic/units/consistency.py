"""Whether a formula is consistent with the dimensions of its columns, and what its constants then have.

Like is added to like; functions and exponents are given pure numbers; products and powers multiply. A
constant whose dimension is not known is carried along as an independent quantity. What has to be equal then
makes equations that are linear in the constants' exponents, and elimination in exact fractions decides
whether they can be met. Numbers that are written out, such as 2 or pi, are pure.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

from sympy import Abs, Expr, Symbol, log

from kantools.symbolic.units.dimension import PURE, Dimension

__all__ = ["constant_dimensions"]

#: Exponents that were measured are taken for fractions with no larger denominator.
FINEST_EXPONENT = 1000


def constant_dimensions(
    template: Expr,
    target: Dimension,
    columns: Mapping[Symbol, Dimension],
    constants: Mapping[Symbol, float],
    ignored: Hashable = None,
    within: float = inf,
) -> dict[Symbol, Dimension] | None:
    """The dimension of every constant, or None where no choice of them makes the formula consistent.

    Parameters
    ----------
    template : Expr
        The formula, with symbols in the place of its constants.
    target : Dimension
    columns : mapping of Symbol to Dimension
    constants : mapping of Symbol to float
        The constants that may have any dimension, and their values, which count where they are exponents.
    ignored : hashable, optional
        A quantity that need not agree.
    within : float
        How far its exponents may be apart all the same.

    Returns
    -------
    dict of Symbol to Dimension, or None
        A constant that the equations leave open is a pure number.

    Examples
    --------
    The period of a pendulum: the constant is one over the root of an acceleration.

    >>> from sympy import sin, sqrt, symbols
    >>> c, length = symbols("c length")
    >>> metre, second = Dimension.of({"m": 1}), Dimension.of({"s": 1})
    >>> found = constant_dimensions(c * sqrt(length), second, {length: metre}, {c: 2.0})
    >>> found[c] == second / metre ** Fraction(1, 2)
    True
    >>> constant_dimensions(c * sin(length), second, {length: metre}, {c: 2.0}) is None
    True
    """
    walk = Walk({**columns, **{c: Dimension.of({c: 1}) for c in constants}}, constants)
    walk.equal(walk.dimension(template), target)
    return _solved(walk.equations, constants, ignored, within)


@dataclass
class Walk:
    """A walk over an expression that gathers what has to be a pure number."""

    known: Mapping[Symbol, Dimension]
    values: Mapping[Symbol, float]
    equations: list[Dimension] = field(default_factory=list)

    def equal(self, one: Dimension, other: Dimension) -> None:
        if one != other:
            self.equations.append(one / other)

    def pure(self, *parts: Expr) -> None:
        for part in parts:
            self.equal(self.dimension(part), PURE)

    def dimension(self, e: Expr) -> Dimension:
        if e.is_Symbol:
            return self.known[e]
        if e.is_Mul:
            return self._product(e)
        if e.is_Add:
            return self._sum(e)
        if e.is_Pow:
            return self._power(*e.args)
        if isinstance(e, Abs):
            return self.dimension(e.args[0])
        self.pure(*e.args)
        return PURE

    def _product(self, e: Expr) -> Dimension:
        whole = PURE
        for factor in e.args:
            whole = whole * self.dimension(factor)
        return whole

    def _power(self, base: Expr, exponent: Expr) -> Dimension:
        self.pure(exponent)
        if exponent.free_symbols <= self.values.keys():
            return self.dimension(base) ** self._number(exponent)
        self.pure(base)
        return PURE

    def _number(self, exponent: Expr) -> Fraction:
        if exponent.is_Rational:
            return Fraction(int(exponent.p), int(exponent.q))
        value = exponent.subs({s: self.values[s] for s in exponent.free_symbols})
        return Fraction(float(value)).limit_denominator(FINEST_EXPONENT)

    def _sum(self, e: Expr) -> Dimension:
        """Like to like; in ``c + k*log(x)`` the constant hides the unit of ``x``: it is ``k*log(x/x0)``."""
        hidden = any(term in self.values for term in e.args)
        dimensions = [self._logarithm(term) if hidden else self.dimension(term) for term in e.args]
        for other in dimensions[1:]:
            self.equal(other, dimensions[0])
        return dimensions[0]

    def _logarithm(self, term: Expr) -> Dimension:
        """The dimension of a term, whatever stands in a logarithm that is a factor of it."""
        logs = [f for f in term.as_ordered_factors() if isinstance(f, log)]
        if not logs:
            return self.dimension(term)
        self.dimension(logs[0].args[0])  # its inside is consistent in itself
        return self.dimension(term / logs[0])


def _solved(
    equations: list[Dimension], constants: Mapping[Symbol, float], ignored: Hashable, within: float
) -> dict[Symbol, Dimension] | None:
    """Elimination: each equation gives one constant in terms of others, or has to hold as it is."""
    found: dict[Symbol, Dimension] = {}
    for equation in equations:
        left = _inserted(equation, found)
        unknown = next((b for b in left.powers if b in constants), None)
        if unknown is None:
            if not left.without(ignored).pure or abs(left[ignored]) > within:
                return None
            continue
        rest = left.without(unknown) ** (-1 / left[unknown])
        found = {c: _inserted(d, {unknown: rest}) for c, d in found.items()} | {unknown: rest}
    for open_one in constants:
        if open_one not in found:
            found = {c: d.without(open_one) for c, d in found.items()} | {open_one: PURE}
    return found


def _inserted(dimension: Dimension, found: Mapping[Symbol, Dimension]) -> Dimension:
    """The dimension with what is known of the constants in it."""
    whole = dimension
    for constant, known in found.items():
        if dimension[constant]:
            whole = whole.without(constant) * known ** dimension[constant]
    return whole
