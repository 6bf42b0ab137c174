"""Whether an exponent is short enough to be read where it stands, raised and small."""

from sympy import Expr, preorder_traversal
from sympy.core.function import Function

__all__ = ["stands_raised"]

#: Parts (columns and numbers) of an exponent; with more of them an exponential is written ``exp(…)``.
MOST = 6


def stands_raised(exponent: Expr) -> bool:
    """Is ``e`` to this power easier to read than ``exp(…)``?

    >>> from sympy import log, symbols
    >>> x, y = symbols("x y")
    >>> stands_raised(-(x**2)), stands_raised(-x / log(y))
    (True, False)
    """
    return not exponent.has(Function) and sum(not node.args for node in preorder_traversal(exponent)) <= MOST
