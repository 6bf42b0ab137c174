"""Discovery: propose topologies, train each in a fraction of a second, read what the data support.

The order is from plain to rich. A topology whose network predicts the held-out rows about as well as the
best one is read at once; the search ends early when a formula explains the data to rounding error or to
the given sigma. Whatever interrupts the search, the best formula so far is the answer.
"""

from collections.abc import Callable, Sequence
from time import monotonic

import numpy as np
from threadpoolctl import threadpool_limits

from kantools.activation import Activation, Activations, Edge
from kantools.discovery.link import Link, links_for
from kantools.discovery.plain import plain_drafts
from kantools.discovery.proposals import proposals
from kantools.discovery.reading import read
from kantools.discovery.result import Discovery, Origin, Progress, Snapped
from kantools.discovery.scatter import relative_is_better
from kantools.discovery.state import Search
from kantools.discovery.topology import Topology, additive
from kantools.discovery.trial import (
    Trial,
    activations_of,
    holdout_split,
    intervals_for,
    run_trial,
    sparsify,
    with_link,
)
from kantools.network import KAN
from kantools.symbolic.choose import Chosen, choose
from kantools.symbolic.data import data_of
from kantools.symbolic.draft import Draft
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front, select
from kantools.symbolic.primitive import Primitive, select_primitives
from kantools.symbolic.snap import snap
from kantools.table import Table
from kantools.training.train import train

__all__ = ["discover"]

LOOKS_EXACT = 0.01  # relative held-out error below which a topology is read at once
LOOKS_GOOD = 0.05  # … and below which it is read within the next topologies:
READ_EVERY = 30
SHARE_OF_A_READING = 1 / 6  # of the time limit
MOST_READ_LATE = 4
MOST_POLISHED = 3  # formulas of one topology that are worked out to the end
FRONT_DRAFTS = 6
PATIENCE = 15  # topologies without a better formula after which the search may end
NO_WORSE = 1.05


def discover(
    table: Table,
    *,
    primitives: Sequence[str | Primitive] | None = None,
    basis: str = "bspline",
    time_limit: float = 60.0,
    max_complexity: int = 30,
    selection: str = "description_length",
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
) -> Discovery:
    """Find the law in a table.

    Parameters
    ----------
    table : Table
    primitives : sequence of str or Primitive, optional
        What activations may be snapped to; all there are by default.
    basis : str
        What the curves of the networks are made of, a name of ``kantools.bases.BASES``.
    time_limit : float
        Seconds.
    max_complexity : int
        Formulas longer than this are not chosen.
    selection : {"description_length", "loss", "knee"}
        How one formula is chosen from the front.
    seed : int
    progress : callable, optional
        Called with a :class:`Progress` now and then.

    Returns
    -------
    Discovery
        A KeyboardInterrupt ends the search; what was found by then is returned.
    """
    begin = monotonic()
    search = Search(
        table,
        data_of(table),
        select_primitives(primitives),
        begin + time_limit,
        begin,
        max_complexity,
        seed,
        progress,
        basis,
    )
    stopped = "interrupted"
    try:
        # These are thousands of small matrices: threads would only wait for each other.
        with threadpool_limits(limits=1):
            stopped = _run(search)
    except KeyboardInterrupt:
        if not search.formulas:
            raise
    return _conclude(search, selection, stopped)


def _run(search: Search) -> str:
    stopped = _look(search)
    if search.best is not None and relative_is_better(search.best, search.data):
        search.tell("the scatter goes with the target: again with relative weights")
        search.data = search.data.relative(search.best.predict(search.data.X))
        search.formulas, search.origin, search.length, search.improved_at = [], {}, np.inf, 0
        search.readings = 0
        stopped = _look(search)
    return stopped


def _look(search: Search) -> str:
    """Plain formulas, then what the table itself or networks of it tell."""
    for draft in plain_drafts(search.data):
        search.keep(draft)
    search.tell("plain formulas")
    if search.done:
        return "explained"
    if search.data.X.shape[1] == 1:
        _read_table(search)
        return "explained" if search.done else "all links tried"
    return _try_topologies(search)


def _read_table(search: Search) -> None:
    """A table with one input is a curve already: snap it, under every link, without a network between."""
    data = search.data
    for link in links_for(data.y):
        if search.late:
            return
        eta = link.apply(data.y)
        weight = data.weight * link.weight(data.y)
        found = snap(data.X[:, 0], eta, search.primitives, weight=weight, keep=16, points=300)
        edge = Edge(0, 0, 0)
        curve = Activations(data.columns, (((0,),),), (Activation(edge, data.X[:, 0], eta),))
        chosen = choose(
            curve, {edge: found}, data, lift=link.lift, most=16, rows=2000, deadline=search.deadline
        )
        _keep_best(search, chosen)
        search.note(f"{link.name} link: one curve, read directly", _error(search, chosen), "read")
        search.tell(f"one curve, {link.name} link")
        if search.done:
            return


def _error(search: Search, chosen: list[Chosen]) -> float:
    losses = [c.draft.loss for c in chosen if np.isfinite(c.draft.loss)]
    return float(np.sqrt(min(losses) / search.data.variance)) if losses else float("inf")


