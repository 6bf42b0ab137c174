"""R: a function of vectors."""

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.listing import listing
from kantools.symbolic.exporters.syntax import Syntax
from kantools.symbolic.formula import Formula

__all__ = ["R"]

SYNTAX = Syntax(power="{base}^{exponent}")
KEYWORDS = """
    if else repeat while function for next break TRUE FALSE NULL Inf NaN NA in c T F
"""

TEMPLATE = """\
{comment}
{name} <- function({arguments}) {{
{constants}  {body}
}}
"""


def write(formula: Formula) -> str:
    """One function, named like the target."""
    parts = listing(formula, SYNTAX, KEYWORDS.split())
    return TEMPLATE.format(
        comment=parts.comment("#"),
        name=parts.name,
        arguments=", ".join(parts.arguments),
        constants="".join(f"  {c.name} <- {c.value}  # {c.remark}\n" for c in parts.constants),
        body=parts.body,
    )


R = Exporter("r", ".R", write)
