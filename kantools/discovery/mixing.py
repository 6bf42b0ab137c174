"""Mixed columns: a column exchanged for its product, quotient, sum or difference with another that stays.

A law such as ``sin²(nθ/2)/sin²(θ/2)`` has no symmetry: both columns are needed. But it is a product of curves
in ``nθ`` and ``θ``, and no more than sums and products of curves have to be tried to see that.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from time import monotonic

import numpy as np

from kantools.discovery.link import Link, links_for
from kantools.discovery.topology import Topology, additive, product
from kantools.discovery.trial import Split, Trial, run_trial
from kantools.discovery.view import Reduction, View, reduced

__all__ = ["Mixture", "mixtures"]

MOST_COLUMNS = 4
MOST_PRODUCTS = 6  # of curves that are trained, where sums of curves under some link come closest
NAMES = ("identity", "log", "sqrt", "square")  # of links
WAYS = (("product", 1), ("product", -1), ("sum", 1), ("sum", -1))


@dataclass(frozen=True)
class Mixture:
    """A view with a mixed column, and its best network of one curve a column."""

    view: View
    trial: Trial


def mixtures(
    view: View, split: Split, seed: int, deadline: float, basis: str, smoothness: float
) -> list[Mixture]:
    """What each exchange of a column makes of the table, the most telling first.

    Parameters
    ----------
    view : View
    split : tuple of ndarray
    seed : int
    deadline : float
        ``time.monotonic()`` after which no further network is trained.
    basis : str
    smoothness : float
        Of the networks.
    """
    if not 2 <= view.inputs <= MOST_COLUMNS:
        return []
    links = [link for link in links_for(view.rows.y) if link.name in NAMES]

    def trained(mixed: View, topology: Topology) -> list[Mixture]:
        if monotonic() > deadline:
            return []
        trial = run_trial(topology, mixed.seen, split, seed, deadline, basis, smoothness)
        return [] if trial is None else [Mixture(mixed, trial)]

    sums = [_best(mixed, links, trained) for mixed in _mixed(view)]
    ranked = sorted((m for some in sums for m in some), key=lambda m: m.trial.error)
    topology = product(view.inputs, links[0])
    products = [m for one in ranked[:MOST_PRODUCTS] for m in trained(one.view, topology)]
    best = {str(m.view): m for m in sorted([*ranked, *products], key=lambda m: -m.trial.error)}
    return sorted(best.values(), key=lambda m: m.trial.error)


def _best(
    mixed: View, links: list[Link], trained: Callable[[View, Topology], list[Mixture]]
) -> list[Mixture]:
    """Under the link that does best."""
    found = [m for link in links for m in trained(mixed, additive(mixed.inputs, link))]
    return sorted(found, key=lambda m: m.trial.error)[:1]


def _mixed(view: View) -> Iterator[View]:
    """Views in which one column is mixed with another."""
    unit = np.eye(view.inputs, dtype=int)
    for i, j in permutations(range(view.inputs), 2):
        for kind, sign in WAYS:
            rows = [unit[k] + sign * unit[j] if k == i else unit[k] for k in range(view.inputs)]
            mixed = reduced(view, Reduction(kind, tuple(map(_fractions, rows)), _fractions(unit[0] * 0)))
            if mixed is not None:
                yield mixed


def _fractions(row: np.ndarray) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(v)) for v in row)
