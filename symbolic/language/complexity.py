"""How long a formula is: the number of symbols a person writes down."""

from collections import Counter

import sympy

from kantools.symbolic.language.occurrence import Occurrence, occurrence

__all__ = ["Costs", "complexity"]

#: What a primitive, as an expression in ``x``, costs around its argument.
Costs = tuple[tuple[sympy.Expr, int], ...]


def complexity(expr: sympy.Expr, costs: Costs = ()) -> int:
    """Nodes of the expression tree as it is written: operators, functions, columns and constants.

    ``a - b`` and ``a / b`` count as one operator, a number is one node whatever its size and its name
    (``2*pi``), a minus sign in front costs nothing, and a power that several factors share is written once
    around them.

    Parameters
    ----------
    expr : Expr
    costs : sequence of (Expr, int)
        Primitives, as expressions in ``x``, that cost something else than their symbols; the cheapest
        reading counts.

    Examples
    --------
    >>> x, y = sympy.symbols("x y")
    >>> complexity(x), complexity(x / y), complexity(x - y), complexity(sympy.sqrt(x))
    (1, 3, 3, 2)
    >>> complexity(2 * sympy.sin(x + 1)), complexity(2 * sympy.sin(x + 1), ((sympy.sin(x), 5),))
    (6, 10)
    >>> complexity(x**2 / y**2) == complexity((x / (1 + y)) ** 2) - 2 == 5
    True
    """
    if expr.is_Atom or expr.is_number:
        return 1
    told = _told(expr, costs)
    if told is not None:
        return told
    if expr.is_Add:
        return sum(complexity(a, costs) for a in expr.args) + len(expr.args) - 1
    if expr.is_Mul:
        return _product(expr, costs)
    if expr.is_Pow:
        return _power(expr, costs)
    return 1 + sum(complexity(a, costs) for a in expr.args)


def _told(expr: sympy.Expr, costs: Costs) -> int | None:
    """By the cheapest of the given primitives that stand at the top of the expression."""
    found = ((occurrence(pattern, expr), cost) for pattern, cost in costs)
    return min((cost + _around(o, costs) for o, cost in found if o is not None), default=None)


def _around(found: Occurrence, costs: Costs) -> int:
    return complexity(found.argument, costs) + sum(complexity(b, costs) + 1 for b in found.beside)


def _product(expr: sympy.Mul, costs: Costs) -> int:
    factors = [f for f in expr.args if not f.is_number]
    number = any(f.is_number and f != -1 for f in expr.args)
    # 1/y costs a node of its own where nothing stands above the fraction bar: "1" and "/".
    bare = not number and all(f.is_Pow and f.exp.could_extract_minus_sign() for f in factors)
    operators = len(factors) + number - 1
    return sum(_factor(f, costs) for f in factors) + number + operators + 2 * bare - _shared(factors, costs)


def _shared(factors: list[sympy.Expr], costs: Costs) -> int:
    """The exponents that are written once: ``a**2*b**2/c**2`` is ``(a*b/c)**2``."""
    powers = (f for f in factors if f.is_Pow and f.exp.is_number and _told(f, costs) is None)
    exponents = Counter(abs(f.exp) for f in powers)
    return sum((n - 1) * _exponent(e, costs) for e, n in exponents.items() if e != 1)


def _exponent(exponent: sympy.Expr, costs: Costs) -> int:
    """Of the sign of a root, or of a power and its number."""
    return 1 if exponent == sympy.Rational(1, 2) else 1 + complexity(exponent, costs)


def _factor(f: sympy.Expr, costs: Costs) -> int:
    """What stands under the fraction bar is written upside down, unless it has a cost of its own."""
    below = f.is_Pow and f.exp.could_extract_minus_sign() and _told(f, costs) is None
    return complexity(1 / f if below else f, costs)


def _power(expr: sympy.Pow, costs: Costs) -> int:
    base, exponent = expr.args
    if isinstance(base, sympy.exp) and exponent.is_number:
        return complexity(sympy.exp(exponent * base.args[0]), costs)  # nobody writes a root of it
    if exponent.is_number and exponent.could_extract_minus_sign():
        return complexity(1 / expr, costs) + 2
    return complexity(base, costs) + _exponent(exponent, costs)
