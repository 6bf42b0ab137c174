"""Compose: put the candidates of all edges together into one expression."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from sympy import Expr, Integer, Mul, Symbol

from kantools.activation import Activation, Activations, Edge
from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.primitive import ARGUMENT, PRIMITIVES

__all__ = ["compose", "fresh_symbols"]


def fresh_symbols(columns: Sequence[str]) -> Iterator[Symbol]:
    """Names for constants that no column has: ``c0, c1, …``, with more letters where columns start so."""
    prefix = "c"
    while any(name.startswith(prefix) for name in columns):
        prefix = "k" if prefix == "c" else prefix + "_"
    return (Symbol(f"{prefix}{i}") for i in count())


def compose(
    activations: Activations,
    choice: Mapping[Edge, Candidate],
    sources: Sequence[Expr],
    symbols: Iterator[Symbol],
) -> tuple[Expr, dict[Symbol, float]]:
    """The network's output as an expression with free constants and their starting values.

    Parameters
    ----------
    activations : Activations
    choice : mapping of Edge to Candidate
        One for every edge that is not fixed.
    sources : sequence of Expr
        What the input nodes are: usually the column symbols.
    symbols : iterator of Symbol
        Where names for constants come from.
    """
    start: dict[Symbol, float] = {}
    values = list(sources)
    for layer, nodes in enumerate(activations.nodes):
        values = [
            Mul(*(_subnode(activations.into(layer, s), choice, values, symbols, start) for s in node))
            for node in nodes
        ]
    return values[0], start


def _subnode(
    edges: Sequence[Activation],
    choice: Mapping[Edge, Candidate],
    values: list[Expr],
    symbols: Iterator[Symbol],
    start: dict[Symbol, float],
) -> Expr:
    """The sum of the edges that run into a subnode, with one common offset."""
    total, offset, moved = Integer(0), 0.0, False
    for activation in edges:
        source = values[activation.edge.source]
        if activation.fixed is not None:
            total += _fixed(activation.fixed, source)
            continue
        candidate = choice[activation.edge]
        names = {}
        for symbol, value in candidate.constants:
            if symbol == candidate.offset:
                names[symbol], offset, moved = Integer(0), offset + value, True
            else:
                names[symbol] = next(symbols)
                start[names[symbol]] = value
        total += candidate.template.subs(names).subs(ARGUMENT, source)
    if moved:
        symbol = next(symbols)
        start[symbol] = offset
        total += symbol
    return total


def _fixed(name: str, source: Expr) -> Expr:
    return -source if name == "negative" else PRIMITIVES[name](source)
