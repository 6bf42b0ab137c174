"""What a discovery returns: the front, the chosen formula, and where it was read from."""

from time import monotonic

from kantools.discovery.link import links_for
from kantools.discovery.result import Discovery, Origin, Snapped
from kantools.discovery.state import Search
from kantools.discovery.topology import additive
from kantools.discovery.trial import activations_of, intervals_for
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front, select
from kantools.training.train import train

__all__ = ["conclude"]


def conclude(search: Search, selection: str, stopped: str) -> Discovery:
    within = [f for f in search.formulas if f.complexity <= search.max_complexity] or search.formulas
    front = pareto_front(within)
    best = search.best
    if best is not None and all(best is not f for f in front):
        others = [f for f in front if f.complexity != best.complexity]
        front = tuple(sorted((*others, best), key=lambda f: f.complexity))
    chosen = select(front, selection)
    origin = search.origin.get(id(chosen)) or _picture(search, chosen)
    return Discovery(
        front,
        chosen,
        origin.network,
        origin.activations,
        tuple(search.steps),
        monotonic() - search.begin,
        stopped,
        "given" if search.data.known else search.data.scatter,
        origin.snapped,
    )


def _picture(search: Search, chosen: Formula) -> Origin:
    """An additive network of the table, where the chosen formula was not read from a network.

    With a single input its one curve is the law, and the formula is what it was taken for.
    """
    rows = search.rows
    link = next(iter(links_for(rows.y)))
    topology = additive(rows.X.shape[1], link)
    network = topology.build(intervals_for(len(rows.y), rows.X.shape[1]), search.seed, search.basis)
    train(network, rows.X, rows.y, weight=rows.weight, smoothness=1e-6)
    activations = activations_of(network, rows, search.table.columns)
    snapped: Snapped = {}
    if len(activations.edges) == rows.X.shape[1] == 1:
        curve = activations.edges[0]
        snapped[curve.edge] = (chosen.predict(curve.x[:, None]), "")
    return Origin(network, activations, snapped)
