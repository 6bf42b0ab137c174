"""The units that a search is told, from what an estimator was given."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from kantools.errors import SettingError
from kantools.estimators.settings import TABLE
from kantools.symbolic.units.units import read_units
from kantools.table import Table

__all__ = ["units_for", "units_of"]

Units = TypeVar("Units")


def units_for(table: Table, units: Mapping[str, str] | str | None) -> dict[str, str] | None:
    """The unit of every column and of the target, checked; None where the search is not to know them.

    Raises
    ------
    UnitError, SettingError
        For a unit that is missing or that pint cannot read, and for ``"table"`` where the table has none.

    Examples
    --------
    >>> from kantools.datasets import load
    >>> units_for(load("planets"), "table")
    {'distance': 'au', 'period': 'year'}
    """
    if units is None:
        return None
    if isinstance(units, str):
        units = _of_table(table, units)
    read_units(units, table.columns, table.target)
    return {name: units[name] for name in (*table.columns, table.target)}


def units_of(units: Units, names: Sequence[str]) -> "Units | dict[str, str]":
    """Those of these columns; what is no mapping stays as it is.

    >>> units_of({"a": "m", "b": "s"}, ["a", "c"]), units_of("table", ["a"])
    ({'a': 'm'}, 'table')
    """
    return {n: units[n] for n in names if n in units} if isinstance(units, Mapping) else units


def _of_table(table: Table, units: str) -> Mapping[str, str]:
    if units != TABLE:
        raise SettingError(f'units is a mapping of columns to units, or "{TABLE}"; got "{units}". Give one.')
    if not table.units:
        raise SettingError(
            f'units="{TABLE}" takes the units of the table; this one has none. Give a mapping.'
        )
    return table.units
