"""Where a primitive occurs in an expression: its argument, told from the primitive's own expression.

A primitive is written in ``x``; it occurs where some argument in the place of ``x`` gives the expression, or
some of the terms of a sum or the factors of a product. ``log(1 + exp(x))`` occurs in
``log(exp(2*t + 1) + 1)`` with the argument ``2*t + 1``. Only the form counts: what sympy writes in another
way is not found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Add, Expr, Mul, exp

from kantools.symbolic.primitive import ARGUMENT

__all__ = ["Occurrence", "occurrence"]

Args = tuple[Expr, ...]
Match = tuple[Expr | None, Args]


@dataclass(frozen=True)
class Occurrence:
    """A primitive's argument, and the terms or factors that stand beside the primitive.

    Attributes
    ----------
    argument : Expr
    beside : tuple of Expr
    """

    argument: Expr
    beside: Args


def occurrence(pattern: Expr, expr: Expr) -> Occurrence | None:
    """How a primitive stands at the top of an expression; None where it does not.

    Parameters
    ----------
    pattern : Expr
        The primitive, in ``x``.
    expr : Expr

    Examples
    --------
    >>> from sympy import log, sin, symbols
    >>> c, t, x = symbols("c t x")
    >>> occurrence(log(1 + exp(x)), log(exp(2 * t + c) + 1)).argument
    c + 2*t
    >>> occurrence(sin(x) / x, c * sin(t) / t)
    Occurrence(argument=t, beside=(c,))
    >>> occurrence(x / (1 + exp(-x)), 6 * t / (1 + exp(-2 * t)))
    Occurrence(argument=2*t, beside=(3,))
    >>> occurrence(sin(x), c * sin(t)) is None
    True
    """
    for argument, beside in _match(pattern, expr, None):
        if argument is not None:
            return Occurrence(argument, beside)
    return None


def _match(pattern: Expr, expr: Expr, known: Expr | None) -> Iterator[Match]:
    """What ``x`` may be, given what it is known to be, and what is left over."""
    number, bare = pattern.as_coeff_Mul()
    if bare == ARGUMENT:
        if known is None or known == expr / number:
            yield expr / number, ()
    elif not pattern.has(ARGUMENT):
        if pattern == expr:
            yield known, ()
    elif pattern.func is expr.func and pattern.func in (Add, Mul):
        yield from _within(pattern, expr, known)
    elif pattern.func is expr.func and len(pattern.args) == len(expr.args):
        yield from _in_order(pattern.args, expr.args, known)
    elif pattern.func is exp and expr.is_Mul:
        yield from _match(pattern, _gathered(expr), known) if _gathered(expr).func is exp else ()


def _gathered(product: Expr) -> Expr:
    """``c*exp(t)`` as ``exp(c + t)``: the constant in the exponent was written as a factor."""
    inside = [f for f in product.args if f.func is exp]
    factors = [f for f in product.args if f.func is not exp]
    plain = len(inside) == 1 and all(f.is_Atom for f in factors)
    return exp(inside[0].args[0] + Mul(*factors), evaluate=False) if plain else product


def _in_order(patterns: Sequence[Expr], args: Args, known: Expr | None) -> Iterator[Match]:
    """All arguments, one by one."""
    if not patterns:
        yield known, ()
        return
    for found, left in _match(patterns[0], args[0], known):
        if not left:
            yield from _in_order(patterns[1:], args[1:], found)


def _within(pattern: Expr, expr: Expr, known: Expr | None) -> Iterator[Match]:
    """The terms of a sum, or factors of a product, among those of another; ``x`` takes what is left."""
    others = [a for a in pattern.args if a != ARGUMENT]
    for found, left in _among(others, expr.args, known):
        if len(others) == len(pattern.args):
            yield found, left
        elif left and found is None:
            yield expr.func(*left), ()
        elif found is not None and set(_parts(found, expr.func)) <= set(left):
            rest = expr.func(*left) - found if expr.is_Add else expr.func(*left) / found
            yield found, () if rest in (0, 1) else expr.func.make_args(rest)


def _parts(expr: Expr, func: type[Add] | type[Mul]) -> Args:
    """The terms of a sum, or the factors of a product but for its number."""
    return tuple(a for a in func.make_args(expr) if func is Add or not a.is_number)


def _among(patterns: Sequence[Expr], args: Args, known: Expr | None) -> Iterator[Match]:
    """Some of the arguments in any order, and the rest."""
    if not patterns:
        yield known, args
        return
    for k, arg in enumerate(args):
        for found, left in _match(patterns[0], arg, known):
            if not left:
                yield from _among(patterns[1:], args[:k] + args[k + 1 :], found)
