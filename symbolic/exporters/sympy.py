"""sympy: the expression as ``sympy.srepr`` writes it, which loses no digit and any column's name survives.

Read it back with ``sympy.sympify(text)``.
"""

from sympy import srepr

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.formula import Formula

__all__ = ["SYMPY"]


def write(formula: Formula) -> str:
    """``Mul(Float(...), Pow(Symbol('x'), Integer(2)))`` and the like."""
    return srepr(formula.expression)


SYMPY = Exporter("sympy", ".txt", write)
