"""Julia: a function of numbers; broadcast it over columns with a dot.

Julia's own functions raise a ``DomainError`` where they are not real; the function here returns NaN then.
"""

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.listing import listing
from kantools.symbolic.exporters.syntax import Syntax
from kantools.symbolic.formula import Formula

__all__ = ["JULIA"]

SYNTAX = Syntax(power="{base}^{exponent}", real=".0")
KEYWORDS = """
    baremodule begin break catch const continue do else elseif end export false finally for function
    global if import in isa let local macro module quote return struct true try type using where
    while im NaN Inf caught isa DomainError rethrow
"""

TEMPLATE = """\
{comment}
function {name}({arguments})
{constants}    try
        return {body}
    catch caught
        caught isa DomainError || rethrow()
        return NaN
    end
end
"""


def write(formula: Formula) -> str:
    """One function, named like the target."""
    parts = listing(formula, SYNTAX, KEYWORDS.split())
    return TEMPLATE.format(
        comment=parts.comment("#"),
        name=parts.name,
        arguments=", ".join(parts.arguments),
        constants="".join(f"    {c.name} = {c.value}  # {c.remark}\n" for c in parts.constants),
        body=parts.body,
    )


JULIA = Exporter("julia", ".jl", write)
