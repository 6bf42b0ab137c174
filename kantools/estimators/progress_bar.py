"""A bar that shows how far a search is and the best formula so far."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

if TYPE_CHECKING:
    from kantools.discovery import Progress
    from kantools.symbolic.formula import Formula

__all__ = ["progress_bar", "shown"]

Show = Callable[["Progress"], None]


def shown(progress: bool | Show) -> AbstractContextManager[Show | None]:
    """What a search is to tell its progress: a bar for True, nothing for False, else what was given.

    >>> with shown(False) as nobody, shown(print) as somebody:
    ...     nobody, somebody
    (None, <built-in function print>)
    """
    if progress is True:
        return progress_bar()
    return nullcontext(progress or None)


@contextmanager
def progress_bar(console: Console | None = None) -> Iterator[Show]:
    """A bar on standard error while the block runs, with the time spent and the time left.

    What it yields takes ``kantools.discovery.Progress``. Nothing is drawn where there is no terminal.
    """
    console = console or Console(stderr=True)
    formula = TextColumn("{task.description}")
    columns = (SpinnerColumn(), BarColumn(bar_width=20), TimeElapsedColumn(), TimeRemainingColumn(), formula)
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("looking for a first formula", total=1.0)
        best: Formula | None = None
        text = ""

        def show(progress: "Progress") -> None:
            nonlocal best, text
            if progress.best is not None and progress.best is not best:
                best, text = progress.best, escape(str(progress.best))
            bar.update(task, completed=progress.fraction, description=text or escape(progress.message))

        yield show
