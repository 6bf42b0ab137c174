"""Python: a function of numpy arrays that needs nothing but numpy."""

import keyword

import sympy

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.listing import Listing, Local, listing
from kantools.symbolic.exporters.syntax import COMMON, Syntax
from kantools.symbolic.formula import Formula

__all__ = ["PYTHON", "docstring"]

INVERSE = {
    sympy.asin: "arcsin",
    sympy.acos: "arccos",
    sympy.atan: "arctan",
    sympy.asinh: "arcsinh",
    sympy.acosh: "arccosh",
    sympy.atanh: "arctanh",
}
SYNTAX = Syntax({f: f"np.{name}" for f, name in {**COMMON, **INVERSE}.items()}, pi="np.pi")
RESERVED = {*keyword.kwlist, *keyword.softkwlist, "v", "float"}

TEMPLATE = '''\
import numpy as np


def {name}({arguments}):
    """{docstring}
    """
{arrays}{constants}    return {body}
'''


def write(formula: Formula) -> str:
    """A module with one function, named like the target."""
    parts = listing(formula, SYNTAX, RESERVED)
    return TEMPLATE.format(
        name=parts.name,
        arguments=", ".join(parts.arguments),
        docstring=docstring(parts),
        arrays=_arrays(parts.arguments),
        constants="".join(f"    {c.name} = {c.value}  # {c.remark}\n" for c in parts.constants),
        body=_filled(formula, parts),
    )


def docstring(parts: Listing) -> str:
    """The equation, the arguments, the constants with their errors."""
    lines = [*parts.about, *_constants(parts.constants)]
    text = "\n    ".join(lines).replace("\\", "\\\\").replace('"', '\\"')
    return "\n".join(line.rstrip() for line in text.splitlines())


def _constants(constants: tuple[Local, ...]) -> list[str]:
    lines = [f"  {c.name} = {c.remark}" for c in constants]
    return ["", "Constants, with standard errors:", *lines] if lines else []


def _arrays(arguments: tuple[str, ...]) -> str:
    """Numbers and lists become float arrays, so that a root of a negative number is NaN."""
    if len(arguments) < 2:
        return "".join(f"    {a} = np.asarray({a}, dtype=float)\n" for a in arguments)
    names = ", ".join(arguments)
    return f"    {names} = (np.asarray(v, dtype=float) for v in ({names}))\n"


def _filled(formula: Formula, parts: Listing) -> str:
    """A formula without any column still gives one value a row."""
    used = {s.name for s in formula.expression.free_symbols}
    if used & set(formula.columns) or not parts.arguments:
        return parts.body
    return f"np.full(np.shape({parts.arguments[0]}), {parts.body})"


PYTHON = Exporter("python", ".py", write)
