"""Powers and products of sines and cosines as sines and cosines of multiple angles.

``3*sin(u) - 4*sin(u)**3`` is what a polynomial in ``sin(u)`` makes of ``sin(3*u)``; people write the latter.
"""

from sympy import Expr, cos, expand, sin
from sympy.simplify.fu import TR8

__all__ = ["in_multiple_angles"]

ROUNDS = 4  # each halves the powers that are left


def in_multiple_angles(expr: Expr) -> Expr:
    """An expression without powers and products of sines and cosines, as far as they are whole.

    Examples
    --------
    >>> from sympy.abc import u, v
    >>> in_multiple_angles(3 * sin(u) - 4 * sin(u) ** 3 + 2 * cos(v) ** 2 - 1)
    sin(3*u) + cos(2*v)
    >>> in_multiple_angles(16 * sin(u) ** 5 - 20 * sin(u) ** 3 + 5 * sin(u))
    sin(5*u)
    """
    for _ in range(ROUNDS):
        if not expr.has(sin, cos):
            return expr
        before, expr = expr, expand(TR8(expr))
        if expr == before:
            return expr
    return expr
