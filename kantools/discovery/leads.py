"""Leads: views of a table with fewer columns in which it is as easy to learn.

Whether a symmetry holds shows in the error of a polynomial on held-out rows: where it holds, one column fewer
costs nothing, and the averages of a smaller polynomial are better. Views that predict alike are told apart by
how long they are.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import monotonic

import numpy as np

from kantools.discovery.generators import Generator, generators, reductions, translations
from kantools.discovery.inner import inner_views
from kantools.discovery.link import Link
from kantools.discovery.surrogate import Surrogate, ease, train_surrogates
from kantools.discovery.symmetry import symmetries
from kantools.discovery.trial import Split
from kantools.discovery.view import Reduction, View, bent, reduced
from kantools.symbolic.language.complexity import complexity
from kantools.symbolic.language.rarity import rarity
from kantools.symbolic.primitive import Primitive
from kantools.symbolic.whole.draft import NATS_A_NODE

__all__ = ["BENDS", "Lead", "best_first", "differences", "leads"]

EASIER = 1.01  # times the error before that a view with fewer columns may have
MOST_OFFERS, MOST_CHOICES = 6, 2  # of the null space, and of the bases of one
MOST_DIFFERENCES = 8  # of two columns that are tested
MOST = 6
BENDS = ("sin", "cos", "exp")  # functions that a column may count through; polynomials see logarithms anyway
FAR = 5.0  # times the least error
BETTER = 0.5  # times the error before that a view with such a function may have


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


def leads(
    surrogate: Surrogate, view: View, split: Split, primitives: Sequence[Primitive], deadline: float
) -> list[Lead]:
    """Where to go on from a view, the fewest columns first."""
    before, like = ease(view, split, surrogate.link), surrogate.link
    allowed = EASIER * before
    holds: list[tuple[Generator, Lead]] = []
    for generator in generators(surrogate, view):
        lead = None if monotonic() > deadline else _lead(reductions([generator], view), view, split, like)
        if lead is not None and lead.error < allowed:
            holds.append((generator, lead))
    holds.sort(key=lambda pair: pair[1].rank)
    found = [x for _, x in holds]
    for kind in ("product", "sum"):
        found += _combined([g for g, _ in holds if g.kind == kind], view, split, allowed, like, deadline)
    for offer in symmetries(surrogate, view, deadline)[:MOST_OFFERS]:
        lead = None if monotonic() > deadline else _lead(offer.choices, view, split, like)
        if lead is not None and lead.error < allowed:
            found.append(lead)
    found += [x for x in _inner(surrogate, view, split, primitives, deadline) if x.error < allowed]
    if monotonic() < deadline:
        bends = _bent(view, split, primitives, like, deadline)
        found += [x for x in bends if x.error < BETTER * before]
    different = {str(x.view): x for x in found}
    return best_first(different.values())[:MOST]


def best_first(some: Iterable[Lead]) -> list[Lead]:
    """By rank, those last that are far harder to learn than another: without noise, they hide something."""
    some = list(some)
    least = min((x.error for x in some), default=0.0)
    return sorted(some, key=lambda x: (x.error > FAR * least, x.rank))


def differences(view: View, split: Split, alike: Callable[[Sequence[int]], bool]) -> View | None:
    """The view in which pairs of columns count by their difference only, where it is as easy to learn.

    Where the zero of a position is put does not matter. Each column is in one pair at most: that a sum of
    differences is all that counts is for later to find.

    Parameters
    ----------
    view : View
    split : Split
    alike : callable
        Whether columns with these indices may be subtracted.

    Returns
    -------
    View or None
        None where no difference says as much as its columns.
    """
    surrogate = next(iter(train_surrogates(view, split, 0, np.inf, noisy=True)), None)
    if surrogate is None:
        return None
    like = surrogate.link
    allowed = EASIER * ease(view, split, like)
    together: list[Generator] = []
    best: Lead | None = None
    moved = [(mismatch, g) for mismatch, g in translations(surrogate) if sum(g.numbers) != 0]
    for _, generator in sorted(moved, key=lambda pair: pair[0])[:MOST_DIFFERENCES]:
        some, taken = _columns_of(generator), {k for g in together for k in _columns_of(g)}
        if taken & set(some) or not alike(some):
            continue
        lead = _lead(reductions([*together, generator], view), view, split, like)
        if lead is not None and lead.error < allowed:
            together.append(generator)
            best = lead
    return None if best is None else best.view


def _columns_of(generator: Generator) -> list[int]:
    return [k for k, q in enumerate(generator.numbers) if q]


def _inner(
    surrogate: Surrogate, view: View, split: Split, primitives: Sequence[Primitive], deadline: float
) -> list[Lead]:
    """Views in which a short expression stands for two columns."""
    views = inner_views(surrogate, view, primitives, 0) if monotonic() < deadline else []
    return [_tested(v, split, surrogate.link) for v in views if monotonic() < deadline]


def _bent(
    view: View, split: Split, primitives: Sequence[Primitive], like: Link, deadline: float
) -> list[Lead]:
    """Views with a function of one column in its place."""
    functions = [p for p in primitives if p.inner and p.name in BENDS]
    views = [bent(view, k, f) for k in range(view.inputs) for f in functions]
    return [_tested(v, split, like) for v in views if v is not None and monotonic() < deadline]


def _combined(
    holding: list[Generator], view: View, split: Split, allowed: float, like: Link, deadline: float
) -> list[Lead]:
    """All symmetries that hold together, taken up one by one."""
    together: list[Generator] = []
    found: list[Lead] = []
    for generator in holding:
        if monotonic() > deadline:
            break
        lead = _lead(reductions([*together, generator], view), view, split, like)
        if lead is not None and lead.error < allowed:
            together.append(generator)
            found.append(lead)
    return found[1:][-2:]


def _lead(choices: tuple[Reduction, ...], view: View, split: Split, like: Link) -> Lead | None:
    """The easiest of the views that the same symmetries allow."""
    views = [v for c in choices[:MOST_CHOICES] if (v := reduced(view, c)) is not None]
    return min((_tested(v, split, like) for v in views), key=lambda x: x.rank, default=None)


def _tested(view: View, split: Split, like: Link) -> Lead:
    return Lead(view, ease(view, split, like), len(split[1]))
