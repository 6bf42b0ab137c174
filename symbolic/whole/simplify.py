"""The shortest way to write an expression that sympy's rewritings lead to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import lcm

import sympy
import sympy.physics.units  # which sympy.simplify imports when it is first called, in somebody's time limit
from sympy import Expr, Symbol
from sympy.functions.elementary.hyperbolic import HyperbolicFunction
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from kantools.clock import NODE, worked
from kantools.symbolic.language.complexity import complexity
from kantools.symbolic.language.language import Language, language_of
from kantools.symbolic.whole.denominators import cleared
from kantools.symbolic.whole.multiple_angles import in_multiple_angles

__all__ = ["shortest"]

Rewriting = Callable[[Expr], Expr]
LOGARITHMS = (sympy.log,)
HYPERBOLIC = (sympy.tanh, sympy.sinh, sympy.cosh)
PERIODIC = (TrigonometricFunction, HyperbolicFunction)


@dataclass(frozen=True)
class If:
    """A rewriting that has nothing to do unless certain functions occur, which sympy is slow to see."""

    has: tuple[type, ...]
    rewriting: Rewriting

    def __call__(self, expr: Expr) -> Expr:
        return self.rewriting(expr) if expr.has(*self.has) else expr


#: Symbols of an expression whose products of sines and cosines are multiplied out.
EXPANDABLE = 32
#: Rewritings that are quick on any expression …
QUICK: tuple[Rewriting, ...] = (
    sympy.powsimp,
    sympy.expand,
    lambda e: sympy.powsimp(sympy.expand_power_base(sympy.expand_log(e))),
    lambda e: in_multiple_angles(e) if complexity(e) <= EXPANDABLE else e,
)
#: … on short ones …
ALGEBRAIC: tuple[Rewriting, ...] = (
    sympy.factor,
    sympy.cancel,
    If(HYPERBOLIC, lambda e: sympy.cancel(e.rewrite(HYPERBOLIC, sympy.exp))),
    If(LOGARITHMS, lambda e: sympy.factor(sympy.logcombine(e))),
)
#: … and on very short ones: these can take minutes, and sympy cannot be interrupted.
SEARCHING: tuple[Rewriting, ...] = (If(PERIODIC, sympy.trigsimp), sympy.simplify)
SHORT, VERY_SHORT = 24, 16
#: Degree of the polynomials that sympy makes of powers and roots; to factor higher ones takes minutes, too:
#: ``x**3`` beside ``x**(1/8)`` is the 24th power of the root.
HIGHEST = 24
#: How often sympy builds or looks at a node, over the cube of the size where it searches, and over the
#: square where it does not, on short expressions and on long ones. Measured on 186 drafts of seven laws:
#: 9, 33 and 78 ms for 7, 11 and 15 symbols, 13 for 19, 15 for 80.
SEARCHED, FACTORED, EXPANDED = 2.5, 4.0, 0.25
COMPLEX = (sympy.re, sympy.im, sympy.arg, sympy.I, sympy.Piecewise, sympy.nan, sympy.zoo, sympy.oo)


def shortest(expr: Expr, positive: Iterable[Symbol] = (), language: Language | None = None) -> Expr:
    """The least complex of an expression's rewritings, the first of equals.

    Parameters
    ----------
    expr : Expr
    positive : iterable of Symbol
        Symbols that stand for positive numbers; all others are real.
    language : Language, optional
        What costs how much, and what must not be written.

    Examples
    --------
    >>> from sympy import symbols, sqrt, sin, cos
    >>> x, y = symbols("x y")
    >>> shortest(sin(x) ** 2 + cos(x) ** 2 + y)
    y + 1
    >>> shortest(3 * sin(x * y) - 4 * sin(x * y) ** 3 + 2 * cos(x - y) ** 2 - 1)
    sin(3*x*y) + cos(2*x - 2*y)
    >>> shortest(sqrt(x**2) * y, positive=[x])
    x*y
    >>> shortest(sqrt(sympy.exp(-(x**2))))
    exp(-x**2/2)
    """
    positive, language = set(positive), language or language_of()
    worked(_looks(complexity(expr)) * NODE, once=(expr, language))
    expr = _one_exponential(expr)
    known = {s: sympy.Symbol(s.name, real=True, positive=(s in positive) or None) for s in expr.free_symbols}
    back = {stand_in: s for s, stand_in in known.items()}
    short = _shortest(expr.xreplace(known), language).xreplace(back)
    return short if language.complexity(short) < language.complexity(expr) else expr


def _one_exponential(expr: Expr) -> Expr:
    """``exp(u)**p`` as ``exp(p*u)``, which sympy leaves alone where ``u`` might be complex."""
    return expr.replace(
        lambda e: e.is_Pow and isinstance(e.base, sympy.exp) and e.exp.is_number,
        lambda e: sympy.exp(e.exp * e.base.args[0]),
    )


@lru_cache(maxsize=1024)
def _shortest(expr: Expr, language: Language) -> Expr:
    """Of symbols with assumptions; remembered, since drafts come back with the same template."""
    best, size, wrong = expr, language.complexity(expr), language.violations(expr)
    for form in _forms(expr):
        here = language.complexity(form)
        if here < size and not form.has(*COMPLEX) and language.violations(form) <= wrong:
            best, size = form, here
    return best


def _forms(expr: Expr) -> Iterable[Expr]:
    """Different ways to write an expression."""
    size = complexity(expr) if _degree(expr) <= HIGHEST else SHORT + 1
    forms = dict.fromkeys(
        [
            expr,
            cleared(expr, complexity),
            *(_try(rewrite, expr) for rewrite in SEARCHING * (size <= VERY_SHORT)),
        ]
    )
    rewritings = QUICK + ALGEBRAIC * (size <= SHORT)
    return dict.fromkeys([*forms, *(_try(rewrite, form) for rewrite in rewritings for form in forms)])


def _degree(expr: Expr) -> int:
    """Of the polynomials that sympy makes of an expression; ``exp(25*x/17)`` is a power of ``exp(x/17)``.

    >>> x, y = sympy.symbols("x y")
    >>> _degree(x**3 + y), _degree(x**3 + y ** sympy.Rational(1, 8)), _degree(sympy.exp(-25 * x / 17))
    (3, 24, 25)
    """
    exponents = [p.exp for p in expr.atoms(sympy.Pow) if p.exp.is_Rational]
    arguments = [t for e in expr.atoms(sympy.exp) for t in sympy.Add.make_args(e.args[0])]
    exponents += [c for c, _ in (t.as_coeff_Mul() for t in arguments) if c.is_Rational and c]
    roots = lcm(*(int(e.q) for e in exponents))
    return max((abs(int(e.p)) * (roots // int(e.q)) for e in exponents), default=1)


def _looks(size: int) -> float:
    """How often nodes are looked at, all rewritings of an expression of this size together."""
    if size <= VERY_SHORT:
        return SEARCHED * size**3
    return (FACTORED if size <= SHORT else EXPANDED) * size**2


def _try(rewrite: Rewriting, expr: Expr) -> Expr:
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
