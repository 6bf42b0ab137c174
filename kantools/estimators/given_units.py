"""The units that a search is told, from what an estimator was given."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kantools.errors import SettingError

if TYPE_CHECKING:
    from kantools.table import Table

__all__ = ["TABLE", "units_for"]

#: Stands for the units of the table.
TABLE = "table"


def units_for(table: "Table", units: Mapping[str, str] | str | None) -> dict[str, str] | None:
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
    from kantools.symbolic.units.units import read_units

    if isinstance(units, str):
        units = _of_table(table, units)
    read_units(units, table.columns, table.target)
    return {name: units[name] for name in (*table.columns, table.target)}


def _of_table(table: "Table", units: str) -> Mapping[str, str]:
    if units != TABLE:
        raise SettingError(f'units is a mapping of columns to units, or "{TABLE}"; got "{units}". Give one.')
    if not table.units:
        raise SettingError(
            f'units="{TABLE}" takes the units of the table; this one has none. Give a mapping.'
        )
    return table.units
