"""A bar that shows how far a search is and the best formula so far."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

__all__ = ["progress_bar"]


@contextmanager
def progress_bar(console: Console | None = None) -> Iterator[Callable[[Any], None]]:
    """A bar on standard error while the block runs, with the time spent and the time left.

    What it yields takes ``kantools.discovery.Progress``. Nothing is drawn where there is no terminal.
    """
    console = console or Console(stderr=True)
    formula = TextColumn("{task.description}")
    columns = (SpinnerColumn(), BarColumn(bar_width=20), TimeElapsedColumn(), TimeRemainingColumn(), formula)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("looking for a first formula", total=1.0)
        shown: list[Any] = [None, ""]

        def show(progress: Any) -> None:
            if progress.best is not None and progress.best is not shown[0]:
                shown[:] = [progress.best, escape(str(progress.best))]
            bar.update(task, completed=progress.fraction, description=shown[1] or escape(progress.message))

        yield show
