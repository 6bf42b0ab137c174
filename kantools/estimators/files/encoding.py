"""Formulas, activations and numbers in the types that JSON has, arrays aside, and back.

Every function that reads checks the type of what it meets, so that a damaged file ends in an error here and
not in a wrong prediction later.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from sympy import Expr, Symbol

from kantools.activation import Activation, Activations, Edge
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.primitive import ARGUMENT, Primitive
from kantools.symbolic.trust.condition import RELATIONS, Condition
from kantools.symbolic.trust.domain import Domain, Range
from kantools.symbolic.trust.prediction import KINDS, Scatter
from kantools.symbolic.written.parse import parse
from kantools.symbolic.written.text import to_text
from kantools.symbolic.written.tree import from_tree

__all__ = ["activations_in", "activations_out", "expect", "formula_in", "formula_out", "from_json", "to_json"]


def expect(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected, got {str(value)[:40]}")
    return value


def formula_out(formula: Formula) -> dict[str, Any]:
    return {
        "columns": list(formula.columns),
        "target": formula.target,
        "template": to_text(formula.template),
        "constants": [
            {"name": c.symbol.name, "value": c.value, "error": c.error}
            | ({} if c.exact is None else {"exact": to_text(c.exact)})
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
    if len(known) < len(columns) + len(constants):
        raise ValueError("two columns or constants have one name")
    free = sum(c.exact is None for c in constants)
    covariance: Any = content["covariance"]
    if covariance is not None:
        covariance = _array(covariance).reshape(free, free)
    return Formula(
        columns=columns,
        target=expect(str, content["target"]),
        template=expression_in(content["template"], known, {c.symbol.name: c.value for c in constants}),
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


def expression_in(
    stored: Any, known: frozenset[str] = frozenset(), values: Mapping[str, float] | None = None
) -> Expr:
    """An expression from its text, or, in files of version 1, from nested lists."""
    if isinstance(stored, list):
        return from_tree(stored, known)
    return parse(expect(str, stored), known, evaluate=False, values=values)


def scatter_in(content: Mapping[str, Any] | None) -> Scatter | None:
    """None in a file of before there were prediction intervals."""
    if content is None:
        return None
    kind = noise_in(content["kind"])
    if kind not in KINDS:
        raise TypeError(f"a kind of scatter expected, got {kind[:40]}")
    share = _float(content.get("share", 0.0))
    return Scatter(kind, _float(content["size"]), _float(content["freedom"]), share)


def noise_in(stored: Any) -> str:
    """The name of a noise model; proportional noise was called relative once."""
    return "proportional" if stored == "relative" else str(stored)


def domain_out(domain: Domain) -> dict[str, Any]:
    return {
        "ranges": [[r.column, r.low, r.high] for r in domain.ranges],
        "conditions": [[to_text(c.expr), c.relation, to_text(c.bound), c.met] for c in domain.conditions],
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
    return Condition(expression_in(expr, columns), relation, expression_in(bound), met)


def _constant_in(content: Mapping[str, Any]) -> Constant:
    exact = expression_in(content["exact"]) if "exact" in content else None
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
    columns = tuple(expect(str, c) for c in content["columns"])
    edges = tuple(_activation_in(a) for a in content["edges"])
    if any(a.edge.layer == 0 and not 0 <= a.edge.source < len(columns) for a in edges):
        raise ValueError("a curve comes from an input that there is not")
    if any(not len(a.x) for a in edges):
        raise ValueError("a curve has no points")
    return Activations(
        columns=columns,
        nodes=tuple(
            tuple(tuple(expect(int, s) for s in node) for node in layer) for layer in content["nodes"]
        ),
        edges=edges,
    )


def _activation_in(content: Mapping[str, Any]) -> Activation:
    x, y = _array(content["x"]), _array(content["y"])
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"a curve has as many x as y, not the shapes {x.shape} and {y.shape}")
    edge = Edge(*(expect(int, i) for i in content["edge"]))
    return Activation(edge, x, y, content["fixed"], _float(content["importance"]))


def _array(values: Any) -> np.ndarray:
    return np.array(values if isinstance(values, np.ndarray) else from_json(values), dtype=float)


def _float(value: Any) -> float:
    number = from_json(value)
    if isinstance(number, bool):
        raise TypeError(f"a number expected, got {number}")
    return float(expect(float if isinstance(number, float) else int, number))


#: JSON has no word for these numbers.
SPECIAL: dict[str, float] = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


#: Objects of JSON with one of these names alone stand for something else.
SIGNS = ("number", "pairs", "primitive", "tensor")


def to_json(value: Any) -> Any:
    """Nested values in JSON's types, as far as it has them; arrays of numbers stay as they are.

    Numbers that JSON lacks become ``{"number": "NaN"}``, functions of the user's own ``{"primitive": …}``,
    and mappings with other keys than strings ``{"pairs": [[key, value], …]}``.
    """
    if isinstance(value, Mapping):
        return _mapping_out(value)
    if isinstance(value, Primitive):
        return {"primitive": primitive_out(value)}
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf" and value.ndim:
        return value
    if isinstance(value, list | tuple | np.ndarray):
        return [to_json(v) for v in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": json.dumps(value)}
    return value


def _mapping_out(value: Mapping[Any, Any]) -> dict[str, Any]:
    plain = all(isinstance(k, str) for k in value) and tuple(value) not in [(sign,) for sign in SIGNS]
    pairs = [(to_json(k), to_json(v)) for k, v in value.items()]
    return dict(pairs) if plain else {"pairs": pairs}


def from_json(value: Any) -> Any:
    """The inverse of :func:`to_json`."""
    if isinstance(value, dict):
        (sign, *rest), content = tuple(value) or ("",), [*value.values()]
        if not rest and sign in READERS:
            return READERS[sign](content[0])
        return {k: from_json(v) for k, v in value.items()}
    return [from_json(v) for v in value] if isinstance(value, list) else value


def primitive_out(primitive: Primitive) -> dict[str, Any]:
    return {
        "name": primitive.name,
        "expression": to_text(primitive.expr),
        "complexity": primitive.complexity,
        "domain": [to_json(float(bound)) for bound in primitive.domain],
        "outer": primitive.outer,
        "inner": primitive.inner,
    }


def primitive_in(content: Mapping[str, Any]) -> Primitive:
    low, high = (_float(bound) for bound in content["domain"])
    return Primitive(
        expect(str, content["name"]),
        expression_in(content["expression"], frozenset({ARGUMENT.name})),
        expect(int, content["complexity"]),
        (low, high),
        expect(bool, content["outer"]),
        expect(bool, content["inner"]),
    )


READERS: dict[str, Callable[[Any], Any]] = {
    "number": SPECIAL.__getitem__,
    "pairs": lambda pairs: {from_json(k): from_json(v) for k, v in pairs},
    "primitive": primitive_in,
}