def _keep_best(
    search: Search, chosen: list[Chosen], network: KAN | None = None, activations: Activations | None = None
) -> None:
    """Polish the shortest descriptions and those that are not dominated."""
    kept: list[Chosen] = []
    for c in chosen:
        if not np.isfinite(c.draft.loss) or c.draft.complexity > 2 * search.max_complexity:
            continue
        if len(kept) < MOST_POLISHED or _undominated(c.draft, [k.draft for k in kept]):
            kept.append(c)
        if len(kept) >= FRONT_DRAFTS:
            break
    for c in kept:
        if search.late and search.formulas:
            return
        best = search.best
        if search.done and best is not None and c.draft.complexity >= best.complexity:
            continue
        origin = None
        if network is not None and activations is not None:
            origin = Origin(network, activations, _snapped(activations, c))
        search.keep(c.draft, origin)


def _snapped(activations: Activations, chosen: Chosen) -> Snapped:
    """The curves of the chosen candidates where the data reach the edges."""
    choice = chosen.choice
    return {
        a.edge: (choice[a.edge].evaluate(a.x), choice[a.edge].name)
        for a in activations.edges
        if a.edge in choice
    }


def _undominated(draft: Draft, others: list[Draft]) -> bool:
    return not any(o.complexity <= draft.complexity and o.loss <= draft.loss for o in others)


def _try_topologies(search: Search) -> str:
    """Best first: whatever predicts the held-out rows best is grouped further, and read when it is time."""
    rows = search.rows
    split = holdout_split(len(rows.y), search.seed)
    trials: list[Trial] = []
    unread: list[Trial] = []
    for hypothesis in proposals(rows.X.shape[1], list(links_for(rows.y)), trials):
        if search.late:
            return "time limit"
        search.tell(hypothesis.name)
        trial = run_trial(hypothesis, rows, split, search.seed, search.deadline, search.basis)
        search.note(hypothesis.name, trial.error if trial else np.inf, "" if trial else "training failed")
        if trial is not None:
            trials.append(trial)
            unread.append(trial)
            _read_when_due(search, trials, unread)
        if search.done:
            return "explained"
        if _nothing_better_in_sight(search, trials):
            return "nothing better in sight"
    return _read_the_rest(search, trials, unread)


def _read_when_due(search: Search, trials: list[Trial], unread: list[Trial]) -> None:
    """At once what looks exact; else, now and then, the best that was not read."""
    latest = trials[-1]
    best = latest if latest.error < LOOKS_EXACT else min(unread, key=lambda t: t.error)
    due = latest.error < LOOKS_EXACT or (best.error < LOOKS_GOOD and len(trials) % READ_EVERY == 0)
    if (due or (search.third_time and not search.readings)) and _promising(search, best, trials):
        _read_trial(search, best)
        unread.remove(best)
    _count_improvements(search, trials)


def _read_the_rest(search: Search, trials: list[Trial], unread: list[Trial]) -> str:
    """All topologies are tried: read those that predict about as well as the best."""
    for trial in sorted(unread, key=lambda t: t.error)[:MOST_READ_LATE]:
        if search.late:
            return "time limit"
        if _promising(search, trial, trials):
            _read_trial(search, trial)
    return "explained" if search.done else "all topologies tried"


def _promising(search: Search, trial: Trial, trials: list[Trial]) -> bool:
    """Whether a network is worth reading: near the best, and, after two, better than the best formula."""
    if trial.error > 1.5 * min(t.error for t in trials):
        return False
    return search.readings < 2 or search.best is None or trial.error < 0.98 * search.error


def _nothing_better_in_sight(search: Search, trials: list[Trial]) -> bool:
    """Whether the best formula is as good as any network, and the last topologies brought nothing.

    A network that predicts rows it has not seen no better than the formula does leaves nothing to explain.
    """
    if search.best is None or not search.readings or len(trials) < search.improved_at + PATIENCE:
        return False
    return search.error <= NO_WORSE * min(t.error for t in trials)


def _count_improvements(search: Search, trials: list[Trial]) -> None:
    """Remember when the best formula last became clearly better."""
    best = search.best
    if best is not None and best.description_length < search.length - 1.0:
        search.length, search.improved_at = best.description_length, len(trials)


def _read_trial(search: Search, trial: Trial) -> None:
    """Prune the network, snap its curves, keep the formulas that the whole data prefer."""
    search.readings += 1
    search.tell("reading " + trial.topology.name)
    rows = search.rows
    trial = sparsify(trial, rows, search.deadline)
    network = with_link(trial)
    activations = activations_of(network, rows, search.table.columns)
    search.verdict(trial.topology.name, "read")
    deadline = min(search.deadline, monotonic() + SHARE_OF_A_READING * (search.deadline - search.begin))
    chosen = read(activations, search.data, search.primitives, error=trial.error, deadline=deadline)
    _keep_best(search, chosen, network, activations)


def _conclude(search: Search, selection: str, stopped: str) -> Discovery:
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
    link: Link = next(iter(links_for(rows.y)))
    topology: Topology = additive(rows.X.shape[1], link)
    network = topology.build(intervals_for(len(rows.y), rows.X.shape[1]), search.seed, search.basis)
    train(network, rows.X, rows.y, weight=rows.weight, smoothness=1e-6)
    activations = activations_of(network, rows, search.table.columns)
    snapped: Snapped = {}
    if len(activations.edges) == rows.X.shape[1] == 1:
        curve = activations.edges[0]
        snapped[curve.edge] = (chosen.predict(curve.x[:, None]), "")
    return Origin(network, activations, snapped)
