r"""Names as LaTeX writes them, whatever stands in them.

A name comes with the data: nothing in it may be read as a command, ``\input{…}`` least of all.
"""

import re
import unicodedata
from collections.abc import Iterable

import sympy
from sympy.printing.latex import greek_letters_set

from kantools.symbolic.written.one_line import one_line

__all__ = ["latex_name", "latex_names", "latex_number"]

ESCAPED = {
    **{c: "\\" + c for c in "_%#&${} "},
    "\\": r"\backslash{}",
    "^": r"\hat{\ }",
    "~": r"\sim{}",
    "'": r"{'}",
}
GREEK = {**{letter: letter for letter in greek_letters_set}, "lamda": "lambda"}
CAPITALS = {letter.capitalize() for letter in GREEK}


def latex_names(names: Iterable[str]) -> dict[str, str]:
    r"""Each name for LaTeX, and no two the same: what would be is spelled out as it stands.

    >>> latex_names(["alpha", "α", "x"])
    {'alpha': '\\alpha', 'α': '\\mathrm{α}', 'x': 'x'}
    """
    found: dict[str, str] = {}
    for name in names:
        short = latex_name(name)
        taken = short in (v for k, v in found.items() if k != name)
        found[name] = _upright("".join(ESCAPED.get(c, c) for c in one_line(name))) if taken else short
    return found


def _upright(escaped: str) -> str:
    """In upright letters; a name of which nothing is seen is a question mark."""
    return rf"\mathrm{{{escaped or '?'}}}"


def latex_name(name: str) -> str:
    r"""A column's name for LaTeX: sympy's own reading of short names, upright text for the rest.

    Greek letters are commands, written as such, as ``$\alpha$``, or as letters. Between dollars letters,
    digits, indices and powers stay as they are; other commands do not.

    >>> latex_name("theta_1"), latex_name("flow rate"), latex_name("$\\alpha$"), latex_name("ω")
    ('\\theta_{1}', '\\mathrm{flow\\ rate}', '\\alpha', '\\omega')
    >>> latex_name("x10"), latex_name("theta1"), latex_name("run10")
    ('x_{10}', '\\theta_{1}', '\\mathrm{run10}')
    >>> latex_name("\\input{x}")
    '\\mathrm{\\backslash{}input\\{x\\}}'
    """
    dollars = re.fullmatch(r"\$\\([A-Za-z]+)\$", name)
    if dollars and dollars[1] in GREEK:
        name = dollars[1]
    elif _is_mathematics(name):
        return name[1:-1]
    if name.isascii() and name.replace("_", "").isalnum() and name[0].isalpha() and _short(name):
        short = sympy.latex(sympy.Symbol(name))
        return short if len(name) < 3 or "\\" in short or "_" in short else rf"\mathrm{{{name}}}"
    if len(name) == 1 and _greek(name) != name:
        return _greek(name).strip()
    return _upright("".join(_greek(c) if c not in ESCAPED else ESCAPED[c] for c in one_line(name)))


def _is_mathematics(name: str) -> bool:
    """Whether a name is LaTeX already: Greek letters, plain ones, digits, indices, powers, braces closed."""
    inside = re.fullmatch(r"\$((?:\\[A-Za-z]+ ?|[A-Za-z0-9_^{}',])+)\$", name)
    if not inside or any(c not in GREEK for c in re.findall(r"\\([A-Za-z]+)", inside[1])):
        return False
    plain, before = re.sub(r"\\[A-Za-z]+ ?", "x", inside[1]), ""
    while plain != before:  # an index or a power is one character or what stands in braces
        before, plain = plain, re.sub(r"\w(?:[_^](?:[A-Za-z0-9]|\{[A-Za-z0-9,']+\})){1,2}", "x", plain)
    return re.fullmatch(r"[A-Za-z0-9',]+", plain) is not None


def _short(name: str) -> bool:
    return len(name) < 3 or "_" in name or name.isalpha() or _is_numbered(name)


def _is_numbered(name: str) -> bool:
    """Whether a name is a letter, Latin or Greek, and a number."""
    letter = name.rstrip("0123456789")
    return letter != name and (len(letter) == 1 or letter in GREEK or letter in CAPITALS)


def _greek(letter: str) -> str:
    r"""A Greek letter as a command and a space, a raised or lowered one in its place, others as they are.

    >>> _greek("Δ"), _greek("₀"), _greek("d")
    ('\\Delta ', '{}_{0}', 'd')
    """
    place, _, code = unicodedata.decomposition(letter).partition("> ") if letter else ("", "", "")
    if place in ("<sub", "<super"):
        return f"{{}}{'_' if place == '<sub' else '^'}{{{chr(int(code.split()[0], 16))}}}"
    words = unicodedata.name(letter, "").split() if letter else []
    if words[:1] != ["GREEK"] or words[-2:-1] != ["LETTER"] or words[-1].lower() not in GREEK:
        return letter
    spelled = GREEK[words[-1].lower()]
    return f"\\{spelled.capitalize() if words[1] == 'CAPITAL' else spelled} "


def latex_number(digits: str) -> str:
    r"""The digits of a number with its power of ten typeset.

    >>> latex_number("5.6e-9"), latex_number("9.81")
    ('5.6 \\cdot 10^{-9}', '9.81')
    """
    mantissa, _, exponent = digits.partition("e")
    mantissa = mantissa.removesuffix(".0")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else digits
