"""A formula as the parts of a function in some language: name, arguments, constants, body, remarks."""

from collections.abc import Collection
from dataclasses import dataclass

from kantools.symbolic.exporters.identifiers import identifiers
from kantools.symbolic.exporters.syntax import Syntax, spell
from kantools.symbolic.formula import Constant, Formula, column_symbols, with_error

__all__ = ["Listing", "Local", "listing"]


@dataclass(frozen=True)
class Local:
    """A fitted constant inside the function: its identifier, its digits, and the value with its error."""

    name: str
    value: str
    remark: str


@dataclass(frozen=True)
class Listing:
    """The parts of a function.

    Attributes
    ----------
    name : str
        The target as an identifier.
    arguments : tuple of str
        The columns as identifiers, all of them, in the table's order.
    constants : tuple of Local
        The estimates. Exact numbers stand in the body.
    body : str
        The value, an expression of the arguments and constants.
    about : tuple of str
        Lines of prose: the equation, and what each argument is.
    """

    name: str
    arguments: tuple[str, ...]
    constants: tuple[Local, ...]
    body: str
    about: tuple[str, ...]

    def comment(self, leader: str) -> str:
        """The prose as lines of comment."""
        return "\n".join(f"{leader} {line}".rstrip() for line in self.about)


def listing(
    formula: Formula, syntax: Syntax, reserved: Collection[str] = (), *, case_sensitive: bool = True
) -> Listing:
    """A formula as the parts of a function.

    Parameters
    ----------
    formula : Formula
    syntax : Syntax
        The language.
    reserved : collection of str
        Words that no argument, constant or function may be called.
    case_sensitive : bool
        Whether the language tells ``m`` from ``M``.
    """
    taken = {*reserved, *_words(syntax)}
    wanted = [formula.target, *formula.columns, *(c.symbol.name for c in formula.free)]
    name, *words = identifiers(wanted, taken, case_sensitive=case_sensitive)
    columns = len(formula.columns)
    template = formula.template.subs({c.symbol: c.exact for c in formula.constants if c.exact is not None})
    symbols = (*column_symbols(formula.columns), *(c.symbol for c in formula.free))
    body = spell(template, syntax, dict(zip(symbols, words, strict=True)))
    constants = tuple(_local(w, c, syntax) for w, c in zip(words[columns:], formula.free, strict=True))
    return Listing(name, tuple(words[:columns]), constants, body, _about(formula, words[:columns]))


def _words(syntax: Syntax) -> set[str]:
    """The names of the language's functions, with and without their module."""
    names = [spelled.split("(")[0] for spelled in syntax.functions.values()]
    return {part for name in [*names, syntax.pi, syntax.power.split("(")[0]] for part in name.split(".")}


def _local(name: str, constant: Constant, syntax: Syntax) -> Local:
    sign, size = "-" if constant.value < 0 else "", abs(constant.value)
    return Local(name, sign + syntax.number(size), with_error(constant.value, constant.error))


def _about(formula: Formula, words: list[str]) -> tuple[str, ...]:
    pairs = zip(words, formula.columns, strict=True)
    arguments = (f"  {word}" + (f": {_line(c)}" if word != c else "") for word, c in pairs)
    return (_line(str(formula)), "", "Arguments, in the order of the table's columns:", *arguments)


def _line(text: str) -> str:
    """On one line, and without a backslash at its end, which would join C's next line to the comment."""
    line = " ".join(text.split())
    return f"{line} ." if line.endswith("\\") else line
