"""JSON: all that a formula knows, for programs that want to store or compare it."""

import json
from math import isfinite

import numpy as np
from sympy import srepr, sstr

from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.trust.domain import Domain
from kantools.symbolic.trust.prediction import Scatter

__all__ = ["JSON"]


def write(formula: Formula) -> str:
    """An object with the equation as text, LaTeX and sympy, its constants, and how well it fits."""
    record = {
        "target": formula.target,
        "columns": list(formula.columns),
        "equation": str(formula),
        "latex": formula.latex(),
        "expression": sstr(formula.expression),
        "sympy": srepr(formula.expression),
        "template": srepr(formula.template),
        "constants": [_constant(c) for c in formula.constants],
        "covariance": _matrix(formula.covariance),
        "loss": _number(formula.loss),
        "complexity": formula.complexity,
        "description_length": _number(formula.description_length),
        "held_out_loss": _number(formula.held_out_loss),
        "domain": None if formula.domain is None else _domain(formula.domain),
        "scatter": None if formula.scatter is None else _scatter(formula.scatter),
    }
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def _domain(domain: Domain) -> dict[str, object]:
    """Ranges by column; conditions as text, and whether each holds throughout the ranges (null: not told)."""
    return {
        "ranges": {r.column: [r.low, r.high] for r in domain.ranges},
        "conditions": [{"condition": str(c), "met": c.met} for c in domain.conditions],
        "finite": domain.finite,
    }


def _scatter(scatter: Scatter) -> dict[str, object]:
    """Of a single measurement; infinite degrees of freedom are null."""
    return {"kind": scatter.kind, "size": _number(scatter.size), "freedom": _number(scatter.freedom)}


def _constant(constant: Constant) -> dict[str, object]:
    exact = None if constant.exact is None else sstr(constant.exact)
    number = {"value": _number(constant.value), "error": _number(constant.error)}
    unit = {} if constant.unit is None else {"unit": constant.unit}
    return {"name": constant.symbol.name, **number, "exact": exact, **unit}


def _matrix(matrix: np.ndarray | None) -> list[list[float | None]] | None:
    return None if matrix is None else [[_number(x) for x in row] for row in np.atleast_2d(matrix)]


def _number(value: float) -> float | None:
    """JSON has no NaN and no infinity."""
    return float(value) if isfinite(value) else None


JSON = Exporter("json", ".json", write)
