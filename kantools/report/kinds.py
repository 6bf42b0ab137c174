"""The kinds of file that a report can be, by the ending of the name."""

from collections.abc import Callable
from pathlib import Path

from kantools.report.content import Report
from kantools.report.endings import ENDINGS, check_ending
from kantools.report.page import as_html, as_text
from kantools.report.plain_values import as_json

__all__ = ["KINDS", "written"]

KINDS: dict[str, Callable[[Report], str]] = dict(
    zip(ENDINGS, (as_html, as_html, as_text, as_json), strict=True)
)


def written(report: Report, path: Path) -> str:
    """The text of a report of the kind that the ending of a file's name says.

    Raises
    ------
    SettingError
        For another ending.
    """
    check_ending(path)
    return KINDS[path.suffix.lower()](report)
