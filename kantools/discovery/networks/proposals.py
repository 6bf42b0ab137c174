"""What to try next: a stream of topologies that looks at how the earlier ones did.

First the plain ones under every link. Then, best first, inputs are grouped: of the partition that predicts
the held-out rows best, every two groups are merged in turn. A sum of groups that each depend on few
inputs is what most laws look like under the right link.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from kantools.discovery.networks.topology import (
    Group,
    Groups,
    Topology,
    additive,
    general,
    grouped,
    hidden,
    hidden_with_skip,
    product,
    product_inside,
    sum_and_product,
    sum_of_products,
)
from kantools.discovery.networks.trial import Trial
from kantools.discovery.views.link import Link

__all__ = ["proposals"]

FEW = 3  # inputs, of which each may count by itself and in a product
NEAR = ("log", "reciprocal", "square")
State = tuple[Link, str, Groups]


def proposals(d: int, links: Sequence[Link], trials: Callable[[], Sequence[Trial]]) -> Iterator[Topology]:
    """Topologies for two or more inputs, in the order in which they deserve to be tried.

    Parameters
    ----------
    d : int
    links : sequence of Link
        The identity first.
    trials : callable
        The networks so far, as the caller tries what is proposed.
    """
    known: dict[str, State] = {}

    def told(topology: Topology, state: State) -> Topology:
        known[topology.name] = state
        return topology

    singles = tuple(Group((i,)) for i in range(d))
    identity, near = links[0], [link for link in links if link.name in NEAR]
    for link in links:
        yield told(additive(d, link), (link, "sum", singles))
    yield told(product(d, identity), (identity, "product", singles))
    yield hidden(d, identity)
    yield product_inside(d, identity)
    if d <= FEW:
        yield from (sum_and_product(d, link) for link in (identity, *near))
    expanded: set[str] = set()
    yield from _groupings(d, known, trials, expanded, rounds=6 if d <= 4 else 2)
    yield from (hidden_with_skip(d, link) for link in (identity, *near))
    yield from (product(d, link) for link in near if link.name != "log")
    yield from _groupings(d, known, trials, expanded, rounds=2 * d)
    yield from (sum_of_products(d, 2, link) for link in (identity, *near))
    yield general(d, d + 3, identity)


def _groupings(
    d: int, known: dict[str, State], trials: Callable[[], Sequence[Trial]], expanded: set[str], rounds: int
) -> Iterator[Topology]:
    """Expand the best partition that was not expanded yet, round after round."""
    for _ in range(rounds):
        within = [t for t in trials() if t.topology.name in known and t.topology.name not in expanded]
        within = [t for t in within if len(known[t.topology.name][2]) > 2]
        if not within:
            return
        best = min(within, key=lambda t: t.error).topology.name
        expanded.add(best)
        link, operation, groups = known[best]
        for merged in _merges(groups, operation):
            topology = grouped(d, merged, operation, link)
            if topology.name not in known:
                known[topology.name] = (link, operation, merged)
                yield topology


def _merges(groups: Groups, operation: str) -> Iterator[Groups]:
    """Every partition in which two groups have become one."""
    kinds = ("sum",) if operation == "product" else ("sum", "product")
    for one, other in combinations(groups, 2):
        rest = tuple(g for g in groups if g not in (one, other))
        members = tuple(sorted((*one.members, *other.members)))
        for kind in kinds:
            if {one.kind, other.kind} <= {"single", kind}:
                yield (*rest, Group(members, kind))
