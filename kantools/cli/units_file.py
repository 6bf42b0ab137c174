"""The units of the columns from a file: a JSON object, or a TOML table, of columns to units."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kantools.errors import SettingError
from kantools.estimators.settings import TABLE

if TYPE_CHECKING:
    from kantools.table import Table

__all__ = ["labelled", "units_in"]

READERS = {".json": json.loads, ".toml": tomllib.loads}


def units_in(name: str | None) -> dict[str, str] | str | None:
    """What ``--units`` names: a file, or the units of the data set itself.

    Raises
    ------
    SettingError
        For a file of another kind, and for one that holds anything but texts by column.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "units.toml"
    >>> _ = file.write_text('distance = "au"\\n"orbital period" = "year"\\n')
    >>> units_in(str(file))
    {'distance': 'au', 'orbital period': 'year'}
    """
    if name is None or name == TABLE:
        return name
    path = Path(name)
    if path.suffix.lower() not in READERS:
        raise SettingError(
            f'Units are read from a .json or .toml file, or "{TABLE}" takes those of the data set; '
            f'got "{name}". Give one of them.'
        )
    content = _content(path)
    if not isinstance(content, dict) or not all(isinstance(unit, str) for unit in content.values()):
        raise SettingError(
            f'A file of units maps each column to a text, such as "mass": "kg"; {path.name} holds something '
            "else. Correct it."
        )
    return content


def labelled(table: "Table", units: dict[str, str] | str | None) -> "Table":
    """The table with the units of the file as its labels, in output and figures."""
    return replace(table, units=units) if isinstance(units, dict) else table


def _content(path: Path) -> Any:
    try:
        return READERS[path.suffix.lower()](path.read_text(encoding="utf-8"))
    except ValueError as error:  # of JSON, TOML and UTF-8
        raise SettingError(
            f"{path.name} is no valid {path.suffix[1:].upper()}: {error}. Correct it."
        ) from None
