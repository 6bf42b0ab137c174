"""Discovery: propose topologies, train each in a fraction of a second, read what the data support.

Plain formulas come first, then what the symmetries of the table and networks of it tell
(:mod:`kantools.discovery.explore`). The search ends early when a formula explains the data to rounding error
or to the given sigma, or when nothing better is in sight. Whatever interrupts it, the best formula so far is
the answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from time import monotonic

from threadpoolctl import threadpool_limits

from kantools.discovery.conclusion import conclude
from kantools.discovery.explore import explore
from kantools.discovery.plain import plain_drafts
from kantools.discovery.result import Discovery, Progress
from kantools.discovery.scatter import relative_is_better
from kantools.discovery.state import Search
from kantools.symbolic.data import data_of
from kantools.symbolic.examine import examined
from kantools.symbolic.language import Forbidden, language_of
from kantools.symbolic.primitive import Selection
from kantools.table import Table

__all__ = ["discover"]


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
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
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
    language = language_of(primitives, forbid)
    search = Search(
        table,
        data_of(table, units, language),
        language.primitives,
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
    found = conclude(search, selection, stopped)
    front = examined(found.front, search.data)
    return replace(found, front=front, chosen=front[found.front.index(found.chosen)])


def _run(search: Search) -> str:
    stopped = _look(search)
    best = search.best
    if best is None or search.late or not search.fits_as_well_as_any:
        return stopped
    if not relative_is_better(best, search.data):
        return stopped
    search.tell("the scatter goes with the target: again with relative weights")
    before = search.findings
    data = search.data
    search.data = data.relative(best.predict(data.X))
    search.forget()
    stopped = _look(search)
    if search.best is None or not relative_is_better(search.best, data):
        search.data = data
        search.recall(before)
    return stopped


def _look(search: Search) -> str:
    """Plain formulas, then what the table itself, its symmetries and networks of it tell."""
    for draft in plain_drafts(search.data):
        search.keep(draft)
    search.tell("plain formulas")
    return "explained" if search.done else explore(search)
