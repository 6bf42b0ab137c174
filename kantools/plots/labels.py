"""Text on figures: names with units, and formulas as mathematics where they can be typeset.

A column may be called anything. Short names and names of Greek letters stand in mathematics (``theta_1``),
all others as they are; a character that no font has is told by its name in Unicode, so that nothing is an
empty box.
"""

import re
import unicodedata
from functools import cache
from textwrap import wrap

from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font
from matplotlib.mathtext import MathTextParser

from kantools.plots.style import TEXT
from kantools.symbolic.formula import Formula
from kantools.symbolic.written.latex_name import latex_name
from kantools.table import Table

__all__ = ["axis_label", "literal", "name_text", "right_side", "short", "typeset"]

#: Letters of a name before it is cut.
LETTERS = 28
POWER = re.compile(r"\s*(?:\*\*|\^)\s*(-?\d+)(?![.\d])")
#: Braces, those told apart that hold a root or an argument, and fractions.
BRACES = re.compile(r"(\\[{}]|\\sqrt\{|(?<![\^_}])(?<!frac)\{\\left|\{|\}|\\frac(?![A-Za-z]))")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def axis_label(table: Table, column: str, letters: int = LETTERS) -> str:
    """The name, and the unit in brackets where there is one.

    >>> import numpy as np
    >>> axis_label(Table(("a",), np.ones((1, 1)), "y", np.ones(1), units={"a": "kg*m/s**2"}), "a")
    '$a$ (kg·m/s²)'
    """
    unit, name = table.units.get(column), name_text(column, letters)
    return f"{name} ({as_written(unit)})" if unit and unit not in ("1", "dimensionless") else name


def as_written(text: str) -> str:
    """Code as people write it, on one line.

    >>> as_written("y/(u) of x1 - x2**2, a*b"), as_written("n**(3/2)"), as_written("f_i(x_i)")
    ('y/u of x1 − x2², a·b', 'n^(3/2)', 'fᵢ(xᵢ)')
    """
    return literal(in_signs(re.sub(r"_i\b", "ᵢ", text)))


def in_signs(text: str) -> str:
    """The same in the signs of print, for text that is no matplotlib's.

    >>> in_signs("kg*m**2/(s**2*K)"), in_signs("1/m**0.5")
    ('kg·m²/(s²·K)', '1/m^0.5')
    """
    raised = POWER.sub(lambda power: power[1].translate(RAISED), text)
    raised = raised.replace("**", "^").replace(" - ", " − ")
    return re.sub(r"\s*\*\s*", "·", re.sub(r"/\((\w+)\)", r"/\1", raised))


def name_text(name: str, letters: int = LETTERS) -> str:
    """A column's name: mathematics where it is a symbol, else the name itself, cut where it is long.

    >>> name_text("theta_1"), name_text("flow rate"), name_text("x10"), name_text("a$b")
    ('$\\\\theta_{1}$', 'flow rate', '$x_{10}$', 'a\\\\$b')
    """
    latex = latex_name(name)
    if _is_symbol(name, latex) and len(name) <= letters and width_of(f"${latex}$", TEXT) < float("inf"):
        return f"${latex}$"
    return cut(" ".join(name.split()), letters)


def _is_symbol(name: str, latex: str) -> bool:
    """Whether a name is a letter or two, or a Greek letter's, with indices or without; a word is a word."""
    head, *indices = name.split("_")
    letter = len(head) <= 2 or len(head.rstrip("0123456789")) == 1 or latex.startswith("\\")
    return name.isascii() and letter and all((head, *indices)) and not latex.startswith(r"\mathrm")


def cut(text: str, letters: int) -> str:
    """Plain text of at most so many letters."""
    text = drawable(text)
    return escaped(text if len(text) <= letters else text[: letters - 1].rstrip() + "…")


def literal(text: str) -> str:
    """The text as it stands: a dollar sign in it does not start mathematics.

    >>> literal("price $ / $")
    'price \\\\$ / \\\\$'
    """
    return escaped(drawable(text))


def escaped(text: str) -> str:
    return text.replace("$", r"\$")


