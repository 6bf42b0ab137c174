"""Discovery: propose topologies, train each in a fraction of a second, read what the data support.

The order is from plain to rich. A topology whose network predicts the held-out rows about as well as the
best one is read at once; the search ends early when a formula explains the data to rounding error or to
the given sigma. Whatever interrupts the search, the best formula so far is the answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic

import numpy as np

from kantools.activation import Activation, Activations, Edge
from kantools.discovery.link import Link, links_for
from kantools.discovery.plain import plain_drafts
from kantools.discovery.proposals import proposals
from kantools.discovery.reading import read
from kantools.discovery.result import Discovery, Progress, Step
from kantools.discovery.scatter import relative_is_better
from kantools.discovery.topology import Topology, additive
from kantools.discovery.trial import (
    Rows,
    Trial,
    activations_of,
    holdout_split,
    run_trial,
    sparsify,
    with_link,
)
from kantools.network import KAN
from kantools.symbolic.choose import Chosen, choose
from kantools.symbolic.data import Data, data_of
from kantools.symbolic.draft import Draft
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front, select
from kantools.symbolic.polish import polish
from kantools.symbolic.primitive import Primitive, select_primitives
from kantools.symbolic.snap import snap
from kantools.table import Table
from kantools.training.train import train

__all__ = ["discover"]

PROMISING = 0.02  # relative held-out error below which a topology is read at once
MOST_POLISHED = 4  # formulas of one topology that are worked out to the end
FRONT_DRAFTS = 8


@dataclass
class Search:
    """The state of one discovery: what is known, what was found, how much time is left."""

    table: Table
    data: Data
    primitives: tuple[Primitive, ...]
    deadline: float
    begin: float
    max_complexity: int
    seed: int
    progress: Callable[[Progress], None] | None
    formulas: list[Formula] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    origin: dict[int, tuple[KAN | None, Activations]] = field(default_factory=dict)
    message: str = "looking at the table"

    @property
    def rows(self) -> Rows:
        return Rows(self.data.X, self.data.y, self.data.weight)

    @property
    def best(self) -> Formula | None:
        within = [f for f in self.formulas if f.complexity <= self.max_complexity] or self.formulas
        return min(within, key=lambda f: f.description_length, default=None)

    @property
    def done(self) -> bool:
        """Explained to rounding error, or to the given sigma: chi² within its spread around the rows."""
        best = self.best
        if best is None:
            return False
        if self.data.known and best.loss <= 1 + np.sqrt(2 / len(self.data.y)):
            return True
        return self.data.explained(best.loss)

    @property
    def late(self) -> bool:
        return monotonic() > self.deadline

    def tell(self, message: str) -> None:
        self.message = message
        if self.progress is not None:
            spent, whole = monotonic() - self.begin, self.deadline - self.begin
            self.progress(Progress(min(spent / max(whole, 1e-9), 1.0), message, self.best))

    def note(self, hypothesis: str, error: float, verdict: str) -> None:
        self.steps.append(Step(hypothesis, error, verdict, monotonic() - self.begin))

    def keep(self, draft: Draft, origin: tuple[KAN | None, Activations] | None = None) -> Formula | None:
        """Work a draft out to a formula and remember where it came from."""
        formula = polish(draft, self.data, self.table.target)
        if formula is None or not np.isfinite(formula.loss):
            return None
        same = next((f for f in self.formulas if _same(f, formula)), None)
        if same is not None and same.description_length <= formula.description_length:
            return same
        if same is not None:
            self.formulas.remove(same)
        self.formulas.append(formula)
        if origin is not None:
            self.origin[id(formula)] = origin
        return formula


def discover(
    table: Table,
    *,
    primitives: Sequence[str | Primitive] | None = None,
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
    )
    stopped = "interrupted"
    try:
        stopped = _run(search)
    except KeyboardInterrupt:
        if not search.formulas:
            raise
    return _conclude(search, selection, stopped)


def _same(one: Formula, other: Formula) -> bool:
    return one.complexity == other.complexity and str(one) == str(other)


def _run(search: Search) -> str:
    stopped = _look(search)
    if search.best is not None and relative_is_better(search.best, search.data):
        search.tell("the scatter goes with the target: again with relative weights")
        search.data = search.data.relative(search.best.predict(search.data.X))
        search.formulas, search.origin = [], {}
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
        if search.done:
            return "explained"
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
        _keep_best(search, chosen, None)
        search.note(f"{link.name} link: one curve, read directly", _error(search, chosen), "read")
        search.tell(f"one curve, {link.name} link")
        if search.done:
            return


def _error(search: Search, chosen: list[Chosen]) -> float:
    losses = [c.draft.loss for c in chosen if np.isfinite(c.draft.loss)]
    return float(np.sqrt(min(losses) / search.data.variance)) if losses else float("inf")


def _keep_best(search: Search, chosen: list[Chosen], origin: tuple[KAN | None, Activations] | None) -> None:
    """Polish the shortest descriptions and those that are not dominated."""
    drafts: list[Draft] = []
    for c in chosen:
        if not np.isfinite(c.draft.loss) or c.draft.complexity > 2 * search.max_complexity:
            continue
        if len(drafts) < MOST_POLISHED or _undominated(c.draft, drafts):
            drafts.append(c.draft)
        if len(drafts) >= FRONT_DRAFTS:
            break
    for draft in drafts:
        if search.late and search.formulas:
            return
        best = search.best
        if search.done and best is not None and draft.complexity >= best.complexity:
            continue
        search.keep(draft, origin)


def _undominated(draft: Draft, others: list[Draft]) -> bool:
    return not any(o.complexity <= draft.complexity and o.loss <= draft.loss for o in others)


def _try_topologies(search: Search) -> str:
    """Best first: whatever predicts the held-out rows best is grouped further."""
    rows = search.rows
    split = holdout_split(len(rows.y), search.seed)
    trials: list[Trial] = []
    for hypothesis in proposals(rows.X.shape[1], list(links_for(rows.y)), trials):
        if search.late:
            return "time limit"
        search.tell(hypothesis.name)
        trial = run_trial(hypothesis, rows, split, search.seed, search.deadline)
        if trial is None:
            search.note(hypothesis.name, float("inf"), "training failed")
            continue
        best_error = min([t.error for t in trials], default=np.inf)
        trials.append(trial)
        promising = trial.error < PROMISING and trial.error < 2 * best_error
        if promising:
            _read_trial(search, trial)
        search.note(hypothesis.name, trial.error, "read" if promising else "not convincing")
        if search.done:
            return "explained"
    return _read_the_best(search, trials)


def _read_the_best(search: Search, trials: list[Trial]) -> str:
    """Nothing fits to the last digit: read the topologies that predict about as well as the best."""
    best_error = min([t.error for t in trials], default=np.inf)
    for trial in sorted(trials, key=lambda t: t.error)[:6]:
        if search.late:
            return "time limit"
        if trial.error >= PROMISING and trial.error < 1.5 * best_error:
            search.tell("reading " + trial.topology.name)
            _read_trial(search, trial)
    return "explained" if search.done else "all topologies tried"


def _read_trial(search: Search, trial: Trial) -> None:
    rows = search.rows
    trial = sparsify(trial, rows, search.deadline)
    network = with_link(trial)
    activations = activations_of(network, rows, search.table.columns)
    chosen = read(activations, search.data, search.primitives, error=trial.error, deadline=search.deadline)
    _keep_best(search, chosen, (network, activations))


def _conclude(search: Search, selection: str, stopped: str) -> Discovery:
    within = [f for f in search.formulas if f.complexity <= search.max_complexity] or search.formulas
    front = pareto_front(within)
    best = search.best
    if best is not None and all(best is not f for f in front):
        others = [f for f in front if f.complexity != best.complexity]
        front = tuple(sorted((*others, best), key=lambda f: f.complexity))
    chosen = select(front, selection)
    network, activations = search.origin.get(id(chosen), (None, None))
    if network is None:
        network, activations = _picture(search)
    noise = "given" if search.data.known else search.data.scatter
    return Discovery(
        front, chosen, network, activations, tuple(search.steps), monotonic() - search.begin, stopped, noise
    )


def _picture(search: Search) -> tuple[KAN, Activations]:
    """An additive network of the table, where the chosen formula was not read from a network."""
    rows = search.rows
    link: Link = next(iter(links_for(rows.y)))
    topology: Topology = additive(rows.X.shape[1], link)
    intervals = max(1, min(10, len(rows.y) // 4))
    network = topology.build(intervals, search.seed)
    train(network, rows.X, rows.y, weight=rows.weight, smoothness="gcv")
    return network, activations_of(network, rows, search.table.columns)
