"""The shortest way to write an expression that sympy's rewritings lead to."""

from collections.abc import Callable, Iterable

import sympy
from sympy import Expr, Symbol

from kantools.symbolic.complexity import complexity

__all__ = ["shortest"]

#: Rewritings that are safe and quick; the slow general one is for what is already short.
QUICK: tuple[Callable[[Expr], Expr], ...] = (
    sympy.powsimp,
    sympy.expand,
    sympy.factor,
    sympy.cancel,
    sympy.trigsimp,
    lambda e: sympy.cancel(e.rewrite([sympy.tanh, sympy.sinh, sympy.cosh], sympy.exp)),
    lambda e: sympy.factor(sympy.logcombine(e)),
    lambda e: sympy.powsimp(sympy.expand_power_base(sympy.expand_log(e))),
)
MOST_FOR_SIMPLIFY = 24


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
    forms = [expr.subs(known)]
    if complexity(expr) <= MOST_FOR_SIMPLIFY:
        forms.append(_try(sympy.simplify, forms[0]))
    forms += [_try(rewrite, form) for rewrite in QUICK for form in list(forms)]
    for form in forms:
        candidate = form.subs(back)
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
