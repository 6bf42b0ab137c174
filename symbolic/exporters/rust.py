"""Rust: a function of ``f64``, which needs no crate."""

import sympy

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.listing import listing
from kantools.symbolic.exporters.syntax import COMMON, Syntax
from kantools.symbolic.formula import Formula

__all__ = ["RUST"]

SYNTAX = Syntax(
    {f: f"f64::{name}" for f, name in COMMON.items()} | {sympy.log: "f64::ln", sympy.sign: "sign"},
    power="f64::powf({base}, {exponent})",
    pi="std::f64::consts::PI",
    real=".0",
)
KEYWORDS = """
    Self abstract as async await become box break const continue crate do dyn else enum extern false
    final fn for gen if impl in let loop macro main match mod move mut override priv pub ref return
    self static struct super trait true try type typeof unsafe unsized use virtual where while yield
"""

#: Rust's own ``signum`` is 1 at zero.
SIGN = "    let sign = |v: f64| if v == 0.0 { v } else { v.signum() };\n"
TEMPLATE = """\
{comment}
#[allow(non_snake_case, unused_variables, unused_parens, clippy::all)]
pub fn {name}({arguments}) -> f64 {{
{sign}{constants}    {body}
}}
"""


def write(formula: Formula) -> str:
    """One public function, named like the target."""
    parts = listing(formula, SYNTAX, KEYWORDS.split())
    return TEMPLATE.format(
        comment=parts.comment("//"),
        name=parts.name,
        arguments=", ".join(f"{a}: f64" for a in parts.arguments),
        sign=SIGN if "sign(" in parts.body else "",
        constants="".join(f"    let {c.name}: f64 = {c.value}; // {c.remark}\n" for c in parts.constants),
        body=parts.body,
    )


RUST = Exporter("rust", ".rs", write)
