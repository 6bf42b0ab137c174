"""A formula in a notebook: the equation, and its constants below."""

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kantools.symbolic.formula import Formula

__all__ = ["formula_html"]


def formula_html(formula: "Formula") -> str:
    """The equation in MathML and a row for each constant.

    >>> from sympy import symbols
    >>> from kantools.symbolic.formula import Constant, Formula
    >>> x, c0 = symbols("x c0")
    >>> formula_html(Formula(("x",), "y", c0 * x, (Constant(c0, 4.905, 0.002, unit="m/s"),)))[-80:]
    '<table><tbody><tr><td>c0 =</td><td>4.9050 ± 0.0020 m/s</td></tr></tbody></table>'
    """
    rows = "".join(
        f"<tr><td>{escape(c.symbol.name)} =</td><td>{escape(str(c))}</td></tr>" for c in formula.constants
    )
    return formula.mathml() + (f"<table><tbody>{rows}</tbody></table>" if rows else "")
