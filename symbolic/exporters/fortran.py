"""Fortran 2008: an elemental function of double precision."""

import textwrap

import sympy

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.listing import listing
from kantools.symbolic.exporters.syntax import COMMON, Syntax
from kantools.symbolic.formula import Formula

__all__ = ["FORTRAN"]

#: Fortran's own ``sign`` takes two arguments and is 1 at zero.
SIGN = """\
contains
    elemental function sign_of(x_argument) result(x_sign)
        double precision, intent(in) :: x_argument
        double precision :: x_sign
        x_sign = x_argument
        if (x_argument > 0) x_sign = 1
        if (x_argument < 0) x_sign = -1
    end function sign_of
"""
SYNTAX = Syntax({**COMMON, sympy.sign: "sign_of"}, pi="3.141592653589793d0", double="d")
#: Fortran has no reserved words, but these make a function hard to read or hide what it calls.
KEYWORDS = """
    if else do end function result real integer pure elemental value kind contains x_result
"""

TEMPLATE = """\
{comment}
elemental function {name}({arguments}) result(x_result)
    implicit none
{declarations}    double precision :: x_result
{constants}{body}
{sign}end function {name}
"""


def write(formula: Formula) -> str:
    """One function, named like the target."""
    parts = listing(formula, SYNTAX, KEYWORDS.split(), case_sensitive=False)
    constants = (
        f"    double precision, parameter :: {c.name} = {c.value}  ! {c.remark}\n" for c in parts.constants
    )
    return TEMPLATE.format(
        comment=parts.comment("!"),
        name=parts.name,
        arguments=_folded(", ".join(parts.arguments)),
        declarations="".join(f"    double precision, intent(in) :: {a}\n" for a in parts.arguments),
        constants="".join(constants),
        body=_folded(f"    x_result = {parts.body}"),
        sign=SIGN if "sign_of(" in parts.body else "",
    )


def _folded(statement: str) -> str:
    """Broken into lines shorter than Fortran's 132 characters, at spaces where there are any."""
    return "&\n&".join(textwrap.wrap(statement, 110, drop_whitespace=False))


FORTRAN = Exporter("fortran", ".f90", write)
