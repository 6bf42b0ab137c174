"""Expressions as nested lists, for files.

``2.5*sin(x)**2`` is ``["mul", ["float", "0x1.4p+1"], ["pow", ["sin", ["symbol", "x"]], ["integer", 2]]]``:
an operator and its operands, down to numbers and symbols. Floats are written in hexadecimal, so that they
come back bit for bit. Reading looks every name up in a table of sums, products, powers and the functions of
:mod:`kantools.symbolic.evaluate`; nothing is evaluated, so a file from a stranger can do no harm.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import sympy
from sympy import Add, Expr, Float, Integer, Mul, Pow, Rational, Symbol

from kantools.symbolic.evaluate import FUNCTIONS

__all__ = ["Tree", "TreeError", "from_tree", "to_tree"]

Tree: TypeAlias = list[Any]

OPERATORS: dict[str, type] = {"add": Add, "mul": Mul, "pow": Pow} | {f.__name__.lower(): f for f in FUNCTIONS}
NAMES = {operator: name for name, operator in OPERATORS.items()}
CONSTANTS: dict[str, Expr] = {"pi": sympy.pi, "e": sympy.E, "golden": sympy.GoldenRatio, "nan": sympy.nan}
#: Larger exact numbers and deeper trees are no formulas of measurements.
DIGITS, DEPTH = 400, 200


class TreeError(ValueError):
    """A tree that is no expression, or an expression that has no tree."""


def to_tree(expr: Expr) -> Tree:
    """An expression as nested lists of strings and integers.

    Raises
    ------
    TreeError
        For functions outside the table and for symbols with assumptions, which a file would lose.

    Examples
    --------
    >>> x = Symbol("x")
    >>> to_tree(sympy.sqrt(x) / 3)
    ['mul', ['rational', 1, 3], ['pow', ['symbol', 'x'], ['rational', 1, 2]]]
    """
    for name, constant in CONSTANTS.items():
        if expr == constant:
            return [name]
    if isinstance(expr, Symbol):
        return _symbol(expr)
    if isinstance(expr, Integer):
        return ["integer", int(expr)]
    if isinstance(expr, Rational):
        return ["rational", int(expr.p), int(expr.q)]
    if isinstance(expr, Float):
        return _float(expr)
    if expr.func not in NAMES:
        raise TreeError(f"A formula in a file is made of {', '.join(OPERATORS)}; got {expr.func.__name__}.")
    return [NAMES[expr.func], *(to_tree(a) for a in expr.args)]


def _symbol(symbol: Symbol) -> Tree:
    if symbol != Symbol(symbol.name):
        raise TreeError(f'A symbol in a file is a plain name; "{symbol.name}" has assumptions. Replace it.')
    return ["symbol", symbol.name]


def _float(number: Float) -> Tree:
    """A double in hexadecimal; any other number as sign, mantissa, exponent of two, and bits of precision."""
    if number._prec == 53:
        return ["float", float(number).hex()]
    sign, mantissa, exponent, _ = number._mpf_
    return ["float", int(sign), int(mantissa), int(exponent), int(number._prec)]


def from_tree(tree: Tree, symbols: frozenset[str] | None = None) -> Expr:
    """The expression of a tree, exactly as it was written: nothing is simplified.

    Parameters
    ----------
    tree : nested lists
    symbols : frozenset of str, optional
        The names that may occur; any where it is None.

    Raises
    ------
    TreeError
        For anything that :func:`to_tree` does not write.

    Examples
    --------
    >>> from_tree(["mul", ["float", "0x1.4p+1"], ["sin", ["symbol", "x"]]])
    2.5*sin(x)
    """
    return _read(tree, symbols, 0)


def _read(tree: Tree, symbols: frozenset[str] | None, depth: int) -> Expr:
    if not isinstance(tree, list) or not tree or not isinstance(tree[0], str) or depth > DEPTH:
        raise TreeError(f"An expression is a list that begins with a name; got {str(tree)[:60]}.")
    name, operands = tree[0], tree[1:]
    if name in CONSTANTS and not operands:
        return CONSTANTS[name]
    if name in LEAVES:
        return _leaf(name, operands, symbols)
    if name not in OPERATORS:
        raise TreeError(f'There is no operator "{name}" in formulas.')
    if not _right_number(name, len(operands)):
        raise TreeError(f'"{name}" does not take {len(operands)} operands.')
    return OPERATORS[name](*(_read(t, symbols, depth + 1) for t in operands), evaluate=False)


def _right_number(name: str, operands: int) -> bool:
    return operands >= 2 if name in ("add", "mul") else operands == (2 if name == "pow" else 1)


def _leaf(name: str, operands: Tree, symbols: frozenset[str] | None) -> Expr:
    try:
        leaf = LEAVES[name](*operands)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise TreeError(f'"{name}" cannot be read from {str(operands)[:60]} ({error}).') from None
    if name == "symbol" and symbols is not None and leaf.name not in symbols:
        raise TreeError(f'The formula mentions "{leaf.name}", which is neither a column nor a constant.')
    return leaf


def _whole(value: object) -> int:
    if type(value) is not int or abs(value) >= 10**DIGITS:
        raise ValueError(f"a whole number of at most {DIGITS} digits is expected")
    return value


def _named(name: object) -> Symbol:
    if not isinstance(name, str):
        raise TypeError("a name is a string")
    return Symbol(name)


def _exact_float(*parts: object) -> Float:
    if len(parts) == 1:
        if not isinstance(parts[0], str):
            raise TypeError("a hexadecimal string is expected")
        return Float(float.fromhex(parts[0]), precision=53)
    sign, mantissa, exponent, precision = map(_whole, parts)
    if not (sign in (0, 1) and mantissa >= 0 and 1 <= precision <= 10_000 and abs(exponent) < 10**6):
        raise ValueError("sign, mantissa, exponent and precision are expected")
    return Float((sign, mantissa, exponent, mantissa.bit_length()), precision=precision)


LEAVES: dict[str, Callable[..., Expr]] = {
    "symbol": _named,
    "integer": lambda p: Integer(_whole(p)),
    "rational": lambda p, q: Rational(_whole(p), _whole(q)),
    "float": _exact_float,
}
