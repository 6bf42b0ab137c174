"""From a table and settings to what a search leaves, in the table's own terms.

Several targets have a search each, one after the other; what has been found for one is tried on the next,
because the components of one quantity often have one form. The time is one budget: what a search leaves goes
to those that follow; an effort is parted equally.

A search with the same seed on the same data takes the same steps. So one that goes on with another is given
what that has worked out (:mod:`kantools.discovery.memory`): it retraces the way in no time and spends its
own time on what the first did not reach. On other data nothing of this holds; there the formulas of the old
front are fitted anew and compete with what is found.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic

from joblib import effective_n_jobs

from kantools import discovery
from kantools.discovery import portfolio
from kantools.discovery.memory import Memory
from kantools.estimators.fitted import Fitted
from kantools.estimators.given_units import units_for, units_of
from kantools.estimators.passage.way import steps, way_into
from kantools.estimators.progress_bar import shown
from kantools.estimators.settings import Settings
from kantools.estimators.verbs.outliers import outlying
from kantools.kernels.prepare import prepare
from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = ["fitted_to", "fitted_to_each"]

#: Share of its part of the time that a search has in any case, however long those before it took.
LEAST = 0.1


def fitted_to(
    table: Table, settings: Settings, seed: int, known: Sequence[Formula] = (), before: Fitted | None = None
) -> Fitted:
    """What the search of a table leaves.

    Parameters
    ----------
    table : Table
    settings : Settings
    seed : int
    known : sequence of Formula
        That are fitted to the table and compete.
    before : Fitted, optional
        What this search goes on with.

    Examples
    --------
    >>> from kantools import load
    >>> settings = Settings(primitives=["square"], time_limit=2)
    >>> fitted_to(load("ohm"), settings, seed=0).formula.columns
    ('length',)
    """
    units = units_for(table, settings.units)
    way = way_into(table, steps(seed))
    memory = ((before and before.memory) or Memory()) if settings.warm_start else None
    told = {"known": way.known((*(before.discovery.listed if before else ()), *known)), "memory": memory}
    with shown(settings.progress) as show:
        found = _discover(settings.n_jobs)(
            way.table,
            units=None if units is None else units_of(units, (*way.table.columns, table.target)),
            time_limit=settings.time_limit,
            seed=seed,
            progress=way.telling(show),
            **settings.told(),
            **{name: value for name, value in told.items() if value or settings.warm_start},
        )
    found = way.back(found)
    outliers = None if settings.loss == "squared" else outlying(found, table, settings.loss)
    return Fitted(found, table, dict(table.units) if units is None else units, seed, outliers, memory)


def _discover(n_jobs: int) -> "Callable[..., discovery.Discovery]":
    """One search, or several at a time."""
    jobs = effective_n_jobs(n_jobs)
    return discovery.discover if jobs == 1 else partial(portfolio.discover_in_parallel, jobs=jobs)


def fitted_to_each(
    tables: Sequence[Table], settings: Settings, seed: int, before: Mapping[str, Fitted]
) -> list[Fitted]:
    """What each search leaves, in the time or effort of one; ``before`` is known by the target."""
    prepare()
    end, found = monotonic() + settings.time_limit, list[Fitted]()
    for left, table in zip(range(len(tables), 0, -1), tables, strict=True):
        limit = max((end - monotonic()) / left, LEAST * settings.time_limit / len(tables))
        units = units_of(settings.units, (*table.columns, table.target))
        effort = None if settings.effort is None else settings.effort / len(tables)
        own = replace(settings, time_limit=limit, effort=effort, units=units)
        found.append(fitted_to(table, own, seed, [f.formula for f in found], before.get(table.target)))
    return found
