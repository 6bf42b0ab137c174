"""Discovery: propose topologies, train each in a fraction of a second, read what the data support.

Plain formulas come first, then what the symmetries of the table and networks of it tell
(:mod:`kantools.discovery.explore`). The search ends early when a formula explains the data to rounding error
or to the given sigma, or when nothing better is in sight. Whatever interrupts it, the best formula so far is
the answer.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic

import numpy as np

from kantools.discovery.conclusion import conclude
from kantools.discovery.explore import explore
from kantools.discovery.known import known_drafts
from kantools.discovery.memory import Memory
from kantools.discovery.one_thread import one_thread
from kantools.discovery.plain import plain_drafts
from kantools.discovery.residue import only_noise_is_left
from kantools.discovery.result import Discovery, Progress
from kantools.discovery.state import Search
from kantools.discovery.weighing import guess, needs_weighing, weighed
from kantools.kernels.prepare import prepare
from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.fit.relative_scatter import relative_is_better
from kantools.symbolic.fit.scatter import with_scatter
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front
from kantools.symbolic.primitive import Selection
from kantools.symbolic.trust.examine import examined
from kantools.symbolic.whole.draft import draft_of
from kantools.symbolic.whole.language import Forbidden, language_of
from kantools.table import Table

__all__ = ["discover"]

#: Formulas that compete again after that, besides the front.
MOST_KEPT = 8
#: Different rows that count, of which half are held out.
FEWEST_ROWS = 4
#: How often rows are weighed anew by the best formula, and the search begins again.
MOST_WEIGHINGS = 2
#: Seconds for the last fit where the time is up.
GRACE = 1.0
logger = logging.getLogger(__name__)


def discover(
    table: Table,
    *,
    primitives: Selection | None = None,
    forbid: Forbidden | None = None,
    units: Mapping[str, str] | None = None,
    basis: str = "bspline",
    time_limit: float = 60.0,
    max_complexity: int = 60,
    selection: str = "description_length",
    loss: str = "squared",
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    known: Sequence[Formula] = (),
    memory: Memory | None = None,
) -> Discovery:
    """Find the law in a table.

    Parameters
    ----------
    table : Table
    primitives : sequence of str or Primitive, or mapping of them to int, optional
        What activations may be snapped to, and what each costs; all there are by default.
    forbid : mapping of str to sequence of str, optional
        Which primitives must not stand around which others.
    units : mapping of str to str, optional
        The unit of every column and of the target, as pint reads it. Formulas are then consistent with them.
        The table's own units are labels and not used.
    basis : str
        What the curves of the networks are made of, a name of ``kantools.bases.BASES``.
    time_limit : float
        Seconds; what kernels take to compile, the first time, is not counted.
    max_complexity : int
        Formulas longer than this are not chosen.
    selection : {"description_length", "loss", "knee"}
        How one formula is chosen from the front.
    loss : {"squared", "huber", "soft_l1", "cauchy"}
        What residuals cost. Under the robust ones rows that lie far off are left out while structures are
        looked for, and all rows count for the constants in the end.
    seed : int
    progress : callable, optional
        Called with a :class:`Progress` now and then.
    known : sequence of Formula
        Found elsewhere; they are fitted to this table and compete.
    memory : Memory, optional
        What earlier searches of this table have worked out; this one adds to it.

    Returns
    -------
    Discovery
        A KeyboardInterrupt ends the search; what was found by then is returned.

    Examples
    --------
    >>> x = np.linspace(1, 3, 40)
    >>> print(discover(Table(("x",), x[:, None], "y", 2 * x**3), time_limit=10).chosen)
    y = 2*x**3
    """
    prepare()
    begin = monotonic()
    language = language_of(primitives, forbid)
    logger.info("looking for %s in %s, %d rows", table.target, ", ".join(table.columns), table.rows)
    told = data_of(table, units, language, loss)
    search = Search(
        table,
        told,
        language.primitives,
        begin + time_limit,
        begin,
        max_complexity,
        seed,
        progress,
        basis,
        known=tuple(known),
        memory=memory,
    )
    if memory is not None:
        written = [(p.name, str(p.expr), p.complexity) for p in language.primitives]
        nestings = [(outer.name, inner.name) for outer, inner in language.forbidden]
        memory.turn_to(search.data, written, language.restricted, nestings, units, basis, seed)
    stopped = "interrupted"
    try:
        with one_thread(), np.errstate(all="ignore"):
            stopped = _run(search)
    except KeyboardInterrupt:
        if not (search.formulas or search.inconsistent):
            raise
    with np.errstate(all="ignore"):
        try:
            return _concluded(search, told, selection, stopped)
        except KeyboardInterrupt:
            return conclude(search, selection, "interrupted", picture=False)


def _concluded(search: Search, told: Data, selection: str, stopped: str) -> Discovery:
    """The front, examined; where errors or outliers were weighed, its constants are fitted with them."""
    unit = _settle(search, told) if needs_weighing(told) and search.best is not None else 1.0
    found = conclude(search, selection, stopped)
    front = examined(found.front, search.data, search.patience)
    front = tuple(replace(f, loss=f.loss * unit, held_out_loss=f.held_out_loss * unit) for f in front)
    noise = "given" if told.known else search.data.scatter
    logger.info("%s after %.1f s: %s", stopped, found.seconds, found.chosen)
    return replace(
        found, front=front, chosen=front[found.front.index(found.chosen)], noise=noise, scale=np.sqrt(unit)
    )


def _settle(search: Search, told: Data) -> float:
    """All constants once more, with robust loss and errors of the inputs; the unit of squared residuals."""
    best, before, worked_with = search.best, search.findings, search.data
    assert best is not None
    search.deadline = max(search.deadline, monotonic() + GRACE)
    if worked_with.scatter == "relative":
        told = told.relative(best.predict(told.X))
    with _nothing_lost(search):
        search.data = with_scatter(told, best.predict, len(best.free))
        _compete_again(search)
    if search.best is None:
        search.data = worked_with
        search.recall(before)
        return 1.0
    return 1.0 if told.known else float(told.weight.mean() / search.data.weight.mean())


def _run(search: Search) -> str:
    """Look at the rows as they are, or as they count once something stands in for the law."""
    told = search.data
    if not needs_weighing(told):
        return _look_twice(search)
    search.data, _ = weighed(told, guess(told, search.seed), roughly=True)
    deadline, search.deadline = search.deadline, (search.begin + search.deadline) / 2
    stopped = _look_twice(search)
    search.deadline = deadline
    for _ in range(MOST_WEIGHINGS):
        if search.best is None or search.late:
            break
        _weigh_again(search, told)
        if search.best is not None and only_noise_is_left(search.best, search.data):
            return "nothing better in sight"
        search.tell("outliers and errors of the inputs are known better: again with other weights")
        stopped = _look_twice(search)
    return stopped


def _weigh_again(search: Search, told: Data) -> None:
    """Weights by the best formula; the formulas so far compete again."""
    best = search.best
    assert best is not None
    with _nothing_lost(search):
        search.data, _ = weighed(told, best.predict)
        _compete_again(search)


def _compete_again(search: Search) -> None:
    """The best formulas so far, the shortest descriptions first, fitted to the rows as they count now."""
    formulas, origin = search.findings
    search.forget()
    ranked = sorted(formulas, key=lambda f: f.description_length)
    for formula in (*ranked[:MOST_KEPT], *(f for f in pareto_front(formulas) if f not in ranked[:MOST_KEPT])):
        if search.best is not None and search.late:
            break
        search.keep(draft_of(formula, search.data), origin.get(id(formula)))


def _look_twice(search: Search) -> str:
    """With constant scatter, and again where that of the first formula is seen to go with the target."""
    stopped = _look(search)
    best = search.best
    if best is None or search.late or not search.fits_as_well_as_any:
        return stopped
    if not relative_is_better(best, search.data):
        return stopped
    search.tell("the scatter goes with the target: again with relative weights")
    before = search.findings
    data = search.data
    try:
        search.data = data.relative(best.predict(data.X))
        search.forget()
        stopped = _look(search)
    finally:  # also where it is interrupted; what leaves nothing at all says nothing of the noise
        best = search.best
        if best is None or not (search.done or relative_is_better(best, data)):
            search.data = data
            search.recall(before)
    return stopped


@contextmanager
def _nothing_lost(search: Search) -> Iterator[None]:
    """Formulas are fitted again, to other weights; an interrupt before the first one leaves the old."""
    before, data = search.findings, search.data
    try:
        yield
    except KeyboardInterrupt:
        if search.best is None:
            search.data = data
            search.recall(before)
        raise


def _look(search: Search) -> str:
    """Plain formulas, then what the table itself, its symmetries and networks of it tell."""
    for draft in plain_drafts(search.data):
        if search.best is not None and search.late:
            break
        search.keep(draft, giver="plain formulas")
    search.note("plain formulas", search.error, "read")
    search.tell("plain formulas")
    for draft in known_drafts(search.known, search.data):
        search.keep(draft)
    if search.done:
        return "explained"
    if len(search.data.y) < FEWEST_ROWS:
        return f"fewer than {FEWEST_ROWS} different rows: no structure shows"
    return explore(search)
