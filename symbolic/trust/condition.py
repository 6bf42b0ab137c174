"""What has to hold for an expression to be real and finite.

A formula has poles, roots and logarithms; each sets a condition such as ``x - y != 0`` or ``1 - v**2 > 0``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import sympy
from sympy import Abs, Expr, Float, Integer, cos, diff, preorder_traversal, sin, sstr

from kantools.symbolic.trust.interval import bounds

__all__ = ["RELATIONS", "Condition", "conditions_of"]

Array = np.ndarray
Relation: TypeAlias = Literal[">", ">=", "<", "<=", "!="]
RELATIONS: tuple[Relation, ...] = get_args(Relation)
DIGITS = 6  # of a number in words
MIRRORED: dict[Relation, Relation] = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "!=": "!="}
STRICT: dict[Relation, Relation] = {">=": ">", "<=": "<"}
ZERO, ONE = Integer(0), Integer(1)

#: What a function asks of its argument ``u``: an expression of it, a relation, a number.
ASKS: dict[type, Callable[[Expr], tuple[Expr, Relation, Expr]]] = {
    sympy.log: lambda u: (u, ">", ZERO),
    sympy.asin: lambda u: (Abs(u), "<=", ONE),
    sympy.acos: lambda u: (Abs(u), "<=", ONE),
    sympy.acosh: lambda u: (u, ">=", ONE),
    sympy.atanh: lambda u: (Abs(u), "<", ONE),
    sympy.tan: lambda u: (cos(u), "!=", ZERO),
    sympy.sec: lambda u: (cos(u), "!=", ZERO),
    sympy.cot: lambda u: (sin(u), "!=", ZERO),
    sympy.csc: lambda u: (sin(u), "!=", ZERO),
    sympy.coth: lambda u: (u, "!=", ZERO),
}


@dataclass(frozen=True)
class Condition:
    """``expr relation bound``, without which a formula is not real or not finite.

    Attributes
    ----------
    expr : Expr
        In the columns.
    relation : {">", ">=", "<", "<=", "!="}
    bound : Expr
        A number.
    met : bool or None
        Whether it holds everywhere in the ranges seen; False if it fails somewhere there; None if that
        could not be told.

    Examples
    --------
    >>> print(Condition(sympy.Symbol("x") - sympy.Symbol("y"), "!="))
    x - y != 0
    """

    expr: Expr
    relation: Relation
    bound: Expr = ZERO
    met: bool | None = None

    @property
    def margin(self) -> Expr:
        """Positive where the condition holds with room to spare; of either sign for ``!=``.

        >>> Condition(sympy.Symbol("x"), "<", Integer(2)).margin
        2 - x
        """
        return self.bound - self.expr if self.relation[0] == "<" else self.expr - self.bound

    def holds(self, margin: Array) -> Array:
        """Which values of the margin are allowed.

        >>> Condition(sympy.Symbol("x"), ">=").holds(np.array([-1.0, 0.0, 1.0])).tolist()
        [False, True, True]
        """
        if self.relation == "!=":
            return np.isfinite(margin) & (margin != 0)
        return margin >= 0 if self.relation.endswith("=") else margin > 0

    def proven(self, low: Array, high: Array) -> Array:
        """Whether it holds for every margin between two ends.

        >>> Condition(sympy.Symbol("x"), "!=").proven(np.array([-1.0, 1.0]), np.array([1.0, 2.0])).tolist()
        [False, True]
        """
        return (low > 0) | (high < 0) if self.relation == "!=" else self.holds(low)

    def __str__(self) -> str:
        return f"{_in_words(self.expr)} {self.relation} {_in_words(self.bound)}"


def _in_words(expr: Expr) -> str:
    return sstr(expr.xreplace({f: Float(f, DIGITS) for f in expr.atoms(Float)}), full_prec=False)


def conditions_of(expr: Expr) -> tuple[Condition, ...]:
    """What has to hold for an expression to be real and finite, but for what always holds.

    >>> x, y = sympy.symbols("x y")
    >>> [str(c) for c in conditions_of(sympy.sqrt(1 - x**2) / ((x - y) * (1 + sympy.exp(y))))]
    ['1 - x**2 >= 0', 'x - y != 0']
    >>> [str(c) for c in conditions_of(sympy.log(2 - 3 * x) / x)]
    ['x != 0', 'x < 2/3']
    """
    asked = (_solved(c) for node in preorder_traversal(expr) for c in _asked(node) if not _always(c))
    return tuple(_merged(asked))


def _merged(conditions: Iterable[Condition]) -> Iterator[Condition]:
    """One condition for each expression and bound: the strictest."""
    relations: dict[tuple[Expr, Expr], set[Relation]] = {}
    for c in conditions:
        relations.setdefault((c.expr, c.bound), set()).add(c.relation)
    return (Condition(expr, _strictest(told), bound) for (expr, bound), told in relations.items())


def _strictest(told: set[Relation]) -> Relation:
    """Of several together, such as ``>=`` and ``!=``, the one without equality."""
    ordered = sorted(told - {"!="}, key=lambda r: (len(r), r))
    if not ordered:
        return "!="
    return ordered[0] if len(told) == 1 or len(ordered[0]) == 1 else STRICT[ordered[0]]


def _solved(condition: Condition) -> Condition:
    """For the column itself where it is linear in one column."""
    expr, relation, bound = condition.expr, condition.relation, condition.bound
    if len(expr.free_symbols) != 1 or expr.has(Abs):
        return condition
    (x,) = expr.free_symbols
    slope = diff(expr, x)
    if not slope.is_number or not slope.is_real or slope == 0:
        return condition
    relation = relation if slope > 0 else MIRRORED[relation]
    return Condition(x, relation, (bound - expr.subs(x, 0)) / slope)


def _asked(node: Expr) -> Iterator[Condition]:
    """Of one node of the tree; a product in it is asked factor by factor where only zero is forbidden."""
    if node.func in ASKS:
        yield from _by_factors(Condition(*ASKS[node.func](node.args[0])))
    elif node.is_Pow and not node.is_number:
        yield from _by_factors(*_of_power(node.base, node.exp))


def _of_power(base: Expr, exponent: Expr) -> Iterator[Condition]:
    if not exponent.is_number or exponent.is_integer is False:
        falls = exponent.could_extract_minus_sign() if exponent.is_number else True
        yield Condition(base, ">" if falls else ">=")
    elif exponent.is_negative:
        yield Condition(base, "!=")


def _by_factors(*conditions: Condition) -> Iterator[Condition]:
    for c in conditions:
        if c.relation == "!=" and c.expr.is_Mul:
            yield from _by_factors(*(Condition(f, "!=") for f in c.expr.args if not f.is_number))
        elif c.relation == "!=" and c.expr.is_Pow and c.expr.exp.is_positive:
            yield from _by_factors(Condition(c.expr.base, "!="))
        elif c.relation == ">" and c.bound == 0 and c.expr.is_Pow and c.expr.exp.is_integer is False:
            yield Condition(c.expr.base, ">")
        else:
            yield c


def _always(condition: Condition) -> bool:
    """Whether it holds for all real numbers."""
    ends = np.array([-np.inf]), np.array([np.inf])
    low, high = bounds(condition.margin, dict.fromkeys(condition.expr.free_symbols, ends))
    return bool(condition.proven(low, high).all())
