"""LaTeX: the equation with its constants rounded to what their errors allow, exact ones to the last bit."""

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.formula import Formula

__all__ = ["LATEX"]


def write(formula: Formula) -> str:
    """The equation, without delimiters."""
    return formula.latex(most=17)


LATEX = Exporter("latex", ".tex", write)
