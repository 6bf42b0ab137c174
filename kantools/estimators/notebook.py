"""A regressor in a notebook: the formula typeset and the front, above scikit-learn's diagram of settings."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kantools.symbolic.formula import Formula

__all__ = ["found_html", "mathml"]


def found_html(model: Any) -> str:
    """What a fitted model has found, as HTML; of several targets one after the other."""
    if hasattr(model, "models_"):
        return "".join(map(found_html, model.models_.values()))
    front = model.equations_[["complexity", "loss", "equation"]]
    table = front.to_html(index=False, float_format="{:.3g}".format)
    opened = f"<details><summary>{len(front)} formulas of the front</summary>{table}</details>"
    return f"<div>{mathml(model.formula_)}{opened}</div>"


def mathml(formula: "Formula") -> str:
    """The equation in MathML, which browsers typeset by themselves.

    >>> import sympy
    >>> from kantools.symbolic.formula import Formula
    >>> mathml(Formula(("x",), "y", sympy.Symbol("x") ** 2))
    '<math display="block"><mrow><mi>y</mi><mo>=</mo><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
    """
    from sympy import Eq, Symbol
    from sympy.printing.mathml import mathml

    equation = Eq(Symbol(formula.target), formula.rounded(), evaluate=False)
    return f'<math display="block">{mathml(equation, printer="presentation")}</math>'
