"""How the subnodes of a layer become nodes: sums as they are, products of several.

A layer of a network computes subnodes, each the sum of its incoming edges. The first of them are sum nodes
themselves; the others are multiplied in groups of consecutive subnodes, a group a product node.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

__all__ = ["Nodes"]


@dataclass(frozen=True)
class Nodes:
    """``sums`` sum nodes followed by one product node for each arity.

    >>> nodes = Nodes(2, (2, 3))
    >>> nodes.count, nodes.subnodes
    (4, 7)
    >>> nodes.groups
    ((0,), (1,), (2, 3), (4, 5, 6))
    """

    sums: int
    arities: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.sums < 0 or self.sums + len(self.arities) < 1:
            raise ValueError(f"A layer needs at least one node, not {self.sums} sums and no product.")
        if any(arity < 2 for arity in self.arities):
            raise ValueError(f"A product node multiplies at least 2 subnodes, not {min(self.arities)}.")

    @property
    def count(self) -> int:
        """How many nodes there are."""
        return self.sums + len(self.arities)

    @property
    def subnodes(self) -> int:
        """How many subnodes they are made of."""
        return self.sums + sum(self.arities)

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """For each node the subnodes whose product it is."""
        groups: list[tuple[int, ...]] = [(k,) for k in range(self.sums)]
        first = self.sums
        for arity in self.arities:
            groups.append(tuple(range(first, first + arity)))
            first += arity
        return tuple(groups)

    def combine(self, subnodes: Tensor) -> Tensor:
        """From subnodes, shape (…, subnodes), to nodes, shape (…, count).

        >>> Nodes(1, (2,)).combine(torch.tensor([[5.0, 2.0, 3.0]]))
        tensor([[5., 6.]])
        """
        if not self.arities:
            return subnodes
        parts = subnodes.split([self.sums, *self.arities], dim=-1)
        return torch.cat([parts[0], *(p.prod(-1, keepdim=True) for p in parts[1:])], dim=-1)

    @classmethod
    def read(cls, entry: int | Sequence[int], arity: int | Sequence[int] = 2) -> "Nodes":
        """From an entry of ``width``: a number of sums, or ``[sums, products]``.

        >>> Nodes.read([5, 2])
        Nodes(sums=5, arities=(2, 2))
        >>> Nodes.read([1, 2], [2, 3])
        Nodes(sums=1, arities=(2, 3))
        """
        if isinstance(entry, int):
            return cls(entry)
        sums, products = entry
        arities = (arity,) * products if isinstance(arity, int) else tuple(arity)
        if len(arities) != products:
            raise ValueError(f"{products} product nodes need {products} arities, not {len(arities)}.")
        return cls(int(sums), arities)
