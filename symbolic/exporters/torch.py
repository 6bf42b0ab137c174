"""PyTorch: a differentiable function of tensors."""

import keyword

import sympy

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.listing import listing
from kantools.symbolic.exporters.python import docstring
from kantools.symbolic.exporters.syntax import COMMON, Syntax
from kantools.symbolic.formula import Formula

__all__ = ["TORCH"]

SYNTAX = Syntax(
    {f: f"torch.{name}" for f, name in COMMON.items()} | {sympy.sign: "torch.sign"},
    pi="torch.pi",
)
RESERVED = {*keyword.kwlist, *keyword.softkwlist}

TEMPLATE = '''\
import torch


def {name}({arguments}):
    """{docstring}
    """
{constants}    return {body}
'''


def write(formula: Formula) -> str:
    """A module with one function, named like the target."""
    parts = listing(formula, SYNTAX, RESERVED)
    return TEMPLATE.format(
        name=parts.name,
        arguments=", ".join(parts.arguments),
        docstring=docstring(parts),
        constants="".join(f"    {c.name} = {_scalar(c.value)}  # {c.remark}\n" for c in parts.constants),
        body=parts.body,
    )


def _scalar(value: str) -> str:
    """Without dimensions, so that the arguments' precision and device stay what they are."""
    return f"torch.tensor({value}, dtype=torch.float64)"


TORCH = Exporter("torch", ".py", write)
