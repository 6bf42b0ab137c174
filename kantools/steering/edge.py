"""An edge as a person names it: ``(layer, source, target)``, checked against the network."""

from collections.abc import Sequence
from typing import TypeAlias

from kantools.activation import Edge
from kantools.errors import UserError
from kantools.network import KAN

__all__ = ["Place", "active", "told"]

Place: TypeAlias = Edge | Sequence[int]
SHOWN = 12


def active(network: KAN, edge: Place) -> Edge:
    """The edge, if the network has it and it is switched on.

    Raises
    ------
    UserError
        With the edges that there are.

    Examples
    --------
    >>> active(KAN([2, 1]), (0, 1, 0))
    Edge(layer=0, source=1, target=0)
    """
    known = network.edges()
    asked = edge if isinstance(edge, Edge) else _read(edge, known)
    if asked in known:
        return asked
    shapes = [layer.mask.shape for layer in network.kan_layers()]
    inside = 0 <= asked.layer < len(shapes) and all(
        0 <= k < n for k, n in zip((asked.source, asked.target), shapes[asked.layer], strict=True)
    )
    if inside:
        raise UserError(
            f"Only edges that are switched on can be steered; {told(asked)} is not: it was pruned or masked. "
            f"Take that back with undo(), or choose one of {_listed(known)}."
        )
    raise UserError(
        f"An edge is (layer, source, target) of this network; got {told(asked)}, which it does not have. "
        f"Choose one of {_listed(known)}."
    )


def told(edge: Edge) -> str:
    """``(layer, source, target)``.

    >>> told(Edge(0, 1, 2))
    '(0, 1, 2)'
    """
    return f"({edge.layer}, {edge.source}, {edge.target})"


def _read(edge: Sequence[int], known: Sequence[Edge]) -> Edge:
    try:
        layer, source, target = (int(k) for k in edge)
    except (TypeError, ValueError):
        raise UserError(
            f"An edge is three whole numbers, (layer, source, target); got {edge!r}. "
            f"Choose one of {_listed(known)}."
        ) from None
    return Edge(layer, source, target)


def _listed(known: Sequence[Edge]) -> str:
    shown = ", ".join(told(edge) for edge in known[:SHOWN])
    return shown + (f", … ({len(known)} in all)" if len(known) > SHOWN else "")
