"""C: a function of doubles (C99, also C++), with what it is in a comment above, and its header."""

import sympy

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.listing import Listing, listing
from kantools.symbolic.exporters.syntax import COMMON, Syntax
from kantools.symbolic.formula import Formula

__all__ = ["C"]

SYNTAX = Syntax(
    {**COMMON, sympy.Abs: "fabs", sympy.sign: "sign"},
    power="pow({base}, {exponent})",
    pi="3.141592653589793",
    real=".0",
)
#: Keywords of C and C++, and what <math.h> puts into the same space as a function's name.
KEYWORDS = """
    alignas alignof and asm auto bool break case catch char class const constexpr continue default
    delete do double else enum explicit export extern false float for friend goto if inline int long
    main mutable namespace new not operator or private protected public register restrict return
    short signed sizeof static struct switch template this throw true try typedef typeid typename
    union unsigned using virtual void volatile while xor cbrt ceil erf exp2 expm1 floor fma fmax
    fmin fmod gamma hypot isinf isnan j0 j1 jn ldexp lgamma log10 log1p log2 logb modf nan remainder
    rint round tgamma trunc y0 y1 yn
"""

SIGN = "static double sign(double v) { return v == 0 || v != v ? v : v > 0 ? 1 : -1; }\n\n"
TEMPLATE = """\
{comment}
#include <math.h>

{sign}double {name}({arguments})
{{
{constants}    return {body};
}}
"""


HEADER = """\
{comment}
#ifndef KANTOOLS_{name}_H
#define KANTOOLS_{name}_H

#ifdef __cplusplus
extern "C" {{
#endif

double {name}({arguments});

#ifdef __cplusplus
}}
#endif

#endif
"""


def write(formula: Formula) -> str:
    """A file with one function, named like the target."""
    parts = listing(formula, SYNTAX, KEYWORDS.split())
    return TEMPLATE.format(
        comment=parts.comment("//"),
        sign=SIGN if "sign(" in parts.body else "",
        name=parts.name,
        arguments=_arguments(parts),
        constants="".join(
            f"    const double {c.name} = {c.value};  // {c.remark}\n" for c in parts.constants
        ),
        body=parts.body,
    )


def header(formula: Formula) -> str:
    """What a caller includes; C++ finds the function as C has compiled it."""
    parts = listing(formula, SYNTAX, KEYWORDS.split())
    return HEADER.format(comment=parts.comment("//"), name=parts.name, arguments=_arguments(parts))


def _arguments(parts: Listing) -> str:
    return ", ".join(f"double {a}" for a in parts.arguments) or "void"


C = Exporter("c", ".c", write, {".h": header})
