"""The kinds of file that a report can be, by the ending of the name."""

from collections.abc import Callable
from pathlib import Path

from kantools.errors import SettingError
from kantools.report.content import Report
from kantools.report.page import as_html, as_text
from kantools.report.plain_values import as_json

__all__ = ["KINDS", "written"]

KINDS: dict[str, Callable[[Report], str]] = {
    ".html": as_html,
    ".htm": as_html,
    ".txt": as_text,
    ".json": as_json,
}


def written(report: Report, path: Path) -> str:
    """The text of a report of the kind that the ending of a file's name says.

    Raises
    ------
    SettingError
        For another ending.
    """
    if path.suffix.lower() not in KINDS:
        known = ", ".join(KINDS)
        raise SettingError(f'A report ends in {known}; got "{path.name}". Choose one of these endings.')
    return KINDS[path.suffix.lower()](report)
