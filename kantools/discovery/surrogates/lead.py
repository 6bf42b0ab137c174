"""Leads: views with fewer columns, and how easy they are to learn for a polynomial.

Whether a symmetry holds shows in the error of a polynomial on held-out rows: where it holds, one column fewer
costs nothing, and the averages of a smaller polynomial are better. Views that predict alike are told apart by
how long they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kantools.discovery.surrogates.ease import ease
from kantools.discovery.views.link import Link
from kantools.discovery.views.rows import Split
from kantools.discovery.views.view import Reduction, View, reduced
from kantools.symbolic.language.complexity import complexity
from kantools.symbolic.language.rarity import rarity
from kantools.symbolic.whole.draft import NATS_A_NODE

__all__ = ["Lead", "best_first", "easiest", "easiest_reduction", "lead"]

MOST_CHOICES = 2  # bases of the same groups: the simplest ones


@dataclass(frozen=True)
class Lead:
    """A view, the error of its best polynomial and on how many rows, held out."""

    view: View
    error: float
    rows: int

    @cached_property
    def rank(self) -> tuple[int, float]:
        """The fewest columns first; of these the shortest description of view and held-out rows."""
        written = (*self.view.columns, self.view.prefactor)
        nats = sum(NATS_A_NODE * complexity(e) + rarity(e) for e in written)
        return self.view.inputs, self.rows * float(np.log(max(self.error, 1e-300))) + nats


def lead(view: View, split: Split, like: Link) -> Lead:
    """A view, and how easy it is to learn under a link."""
    return Lead(view, ease(view, split, like), len(split[1]))


def easiest(views: Sequence[View], split: Split, like: Link) -> Lead | None:
    """The easiest of views that say the same."""
    return min((lead(v, split, like) for v in views), key=lambda x: x.rank, default=None)


def easiest_reduction(
    choices: Sequence[Reduction], view: View, split: Split, like: Link, most: int = MOST_CHOICES
) -> Lead | None:
    """The easiest of the views that the same symmetries allow, of so many."""
    return easiest([v for c in choices[:most] if (v := reduced(view, c)) is not None], split, like)


def best_first(some: Iterable[Lead], far: float) -> list[Lead]:
    """By rank, those last that are far harder to learn than another: without noise, they hide something."""
    some = list(some)
    least = min((x.error for x in some), default=0.0)
    return sorted(some, key=lambda x: (x.error > far * least, x.rank))
