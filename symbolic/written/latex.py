r"""Expressions in LaTeX, as people write them.

Sympy's printer writes them. Here is what it leaves to do: a number is not given a decimal that nobody has
measured (``7243.0``), and an exponential with a long exponent becomes ``\exp(…)``, because what is raised,
and in a fraction there, is too small to be read.
"""

from collections.abc import Mapping

from sympy import Expr, Float, Symbol
from sympy.printing.latex import LatexPrinter

from kantools.symbolic.written.exponent import stands_raised

__all__ = ["latex"]


def latex(expr: Expr, names: Mapping[Symbol, str] | None = None) -> str:
    r"""An expression in LaTeX; names are those of symbols, in LaTeX.

    >>> from sympy import Float, exp, log, symbols
    >>> x, y = symbols("x y")
    >>> latex(Float("7243") / x, {x: r"\ell"})
    '\\frac{7243}{\\ell}'
    >>> latex(exp(-(x**2))), latex(exp(x * log(y)**2))
    ('e^{- x^{2}}', '\\exp{\\left(x \\, \\log{\\left(y \\right)}^{2} \\right)}')
    """
    return str(_Printer({"symbol_names": dict(names or {}), "mul_symbol": r" \, "}).doprint(expr))


class _Printer(LatexPrinter):
    def _print_Float(self, number: Float) -> str:
        return str(super()._print_Float(number)).removesuffix(".0")

    def _print_exp(self, expr: Expr, exp: str | None = None) -> str:
        if stands_raised(expr.args[0]):
            return str(self._print_ExpBase(expr, exp))
        return str(self._do_exponent(rf"\exp{{\left({self._print(expr.args[0])} \right)}}", exp))
