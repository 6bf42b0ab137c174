"""Where the parts of a network diagram lie, in inches: inputs at the bottom, the output on top.

Every active edge has a *card* with its curve, between its source below and its target above. Cards of a
layer stand in a row (in several rows where there are many), as near to the straight line between their
ends as they can be without overlapping.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression

from kantools.activation import Activation, Activations, Edge

__all__ = ["Card", "Layout", "lay_out"]

#: Inches: the card's size, gaps around it, the space beside the network, and the height of a product.
CARD, GAP, RISE, MARGIN, PRODUCT = 0.62, 0.12, 0.52, 0.45, 0.42
#: More cards than this in a layer stand in several rows.
COLUMNS = 20
#: Height of a caption, and inches a letter of it takes.
CAPTION, LETTER = 0.19, 0.072

Point = tuple[float, float]


@dataclass(frozen=True)
class Card:
    """The place of an edge's curve: its centre and size."""

    edge: Edge
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """Places of everything.

    Attributes
    ----------
    width, height : float
    nodes : mapping of (layer, node) to point
        Layer 0 is the inputs; nodes that nothing reaches or leaves have no place.
    subnodes : mapping of (layer, subnode) to point
        Of the layer above the edges' layer; a sum node's only subnode lies at the node.
    cards : tuple of Card
    """

    width: float
    height: float
    nodes: Mapping[tuple[int, int], Point]
    subnodes: Mapping[tuple[int, int], Point]
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Row:
    """The cards of a layer: edges in order, in so many rows, all of one size."""

    edges: tuple[Activation, ...]
    rows: int
    width: float
    height: float

    @property
    def columns(self) -> int:
        return -(-len(self.edges) // self.rows) if self.edges else 0

    @property
    def needed(self) -> float:
        return self.columns * (self.width + GAP)

    @property
    def tall(self) -> float:
        return self.rows * (self.height + GAP) - GAP


def lay_out(activations: Activations, captions: Mapping[Edge, str]) -> Layout:
    """Place everything; ``captions`` are the texts on cards, which need room.

    An edge without a curve of its own (a given function) has a card with the caption alone.
    """
    rows = [_row(activations, layer, captions) for layer in range(len(activations.nodes))]
    names = sum(min(0.1 * len(c), 1.0) + 0.25 for c in activations.columns)
    width = max([row.needed for row in rows] + [names, 3.2]) + 2 * MARGIN
    nodes = _spread([(0, k) for k in range(len(activations.columns))], {}, width, 0.0)
    subnodes: dict[tuple[int, int], Point] = {}
    cards: list[Card] = []
    bottom = 0.0
    for layer, row in enumerate(rows):
        rise = RISE + min(0.008 * len(row.edges), 0.5)
        top = bottom + 2 * rise + row.tall
        products = any(len(group) > 1 for group in activations.nodes[layer])
        arities = {(layer + 1, k): len(group) for k, group in enumerate(activations.nodes[layer])}
        alive = _in_order(activations, layer, nodes)
        nodes |= _spread(alive, arities, width, top + PRODUCT * products)
        subnodes |= _below(activations, layer, nodes, top)
        cards += _cards(row, nodes, subnodes, width, bottom + rise)
        bottom = top + PRODUCT * products
    return Layout(width, bottom, nodes, subnodes, tuple(cards))


def _row(activations: Activations, layer: int, captions: Mapping[Edge, str]) -> Row:
    edges = tuple(a for a in activations.edges if a.edge.layer == layer)
    texts = [captions.get(a.edge, "") for a in edges]
    width = max([CARD] + [LETTER * len(text) + 0.1 for text in texts])
    curves = any(a.fixed is None for a in edges)
    height = CARD * curves + CAPTION * any(texts)
    return Row(edges, max(1, -(-len(edges) // COLUMNS)), width, max(height, CAPTION))


def _in_order(
    activations: Activations, layer: int, nodes: Mapping[tuple[int, int], Point]
) -> list[tuple[int, int]]:
    """The nodes above a layer of edges that something reaches or leaves, near the nodes that reach them."""
    centres, left = {}, {a.edge.source for a in activations.edges if a.edge.layer == layer + 1}
    for k, group in enumerate(activations.nodes[layer]):
        below = [nodes[layer, a.edge.source] for s in group for a in activations.into(layer, s)]
        if below or k in left or layer == len(activations.nodes) - 1:
            centres[layer + 1, k] = float(np.mean([x for x, _ in below])) if below else 0.0
    return sorted(centres, key=lambda key: (round(centres[key], 6), key))


def _spread(
    keys: Sequence[tuple[int, int]], arities: Mapping[tuple[int, int], int], width: float, y: float
) -> dict[tuple[int, int], Point]:
    """Nodes side by side over the width, a product in as many places as it has factors."""
    sizes = np.array([arities.get(key, 1) for key in keys], dtype=float)
    cell = min((width - 2 * MARGIN) / max(sizes.sum(), 1), 2.4)
    centres = width / 2 + cell * (np.cumsum(sizes) - sizes / 2 - sizes.sum() / 2)
    return {key: (float(x), y) for key, x in zip(keys, centres, strict=True)}


def _below(
    activations: Activations, layer: int, nodes: Mapping[tuple[int, int], Point], y: float
) -> dict[tuple[int, int], Point]:
    """The places where the edges of a layer end: the node itself, or the factors below a product."""
    places = {}
    for k, group in enumerate(activations.nodes[layer]):
        if (layer + 1, k) in nodes:
            x, top = nodes[layer + 1, k]
            for i, s in enumerate(group):
                shift = (i - (len(group) - 1) / 2) * 0.62
                places[layer, s] = (x + shift, y) if len(group) > 1 else (x, top)
    return places


def _cards(
    row: Row,
    nodes: Mapping[tuple[int, int], Point],
    subnodes: Mapping[tuple[int, int], Point],
    width: float,
    bottom: float,
) -> list[Card]:
    """Side by side in the order of their ends, as near to the line between these as there is room."""
    if not row.edges:
        return []
    ends = [
        (nodes[a.edge.layer, a.edge.source][0], subnodes[a.edge.layer, a.edge.target][0]) for a in row.edges
    ]
    order = sorted(range(len(ends)), key=lambda i: ends[i])
    wanted = np.array([sum(ends[i]) / 2 for i in order])
    starts = range(0, len(order), row.rows)
    x = _apart(np.array([wanted[i : i + row.rows].mean() for i in starts]), row.width + GAP, width)
    cards = []
    for place, i in enumerate(order):
        column, line = divmod(place, row.rows)
        y = bottom + row.height / 2 + line * (row.height + GAP)
        height = row.height if row.edges[i].fixed is None else CAPTION + 0.03
        cards.append(Card(row.edges[i].edge, float(x[column]), y, row.width, height))
    return cards


def _apart(wanted: np.ndarray, pitch: float, width: float) -> np.ndarray:
    """The nearest places to those wanted, in order and at least ``pitch`` apart (isotonic regression)."""
    steps = pitch * np.arange(len(wanted))
    free = isotonic_regression(wanted - steps).x
    low, high = MARGIN + pitch / 2, width - MARGIN - pitch / 2 - steps[-1]
    return np.clip(free, low, max(low, high)) + steps
