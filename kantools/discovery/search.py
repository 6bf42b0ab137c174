"""Discovery: propose topologies, train each in a fraction of a second, read what the data support.

The order is from plain to rich, and best first. A topology whose network predicts the held-out rows to a
per cent is read at once, the best of the others now and then. The search ends early when a formula explains
the data to rounding error or to the given sigma, or when nothing better is in sight. Whatever interrupts it,
the best formula so far is the answer.
"""

from collections.abc import Callable, Sequence
from time import monotonic

import numpy as np
from threadpoolctl import threadpool_limits

from kantools.discovery.conclusion import conclude
from kantools.discovery.link import links_for
from kantools.discovery.plain import plain_drafts
from kantools.discovery.proposals import proposals
from kantools.discovery.reading import read_table, read_trial
from kantools.discovery.result import Discovery, Progress
from kantools.discovery.scatter import relative_is_better
from kantools.discovery.state import Search
from kantools.discovery.trial import (
    Trial,
    holdout_split,
    run_trial,
)
from kantools.symbolic.data import data_of
from kantools.symbolic.primitive import Primitive, select_primitives
from kantools.table import Table

__all__ = ["discover"]

LOOKS_EXACT = 0.01  # relative held-out error below which a topology is read at once
LOOKS_GOOD = 0.05  # … below which the best that was not read is read
READ_EVERY = 30  # … after so many topologies
MOST_READ_LATE = 4  # of those that were never read, when all are tried
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
    return conclude(search, selection, stopped)


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
        read_table(search)
        return "explained" if search.done else "all links tried"
    return _try_topologies(search)


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
    if (due or (search.half_time and not search.readings)) and _promising(search, best, trials):
        read_trial(search, best)
        unread.remove(best)
    _count_improvements(search, trials)


def _read_the_rest(search: Search, trials: list[Trial], unread: list[Trial]) -> str:
    """All topologies are tried: read those that predict about as well as the best."""
    for trial in sorted(unread, key=lambda t: t.error)[:MOST_READ_LATE]:
        if search.late:
            return "time limit"
        if _promising(search, trial, trials):
            read_trial(search, trial)
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
