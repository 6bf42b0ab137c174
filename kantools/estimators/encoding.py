"""Formulas, activations and numbers in the types that JSON has, and back.

Every function that reads checks the type of what it meets, so that a damaged file ends in an error here and
not in a wrong prediction later.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from sympy import Symbol

from kantools.activation import Activation, Activations, Edge
from kantools.symbolic.domain import RELATIONS, Condition, Domain, Range
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.prediction import KINDS, Scatter
from kantools.symbolic.tree import from_tree, to_tree

__all__ = ["activations_in", "activations_out", "expect", "formula_in", "formula_out", "from_json", "to_json"]


def expect(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected, got {str(value)[:40]}")
    return value


def formula_out(formula: Formula) -> dict[str, Any]:
    return {
        "columns": list(formula.columns),
        "target": formula.target,
        "template": to_tree(formula.template),
        "constants": [
            {"name": c.symbol.name, "value": c.value, "error": c.error}
            | ({} if c.exact is None else {"exact": to_tree(c.exact)})
            | ({} if c.unit is None else {"unit": c.unit})
            for c in formula.constants
        ],
        "covariance": formula.covariance,
        "loss": formula.loss,
        "complexity": formula.complexity,
        "description_length": formula.description_length,
        "held_out_loss": formula.held_out_loss,
        "freedom": formula.freedom,
        "scatter": None if formula.scatter is None else asdict(formula.scatter),
    } | ({} if formula.domain is None else {"domain": domain_out(formula.domain)})


def formula_in(content: Mapping[str, Any]) -> Formula:
    columns = tuple(expect(str, c) for c in content["columns"])
    constants = tuple(_constant_in(c) for c in content["constants"])
    known = frozenset(columns) | {c.symbol.name for c in constants}
    free = sum(c.exact is None for c in constants)
    covariance: Any = content["covariance"]
    if covariance is not None:
        covariance = _array(covariance).reshape(free, free)
    return Formula(
        columns=columns,
        target=expect(str, content["target"]),
        template=from_tree(content["template"], known),
        constants=constants,
        covariance=covariance,
        loss=_float(content["loss"]),
        complexity=expect(int, content["complexity"]),
        description_length=_float(content["description_length"]),
        held_out_loss=_float(content.get("held_out_loss", float("nan"))),
        freedom=_float(content.get("freedom", float("nan"))),
        domain=domain_in(content["domain"], frozenset(columns)) if "domain" in content else None,
        scatter=scatter_in(content.get("scatter")),
    )


def scatter_in(content: Mapping[str, Any] | None) -> Scatter | None:
    """None in a file of before there were prediction intervals."""
    if content is None:
        return None
    if content["kind"] not in KINDS:
        raise TypeError(f"a kind of scatter expected, got {str(content['kind'])[:40]}")
    return Scatter(content["kind"], _float(content["size"]), _float(content["freedom"]))


def domain_out(domain: Domain) -> dict[str, Any]:
    return {
        "ranges": [[r.column, r.low, r.high] for r in domain.ranges],
        "conditions": [[to_tree(c.expr), c.relation, to_tree(c.bound), c.met] for c in domain.conditions],
        "finite": domain.finite,
    }


def domain_in(content: Mapping[str, Any], columns: frozenset[str]) -> Domain:
    ranges = (Range(expect(str, name), _float(low), _float(high)) for name, low, high in content["ranges"])
    conditions = (_condition_in(parts, columns) for parts in content["conditions"])
    return Domain(tuple(ranges), tuple(conditions), expect(bool, content["finite"]))


def _condition_in(parts: Sequence[Any], columns: frozenset[str]) -> Condition:
    expr, relation, bound, met = parts
    if relation not in RELATIONS:
        raise TypeError(f"a relation expected, got {str(relation)[:40]}")
    met = None if met is None else expect(bool, met)
    return Condition(from_tree(expr, columns), relation, from_tree(bound, frozenset()), met)


def _constant_in(content: Mapping[str, Any]) -> Constant:
    exact = from_tree(content["exact"], frozenset()) if "exact" in content else None
    unit = expect(str, content["unit"]) if "unit" in content else None
    symbol = Symbol(expect(str, content["name"]))
    return Constant(symbol, _float(content["value"]), _float(content["error"]), exact, unit)


def activations_out(activations: Activations) -> dict[str, Any]:
    return {
        "columns": list(activations.columns),
        "nodes": activations.nodes,
        "edges": [
            {
                "edge": [a.edge.layer, a.edge.source, a.edge.target],
                **{"x": a.x, "y": a.y, "fixed": a.fixed, "importance": a.importance},
            }
            for a in activations.edges
        ],
    }


def activations_in(content: Mapping[str, Any]) -> Activations:
    return Activations(
        columns=tuple(expect(str, c) for c in content["columns"]),
        nodes=tuple(
            tuple(tuple(expect(int, s) for s in node) for node in layer) for layer in content["nodes"]
        ),
        edges=tuple(
            Activation(
                Edge(*(expect(int, i) for i in a["edge"])),
                _array(a["x"]),
                _array(a["y"]),
                a["fixed"],
                _float(a["importance"]),
            )
            for a in content["edges"]
        ),
    )


def _array(values: Any) -> np.ndarray:
    return np.array(from_json(values), dtype=float)


def _float(value: Any) -> float:
    number = from_json(value)
    return float(expect(float if isinstance(number, float) else int, number))


#: JSON has no word for these numbers.
SPECIAL: dict[str, float] = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def to_json(value: Any) -> Any:
    """Nested values in JSON's types: arrays as lists, numbers that JSON lacks as ``{"number": "NaN"}``."""
    if isinstance(value, Mapping):
        return {str(k): to_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [to_json(v) for v in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": json.dumps(value)}
    return value


def from_json(value: Any) -> Any:
    """The inverse of :func:`to_json` for numbers that JSON lacks."""
    if isinstance(value, dict):
        return SPECIAL[value["number"]] if value.keys() == {"number"} else _each(value)
    return [from_json(v) for v in value] if isinstance(value, list) else value


def _each(value: dict[str, Any]) -> dict[str, Any]:
    return {k: from_json(v) for k, v in value.items()}
