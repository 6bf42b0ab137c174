"""ONNX: a graph of double precision that onnxruntime and others execute.

One input ``X``, shape (rows, columns), with the columns in the table's order; one output, shape (rows,),
named like the target. The equation, the columns, and the constants with their errors stand in the
``doc_string``.

Needs the package ``onnx``: ``pip install kantools[onnx]``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import sympy
from sympy import Expr, Rational

from kantools.errors import SettingError
from kantools.symbolic.evaluate import column_symbols
from kantools.symbolic.exporters.double_precision import FUNCTIONS
from kantools.symbolic.exporters.exporter import Exporter
from kantools.symbolic.exporters.graph import Graph, Node, Value
from kantools.symbolic.exporters.identifiers import identifiers
from kantools.symbolic.exporters.listing import about, locals_of
from kantools.symbolic.exporters.syntax import RECIPROCAL, Syntax, real
from kantools.symbolic.formula import Formula

__all__ = ["ONNX"]

#: Of the operators and of the file: those of onnx 1.13 (2022), which every onnxruntime since 1.14 reads.
OPERATORS, FILE = 18, 8
INPUT = "X"


def write(formula: Formula) -> bytes:
    """The model as the bytes of a file.

    Raises
    ------
    SettingError
        Without the package ``onnx``, and for a function that cannot be written with its operators.
    """
    onnx = _package()
    graph = Graph()
    X = graph.input(INPUT)
    columns = [X.apply("Gather", graph.number(i), axis=1) for i in range(len(formula.columns))]
    names = dict(zip(column_symbols(formula.columns), columns, strict=True))
    value = _Walk(graph, names).value(formula.expression)
    rows = X.apply("Shape", start=0, end=1)
    (target,) = identifiers([formula.target], [INPUT])
    graph.nodes.append(("Expand", (value.name, rows.name), target, {}))
    return _model(onnx, formula, graph.nodes, target).SerializeToString()


def _package() -> ModuleType:
    try:
        import onnx
    except ImportError:
        raise SettingError(
            'The exporter "onnx" needs the package onnx, which is not installed. Get it with '
            '`pip install "kantools[onnx]"`.'
        ) from None
    return onnx


def _model(onnx: Any, formula: Formula, nodes: list[Node], target: str) -> Any:
    make, double = onnx.helper, onnx.TensorProto.DOUBLE
    model = make.make_model(
        make.make_graph(
            [_node(onnx, *node) for node in nodes],
            target,
            [make.make_tensor_value_info(INPUT, double, ["rows", len(formula.columns)])],
            [make.make_tensor_value_info(target, double, ["rows"])],
        ),
        opset_imports=[make.make_opsetid("", OPERATORS)],
        ir_version=FILE,
        producer_name="kantools",
        doc_string=_prose(formula),
    )
    make.set_model_props(
        model, {"columns": json.dumps(formula.columns, ensure_ascii=False), "target": formula.target}
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def _node(onnx: Any, kind: str, inputs: tuple[str, ...], output: str, attributes: Mapping[str, Any]) -> Any:
    arrays = {k: onnx.numpy_helper.from_array(v) for k, v in attributes.items() if isinstance(v, np.ndarray)}
    return onnx.helper.make_node(kind, inputs, [output], **{**attributes, **arrays})


def _prose(formula: Formula) -> str:
    constants = locals_of(formula, [c.symbol.name for c in formula.free], Syntax())
    return "\n".join([*about(formula, formula.columns), *(f"{c.name} = {c.remark}" for c in constants)])


@dataclass(frozen=True)
class _Walk:
    """Through an expression, each subexpression once."""

    graph: Graph
    known: dict[Expr, Value]

    def value(self, e: Expr) -> Value:
        if e not in self.known:
            self.known[e] = self._new(e)
        return self.known[e]

    def _new(self, e: Expr) -> Value:
        if e.is_number:
            return self.graph.number(real(e))
        if e.is_Add or e.is_Mul:
            return self._chain("Add" if e.is_Add else "Mul", e.as_ordered_factors() if e.is_Mul else e.args)
        if e.is_Pow:
            return self._power(e.base, e.exp)
        if type(e) in RECIPROCAL:
            return self.graph.number(1.0) / self.value(RECIPROCAL[type(e)](e.args[0]))
        if type(e) not in FUNCTIONS:
            known = ", ".join(sorted(f.__name__ for f in FUNCTIONS))
            raise SettingError(f"A formula in ONNX has {known}; got {type(e).__name__}. Rewrite it.")
        return FUNCTIONS[type(e)](self.value(e.args[0]))

    def _chain(self, kind: str, parts: Sequence[Expr]) -> Value:
        first, *rest = (self.value(p) for p in parts)
        for value in rest:
            first = first.apply(kind, value)
        return first

    def _power(self, base: Expr, exponent: Expr) -> Value:
        if exponent.is_number and exponent.could_extract_minus_sign():
            return self.graph.number(1.0) / self.value(sympy.Pow(base, -exponent))
        if exponent == Rational(1, 2):
            return self.value(base).apply("Sqrt")
        return self.value(base).apply("Pow", self.value(exponent))


ONNX = Exporter("onnx", ".onnx", write)
