"""Expressions as text that :func:`kantools.symbolic.written.parse.parse` reads back exactly.

``2.5*sin(x)**2/(1.0 - "flow rate")``: names that are none by themselves stand in quotes, doubles have the
digits that they need, and sums and products stand in the order of the expression, so that a formula that was
read computes to the last bit what it did before. What infix notation cannot tell, such as a product inside of
a product, is written as ``mul(2, mul(3, x))``.
"""

import json
from math import log10

from mpmath.libmp import to_str
from sympy import Add, Expr, Float, Mul, Pow, Rational, Symbol

from kantools.symbolic.written.parse import CONSTANTS, NAME, FormulaError, parse
from kantools.symbolic.written.tree import to_tree

__all__ = ["to_text"]

SUM, PRODUCT, POWER, ATOM = range(4)
CALLED = {Add: "add", Mul: "mul", Pow: "pow"}
CONSTANT_NAMES = {constant: name for name, constant in CONSTANTS.items()}


def to_text(expr: Expr) -> str:
    """The text of an expression.

    Parameters
    ----------
    expr : Expr
        Of plain symbols and the functions that formulas are made of.

    Returns
    -------
    str
        ``parse(to_text(expr), evaluate=False)`` is the same expression, its numbers to the last bit.

    Raises
    ------
    TreeError
        For functions that formulas do not have, and symbols with assumptions.
    FormulaError
        For an expression that is too long or too deep to be read again.

    Examples
    --------
    >>> from sympy import sqrt, symbols
    >>> x, y = symbols("x flow\\\\ rate")
    >>> print(to_text(sqrt(x) / y**2 - 0.1 * x))
    -0.1*x + 1/"flow rate"**2*sqrt(x)
    """
    tree = to_tree(expr)
    for text in (infix(expr), prefix(expr)):
        if to_tree(parse(text, evaluate=False)) == tree:
            return text
    raise FormulaError(f"A formula in a file has no numbers beyond double precision; got {str(expr)[:60]}.")


def infix(expr: Expr, least: int = SUM) -> str:
    """In brackets where it binds less than it should."""
    text, binds = _infix(expr)
    return text if binds >= least else f"({text})"


def _infix(expr: Expr) -> tuple[str, int]:
    if isinstance(expr, Add):
        return _sum(expr), SUM
    if isinstance(expr, Mul) or _is_inverse(expr):
        return _product(expr), PRODUCT
    if isinstance(expr, Pow):
        return _power(expr.base, expr.exp)
    if expr.args:
        return f"{expr.func.__name__}({infix(expr.args[0])})", ATOM
    return atom(expr), _binding(expr)


def _binding(number: Expr) -> int:
    """How tightly a number is held together, or a name."""
    if number.is_Number and number.is_negative:
        return SUM
    return PRODUCT if number.is_Rational and not number.is_Integer else ATOM


def _is_inverse(expr: Expr) -> bool:
    return isinstance(expr, Pow) and expr.exp.is_Rational and expr.exp.is_negative


def _sum(expr: Expr) -> str:
    first, *rest = (infix(term, PRODUCT) if not _leads_minus(term) else infix(term) for term in expr.args)
    return first + "".join(f" - {t[1:]}" if t.startswith("-") else f" + {t}" for t in rest)


def _leads_minus(term: Expr) -> bool:
    number = term.args[0] if isinstance(term, Mul) else term
    return bool(number.is_Number and number.is_negative)


def _product(expr: Expr) -> str:
    factors = list(expr.args) if isinstance(expr, Mul) else [expr]
    sign = ""
    if _leads_minus(expr):
        sign, factors[0] = "-", -factors[0]
        factors = factors[1:] if factors[0] == 1 and factors[0].is_Integer else factors
    text = "1" if _is_inverse(factors[0]) else ""
    for factor in factors:
        if _is_inverse(factor):
            text += "/" + _power(factor.base, -factor.exp)[0]
        else:
            text += "*" * bool(text) + infix(factor, POWER if text or len(factors) == 1 else PRODUCT)
    return sign + text


def _power(base: Expr, exponent: Expr) -> tuple[str, int]:
    if exponent == 1:
        return infix(base, POWER), POWER
    if exponent == Rational(1, 2):
        return f"sqrt({infix(base)})", ATOM
    return f"{infix(base, ATOM)}**{infix(exponent, POWER)}", POWER


def prefix(expr: Expr) -> str:
    """Every operation as a function of its operands."""
    if not expr.args:
        return atom(expr)
    name = CALLED.get(expr.func, expr.func.__name__)
    return f"{name}({', '.join(map(prefix, expr.args))})"


def atom(expr: Expr) -> str:
    """A name or a number."""
    if expr in CONSTANT_NAMES:
        return CONSTANT_NAMES[expr]
    if isinstance(expr, Symbol):
        plain = NAME.fullmatch(expr.name) and expr.name not in CONSTANTS
        return expr.name if plain else json.dumps(expr.name, ensure_ascii=False)
    if isinstance(expr, Float):
        return repr(float(expr)) if expr._prec == 53 else _precise(expr)
    return str(expr)


def _precise(number: Float) -> str:
    """With a few digits more than its bits have."""
    digits = int(number._prec * log10(2)) + 3
    sign = "-" if number.is_negative else ""
    return f"{sign}float({to_str(abs(number)._mpf_, digits)}, {number._prec})"
