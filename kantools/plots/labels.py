"""Text on figures: a column's name with its unit, and formulas as mathematics where they can be typeset."""

from functools import cache
from textwrap import shorten, wrap

from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = ["axis_label", "plain", "typeset"]


def axis_label(table: Table, column: str) -> str:
    """The name, and the unit in brackets where there is one."""
    unit = table.units.get(column)
    return plain(f"{column} [{unit}]" if unit else column)


def plain(text: str) -> str:
    """The text as it stands: a dollar sign in it does not start mathematics.

    >>> plain("price $ / $")
    'price \\\\$ / \\\\$'
    """
    return text.replace("$", r"\\$".replace("\\\\", "\\"))


@cache
def _parser() -> MathTextParser:
    return MathTextParser("path")


def width_of(text: str, size: float) -> float:
    """Inches that a text takes at a font size in points; infinite where it is not valid mathtext."""
    try:
        return float(_parser().parse(text, dpi=72, prop=FontProperties(size=size)).width) / 72
    except (ValueError, RuntimeError):
        return float("inf")


def height_of(text: str, size: float) -> float:
    """Inches from the lowest to the highest of a text in one or several lines."""
    if text.startswith("$"):
        return float(_parser().parse(text, dpi=72, prop=FontProperties(size=size)).height) / 72
    return (text.count("\n") + 1) * 1.3 * size / 72


def typeset(formula: Formula, width: float, size: float = 11, least: float = 7) -> tuple[str, float]:
    """A formula as text for matplotlib and the font size at which it fits the width (inches).

    Mathematics where matplotlib can typeset it; else, and where it would get too small, plain text in
    several lines.
    """
    mathematics = f"${formula.latex()}$"
    needed = width_of(mathematics, size)
    if size * width / needed >= least:
        return mathematics, min(size, size * width / needed)
    return plain("\n".join(wrap(str(formula), max(int(width * 72 / (0.62 * least)), 20)))), least


def short(formula: Formula, width: float, size: float) -> str:
    """A formula on one line of limited width: mathematics, or the beginning of the plain text."""
    mathematics = f"${formula.latex()}$"
    if width_of(mathematics, size) <= width:
        return mathematics
    letters = int(width * 72 / (0.6 * size))
    return plain(
        shorten(str(formula), letters, placeholder=" …") if len(str(formula)) > letters else str(formula)
    )
