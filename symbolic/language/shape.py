"""The shape of a law of one column: how it is written, whatever its constants are and its column is called.

``2.5*exp(-0.8*t)`` and ``a*exp(k*x)`` have the same shape. Two laws of one shape are told by the same
sentence with other numbers in it.
"""

from collections.abc import Collection

from sympy import Expr, Symbol

__all__ = ["Shape", "shape"]

Shape = str | tuple
"""``"x"``, ``"c"`` for whatever is constant, or an operation and the shapes that it is of."""


def shape(expr: Expr, columns: Collection[Symbol]) -> Shape:
    """How an expression is written: its operations, with one sign for every constant and every column.

    >>> from sympy import exp, symbols
    >>> t, x, a, b, k = symbols("t x a b k")
    >>> shape(2.5 * exp(-0.8 * t), {t}) == shape(a * exp(k * x), {x})
    True
    >>> shape(a * x**2, {x}) == shape(a * x**3, {x}), shape(a * x / (b + x), {x}) == shape(x / (b + x), {x})
    (False, False)
    """
    if not expr.free_symbols & set(columns):
        return "c"
    if expr.is_Symbol:
        return "x"
    parts = [shape(a, columns) for a in expr.args]
    if expr.is_Pow:
        return ("Pow", parts[0], str(expr.exp) if expr.exp.is_number else parts[1])
    if expr.is_Add or expr.is_Mul:
        varying = sorted((p for p in parts if p != "c"), key=str)
        signed = len(varying) == 1 and len(parts) == 2 and -1 in expr.args  # a minus is no constant
        return varying[0] if signed else (expr.func.__name__, *["c"] * ("c" in parts), *varying)
    return (expr.func.__name__, *parts)
