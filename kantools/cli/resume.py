"""A `fit --out` that was ended goes on: the same command again begins with what had been found.

While it searches, the best formulas so far stand in a file of the folder. It is removed when the results have
been written, unless the search was interrupted; what is left of the time limit is then spent by the next run,
an effort anew.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from kantools.discovery import Progress
from kantools.estimators.files.checkpoint import Checkpoint, Keeper, fingerprint, read_checkpoint
from kantools.estimators.files.container import ModelFileError
from kantools.estimators.progress_bar import progress_bar
from kantools.table import Table
from kantools.writing import UNFINISHED

if TYPE_CHECKING:
    from kantools.estimators.symbolic_regressor import SymbolicRegressor

__all__ = ["CHECKPOINT", "keeper_in", "searched"]

CHECKPOINT = "checkpoint.kantools"
#: Seconds that a search has at least, to weigh what was found before.
LEAST_TIME = 1.0


def keeper_in(folder: Path, model: "SymbolicRegressor", table: Table, *, quiet: bool) -> Keeper:
    """The keeper of the folder's checkpoint, with what it begins with."""
    path, mark = folder / CHECKPOINT, fingerprint(model, table)
    try:
        found = read_checkpoint(path)
    except ModelFileError as error:
        found, note = None, f"{error} It is not used."
    else:
        note = _note(found, mark)
        found = found if found is not None and found.fingerprint == mark else None
    if note and not quiet:
        typer.echo(f"Note: {note}", err=True)
    for file in folder.glob(f"{UNFINISHED}*") if path.exists() else ():
        file.unlink(missing_ok=True)  # of the run that was killed
    return Keeper(path, found or Checkpoint(mark))


def _note(found: Checkpoint | None, mark: str) -> str:
    if found is None:
        return ""
    if found.fingerprint != mark:
        return f"{CHECKPOINT} is of another table or of other settings; it is not used, and will be replaced."
    return (
        f"going on with {len(found.formulas)} formulas of a search of {found.seconds:.0f} s that was ended."
    )


def searched(model: "SymbolicRegressor", table: Table, keeper: Keeper | None, *, quiet: bool) -> bool:
    """Fit, with a bar on standard error and a file that keeps what is found.

    Returns
    -------
    bool
        Whether Ctrl-C has ended the search. A second one leaves at once, with KeyboardInterrupt.
    """
    limit = model.time_limit
    begun = Checkpoint("") if keeper is None else keeper.begun
    model.set_params(time_limit=max(limit - begun.seconds, LEAST_TIME) if begun.formulas else limit)
    try:
        with counting_interrupts() as count, nullcontext() if quiet else progress_bar() as show:
            told = [listener for listener in (show, keeper) if listener is not None]
            model.set_params(progress=_all(told)).fit_table(table, known=begun.formulas)
    finally:
        model.set_params(time_limit=limit, progress=False)
    if keeper is not None:
        keeper.keep(model.discovery_.listed)
    if len(count) > 1:
        raise KeyboardInterrupt
    return bool(count)


@contextmanager
def counting_interrupts() -> Iterator[list[int]]:
    """As many entries as there were Ctrl-C; each of them interrupts as usual."""
    count: list[int] = []

    def interrupt(number: int, frame: Any) -> None:
        count.append(number)
        signal.default_int_handler(number, frame)

    usual = signal.signal(signal.SIGINT, interrupt)
    try:
        yield count
    finally:
        signal.signal(signal.SIGINT, usual)


def _all(listeners: list[Callable[[Progress], None]]) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        for listener in listeners:
            listener(progress)

    return tell
