"""Markdown tables, and the words that the pages of all benchmarks share."""

import os
import platform
import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

__all__ = ["ROOT", "code", "how", "prose", "stop_after", "table"]

#: The folder of the project.
ROOT = Path(__file__).resolve().parent.parent


def row(cells: Iterable[object]) -> str:
    """A row of a table.

    >>> row(["a|b", 2])
    '| a\\\\|b | 2 |'
    """
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table with a header line."""
    head = list(head)
    return "\n".join([row(head), row("---" for _ in head), *map(row, rows)])


def code(text: object) -> str:
    """Text as code."""
    return f"`{text}`"


def prose(docstring: str | None) -> str:
    """A module's docstring as a page says it.

    >>> prose("The laws of :mod:`benchmarks.ten_laws`, by ``python -m x``.")
    'The laws of `benchmarks.ten_laws`, by `python -m x`.'
    """
    return re.sub(r":\w+:(?=`)", "", docstring or "").replace("``", "`").strip()


def how(command: str) -> str:
    """Which command wrote a page, and on what."""
    return (
        f"Written by `{command}`, kantools {version('kantools')}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores ({platform.machine()}). Seconds depend on the machine and on what else it "
        "was doing."
    )


@contextmanager
def stop_after(seconds: float) -> Iterator[None]:
    """Raise a TimeoutError in what takes longer, so that one stubborn case does not cost the whole page.

    >>> with stop_after(10):
    ...     1 + 1
    2
    """

    def stop(*_: object) -> None:
        raise TimeoutError(f"still at work after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
