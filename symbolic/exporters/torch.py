"""PyTorch: a module whose parameters are the formula's constants, to be differentiated and trained further.

The numbers are those of :meth:`Formula.predict`; the type and the device are those of the columns.
"""

import keyword

import sympy

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.listing import Listing, Local, listing
from kantools.symbolic.exporters.python import docstring
from kantools.symbolic.exporters.syntax import COMMON, Syntax
from kantools.symbolic.formula import Formula

__all__ = ["TORCH"]

SYNTAX = Syntax(
    {f: f"torch.{name}" for f, name in COMMON.items()} | {sympy.sign: "torch.sign"},
    pi="torch.pi",
)
#: What a module has for itself: a parameter must not take its place.
ATTRIBUTES = """
    T_destination
    add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval
    extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu
    load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters
    register_backward_hook register_buffer register_forward_hook register_forward_pre_hook
    register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook
    register_load_state_dict_pre_hook register_module register_parameter
    register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state
    set_submodule share_memory state_dict to to_empty train training type xpu zero_grad
"""
RESERVED = {*keyword.kwlist, *keyword.softkwlist, *ATTRIBUTES.split(), "self", "super"}

TEMPLATE = '''\
import torch


class {name}(torch.nn.Module):
    """{docstring}
    """

    def __init__(self):
        super().__init__()
{parameters}
    def forward({arguments}):
{constants}        return {body}
'''


def write(formula: Formula) -> str:
    """A file with one class, named like the target; an object of it is called with the columns."""
    parts = listing(formula, SYNTAX, RESERVED)
    return TEMPLATE.format(
        name=parts.name,
        arguments=", ".join(("self", *parts.arguments)),
        docstring=docstring(parts),
        parameters="".join(map(_parameter, parts.constants)),
        constants="".join(f"        {c.name} = self.{c.name}\n" for c in parts.constants),
        body=_filled(formula, parts),
    )


def _parameter(c: Local) -> str:
    """A tensor without dimensions, so that the columns' type and device stay what they are."""
    number = f"torch.tensor({c.value}, dtype=torch.float64)"
    return f"        self.{c.name} = torch.nn.Parameter({number})  # {c.remark}\n"


def _filled(formula: Formula, parts: Listing) -> str:
    """A formula without any column still gives one value a row."""
    used = {s.name for s in formula.expression.free_symbols}
    if used & set(formula.columns) or not parts.arguments:
        return parts.body
    return f"{parts.body} + torch.zeros_like({parts.arguments[0]})"


TORCH = Exporter("torch", ".py", write)
