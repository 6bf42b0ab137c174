"""A graph of ONNX operators, built up by arithmetic on its values.

>>> graph = Graph()
>>> x = graph.input("X")
>>> (x * x + 1.0).name, [kind for kind, *_ in graph.nodes]
('_3', ['Mul', 'Constant', 'Add'])
"""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

__all__ = ["Graph", "Value"]

Node: TypeAlias = tuple[str, tuple[str, ...], str, dict[str, Any]]


@dataclass
class Graph:
    """Operators in the order they were asked for: kind, inputs, output, attributes."""

    nodes: list[Node] = field(default_factory=list)
    numbers: "dict[bytes, Value]" = field(default_factory=dict)
    names: int = 0

    def input(self, name: str) -> "Value":
        """What comes from outside."""
        return Value(self, name)

    def number(self, value: Any) -> "Value":
        """A constant: a number, or whole numbers where they are an array."""
        array = np.asarray(value)
        key = array.dtype.char.encode() + array.tobytes()
        if key not in self.numbers:
            self.numbers[key] = self.add("Constant", value=array)
        return self.numbers[key]

    def add(self, kind: str, *inputs: "Value | float", **attributes: Any) -> "Value":
        """The output of an operator of these inputs, named as no column or target can be."""
        values = [v if isinstance(v, Value) else self.number(float(v)) for v in inputs]
        self.names += 1
        output = Value(self, f"_{self.names}")
        self.nodes.append((kind, tuple(v.name for v in values), output.name, attributes))
        return output


@dataclass(frozen=True)
class Value:
    """An output of an operator, or an input of the graph."""

    graph: Graph = field(repr=False)
    name: str

    def __add__(self, other: "Value | float") -> "Value":
        return self.graph.add("Add", self, other)

    def __sub__(self, other: "Value | float") -> "Value":
        return self.graph.add("Sub", self, other)

    def __mul__(self, other: "Value | float") -> "Value":
        return self.graph.add("Mul", self, other)

    def __truediv__(self, other: "Value | float") -> "Value":
        return self.graph.add("Div", self, other)

    def apply(self, kind: str, *others: "Value | float", **attributes: Any) -> "Value":
        """An operator of this value, and others behind it."""
        return self.graph.add(kind, self, *others, **attributes)
