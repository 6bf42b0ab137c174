"""LaTeX: the equation with its constants rounded to what their errors allow."""

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.formula import Formula

__all__ = ["LATEX"]


def write(formula: Formula) -> str:
    """The equation, without delimiters."""
    return formula.latex()


LATEX = Exporter("latex", ".tex", write)
