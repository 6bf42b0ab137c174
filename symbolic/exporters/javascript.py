"""JavaScript: a function of numbers."""

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.listing import listing
from kantools.symbolic.exporters.syntax import COMMON, Syntax
from kantools.symbolic.formula import Formula

__all__ = ["JAVASCRIPT"]

SYNTAX = Syntax(
    {f: f"Math.{name}" for f, name in COMMON.items()}, power="Math.pow({base}, {exponent})", pi="Math.PI"
)
KEYWORDS = """
    arguments await break case catch class const continue debugger default delete do else enum eval
    export extends false finally for function if implements import in instanceof interface let new
    null package private protected public return static super switch this throw true try typeof var
    void while with yield undefined NaN Infinity
"""

TEMPLATE = """\
{comment}
function {name}({arguments}) {{
{constants}  return {body};
}}
"""


def write(formula: Formula) -> str:
    """One function, named like the target."""
    parts = listing(formula, SYNTAX, KEYWORDS.split())
    return TEMPLATE.format(
        comment=parts.comment("//"),
        name=parts.name,
        arguments=", ".join(parts.arguments),
        constants="".join(f"  const {c.name} = {c.value};  // {c.remark}\n" for c in parts.constants),
        body=parts.body,
    )


JAVASCRIPT = Exporter("javascript", ".js", write)