def drawable(text: str) -> str:
    """The text with the names of those characters that the font does not have.

    >>> drawable("Δt"), drawable("🌡 in °C")
    ('Δt', '(thermometer) in °C')
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_drawable, text))


@cache
def _drawable(character: str) -> str:
    if character == "\n" or (character.isprintable() and ord(character) in _characters()):
        return character
    if unicodedata.category(character) in ("Cc", "Cf", "Mn", "Me"):  # what has no shape of its own
        return " " if character.isspace() else ""
    name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
    return f"({name})" if len(name) <= 20 else f"(U+{ord(character):04X})"


@cache
def _characters() -> frozenset[int]:
    """Those of the font that figures are written in."""
    return frozenset(FT2Font(findfont("DejaVu Sans")).get_charmap())


@cache
def _parser() -> MathTextParser:
    return MathTextParser("path")


@cache
def width_of(text: str, size: float) -> float:
    """Inches that a text takes at a font size in points; infinite where it is not valid mathtext."""
    return _extent(text, size)[0]


def _extent(text: str, size: float) -> tuple[float, float]:
    """Width and height in inches."""
    try:
        box = _parser().parse(text, dpi=72, prop=FontProperties(size=size))
    except (ValueError, RuntimeError):
        return float("inf"), float("inf")
    return float(box.width) / 72, float(box.height) / 72


def size_of(text: str, size: float) -> tuple[float, float]:
    """Width and height in inches of a text in one or several lines."""
    lines = [_extent(line or "x", size) for line in text.split("\n")]
    height = lines[0][1] if len(lines) == 1 else len(lines) * 1.3 * size / 72
    return max(width for width, _ in lines), height


def height_of(text: str, size: float) -> float:
    """Inches from the lowest to the highest of a text in one or several lines."""
    return size_of(text, size)[1]


def typeset(formula: Formula, width: float, size: float = 11, least: float = 7) -> tuple[str, float]:
    """A formula as text for matplotlib and the font size at which it fits the width (inches).

    Mathematics where matplotlib can typeset it; else, and where it would get too small, plain text in
    several lines.
    """
    return fitted(displayed(formula.latex()), str(formula), width, size, least)


def displayed(latex: str) -> str:
    r"""Fractions in full size, except in exponents, indices, and other fractions, as in a line of its own.

    >>> displayed(r"y = \frac{\frac{1}{2}}{x} + \sin{\left(\frac{1}{x} \right)} e^{\frac{x}{3}}")
    'y = \\dfrac{\\frac{1}{2}}{x} + \\sin{\\left(\\dfrac{1}{x} \\right)} e^{\\frac{x}{3}}'
    """
    small, parts = [False], []
    for part in BRACES.split(latex):
        if part.endswith("}") and not part.startswith("\\"):
            small.pop()
        elif part.endswith(("{", r"\left")) and not part.startswith(r"\{"):
            small.append(small[-1] or part == "{")
        parts.append(r"\dfrac" if part == r"\frac" and not small[-1] else part)
    return "".join(parts)


def fitted(latex: str, text: str, width: float, size: float, least: float) -> tuple[str, float]:
    """Mathematics where it fits the width at no less than the least size, else text, if need be in lines."""
    mathematics = f"${latex}$"
    needed = width_of(mathematics, size) if has_glyphs(latex) else float("inf")
    if size * width / needed >= least:
        return mathematics, min(size, size * width / needed)
    if width_of(as_written(text), size) <= width:
        return as_written(text), size
    return literal("\n".join(wrap(drawable(text), max(int(width * 72 / (0.62 * least)), 20)))), least


def has_glyphs(latex: str) -> bool:
    """Whether the font has every character."""
    return latex == drawable(latex)


def short(formula: Formula, width: float, size: float) -> str:
    """A formula on one line of limited width: mathematics, or the beginning of the plain text."""
    return on_one_line(formula.latex(), str(formula), width, size)


def right_side(formula: Formula, width: float, size: float) -> str:
    """What the target is equal to, on one line of limited width; it may be tall."""
    latex, text = displayed(formula.latex()), str(formula)
    return on_one_line(latex.partition(" = ")[2], text.removeprefix(f"{formula.target} = "), width, size)


def shortened(text: str, width: float, size: float) -> str:
    """The beginning of an escaped text that is no wider than so many inches."""
    if width_of(text, size) <= width:
        return text
    letters = text.replace(r"\$", "$")
    while letters and width_of(escaped(letters) + "…", size) > width:
        letters = letters[:-1]
    return escaped(letters.rstrip()) + "…"


def on_one_line(latex: str, text: str, width: float, size: float) -> str:
    """Mathematics where it fits the width (inches) at a font size, else the beginning of the text."""
    mathematics = f"${latex}$"
    if has_glyphs(latex) and width_of(mathematics, size) <= width:
        return mathematics
    return shortened(as_written(text), width, size)
