"""From a table and the settings of a regressor to a discovery in the table's own terms.

What is searched is the table without repeated rows and without columns that never vary or tell nothing, in
units in which its numbers have usual sizes; what is found is told in all columns and in the table's units.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from joblib import effective_n_jobs

from kantools.estimators.constant_inputs import in_all_columns, without_constants
from kantools.estimators.distinct import distinct
from kantools.estimators.magnitudes import comfortable
from kantools.estimators.warm_start import continued, seed_for
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.discovery import Discovery
    from kantools.estimators.symbolic import SymbolicRegressor
    from kantools.symbolic.formula import Formula

__all__ = ["discovery_of"]


def discovery_of(
    model: "SymbolicRegressor",
    table: Table,
    units: Mapping[str, str] | None,
    known: "Sequence[Formula]",
    time_limit: float,
    show: Callable[[Any], None] | None,
) -> "Discovery":
    """What the search of a table comes to."""
    from kantools.discovery.screen import relevant

    seed = seed_for(model)
    given = distinct(without_constants(table), seed)
    given = given.select(relevant(comfortable(given)[0]))
    searched, magnitudes = comfortable(given)
    before = continued(model, known)
    if "known" in before:
        before["known"] = magnitudes.undone(before["known"], searched.columns)
    discovery = _search(model)(
        searched,
        units=None if units is None else {n: units[n] for n in (*searched.columns, table.target)},
        time_limit=time_limit,
        seed=seed,
        progress=magnitudes.telling(show),
        **_settings(model),
        **before,
    )
    return in_all_columns(magnitudes.restored(discovery, given), table)


def _search(model: "SymbolicRegressor") -> Callable[..., "Discovery"]:
    """One search, or several at a time."""
    from kantools.discovery import discover
    from kantools.discovery.portfolio import discover_in_parallel

    jobs = effective_n_jobs(model.n_jobs)
    return discover if jobs == 1 else partial(discover_in_parallel, jobs=jobs)


def _settings(model: "SymbolicRegressor") -> dict[str, Any]:
    names = ("primitives", "forbid", "basis", "max_complexity", "selection", "loss")
    return {name: getattr(model, name) for name in names}
