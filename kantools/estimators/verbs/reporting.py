"""What a search has left, with or without its rows, as a report in a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kantools.estimators.fitted import Fitted
from kantools.report.content import Report
from kantools.report.kinds import written
from kantools.table import Table
from kantools.writing import write_atomically

__all__ = ["write_report"]


def write_report(
    fitted: Fitted,
    path: str | Path,
    rows: Table | None,
    settings: Mapping[str, Any],
    *,
    command: str,
    file: Path | None = None,
) -> None:
    """Write the report; the ending of the name chooses its kind.

    Parameters
    ----------
    fitted : Fitted
    path : str or Path
    rows : Table or None
        What the formula is compared with.
    settings : mapping
        The arguments of the search, see :func:`kantools.estimators.files.model_file.settings_of`.
    command : str
        The command line, or the expression in Python, that it came from.
    file : Path, optional
        Where the table was read from.
    """
    path = Path(path)
    report = Report(fitted.discovery, rows, settings, fitted.units, command, file)
    write_atomically(path, written(report, path))
