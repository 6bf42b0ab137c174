"""The shortest way to write an expression that sympy's rewritings lead to."""

from collections.abc import Callable, Iterable

import sympy
from sympy import Expr, Symbol

from kantools.symbolic.complexity import complexity

__all__ = ["shortest"]

Rewriting = Callable[[Expr], Expr]

#: Rewritings that are quick on any expression …
QUICK: tuple[Rewriting, ...] = (
    sympy.powsimp,
    sympy.expand,
    lambda e: sympy.powsimp(sympy.expand_power_base(sympy.expand_log(e))),
)
#: … on short ones …
ALGEBRAIC: tuple[Rewriting, ...] = (
    sympy.factor,
    sympy.cancel,
    lambda e: sympy.cancel(e.rewrite([sympy.tanh, sympy.sinh, sympy.cosh], sympy.exp)),
    lambda e: sympy.factor(sympy.logcombine(e)),
)
#: … and on very short ones: these can take minutes, and sympy cannot be interrupted.
SEARCHING: tuple[Rewriting, ...] = (sympy.trigsimp, sympy.simplify)
SHORT, VERY_SHORT = 24, 16
COMPLEX = (sympy.re, sympy.im, sympy.arg, sympy.I, sympy.Piecewise, sympy.nan, sympy.zoo, sympy.oo)


def shortest(expr: Expr, positive: Iterable[Symbol] = ()) -> Expr:
    """The least complex of an expression's rewritings, the first of equals.

    Parameters
    ----------
    expr : Expr
    positive : iterable of Symbol
        Symbols that stand for positive numbers; all others are real.

    Examples
    --------
    >>> from sympy import symbols, sqrt, sin, cos
    >>> x, y = symbols("x y")
    >>> shortest(sin(x) ** 2 + cos(x) ** 2 + y)
    y + 1
    >>> shortest(sqrt(x**2) * y, positive=[x])
    x*y
    """
    positive = set(positive)
    known = {
        s: sympy.Dummy(s.name, positive=True) if s in positive else sympy.Dummy(s.name, real=True)
        for s in expr.free_symbols
    }
    back = {dummy: s for s, dummy in known.items()}
    best = expr
    size = complexity(expr)
    rewritings = QUICK + ALGEBRAIC * (size <= SHORT)
    forms = [expr.subs(known)]
    forms += [_try(rewrite, forms[0]) for rewrite in SEARCHING * (size <= VERY_SHORT)]
    forms += [_try(rewrite, form) for rewrite in rewritings for form in list(forms)]
    for form in forms:
        candidate = form.subs(back)
        if candidate.has(*COMPLEX):
            continue
        if complexity(candidate) < complexity(best):
            best = candidate
    return best


def _try(rewrite: Callable[[Expr], Expr], expr: Expr) -> Expr:
    """Sympy's rewritings fail on some expressions; the expression then stays as it is."""
    try:
        return rewrite(expr)
    except (
        ValueError,
        TypeError,
        AttributeError,
        NotImplementedError,
        RecursionError,
        sympy.PolynomialError,
    ):
        return expr
