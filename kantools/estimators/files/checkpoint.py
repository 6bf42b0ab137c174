"""What a long search has found so far, as a file, so that a search that was killed can go on.

A checkpoint is a model file of the kind ``Checkpoint``: the front, the seconds spent, and a fingerprint of
the table and of the settings that decide what is found. The same search of the same table begins with its
formulas; any other search leaves it alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from sklearn.base import BaseEstimator

from kantools.estimators.files.container import ModelFileError, apart, checksum
from kantools.estimators.files.encoding import to_json
from kantools.estimators.files.model_file import SavedModel, read_model, settings_of, write_model
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front, shortest
from kantools.table import Table
from kantools.writing import WriteError

if TYPE_CHECKING:
    from kantools.discovery import Progress

__all__ = ["Checkpoint", "Keeper", "fingerprint", "read_checkpoint", "write_checkpoint"]

KIND = "Checkpoint"
#: Formulas that are kept beside the front.
MOST_SHORT = 8
#: Settings that may change from one start to the next: a search with more time goes on from one with less.
FREE = ("time_limit", "effort", "n_jobs", "progress", "selection")


@dataclass(frozen=True)
class Checkpoint:
    """What a search has found so far.

    Attributes
    ----------
    fingerprint : str
        Of its table and settings.
    seconds : float
        That it has spent.
    formulas : tuple of Formula
        Its front, and the shortest descriptions, among which rivals are.
    """

    fingerprint: str
    seconds: float = 0.0
    formulas: tuple[Formula, ...] = ()


def fingerprint(model: BaseEstimator, table: Table) -> str:
    """SHA-256 of a table and of the settings that decide what is found in it."""
    settings = {k: v for k, v in settings_of(model).items() if k not in FREE}
    told = {field.name: getattr(table, field.name) for field in fields(table)}
    tensors: dict[str, Any] = {}
    return checksum(apart(to_json({"settings": settings, "table": told}), "", tensors), tensors)


def write_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Write or replace it.

    Raises
    ------
    WriteError
    """
    told = {"fingerprint": checkpoint.fingerprint, "seconds": checkpoint.seconds}
    write_model(SavedModel(KIND, {}, told, checkpoint.formulas), path)


def read_checkpoint(path: Path) -> Checkpoint | None:
    """What a file holds; None where there is none.

    Raises
    ------
    ModelFileError
        For a file that is no checkpoint, or a damaged one.
    """
    if not path.is_file():
        return None
    saved = read_model(path)
    seconds, mark = saved.fitted.get("seconds"), saved.fitted.get("fingerprint")
    if saved.kind != KIND or not isinstance(seconds, float) or not isinstance(mark, str):
        raise ModelFileError(f"{path.name} holds a {saved.kind} and no checkpoint. Give it another name.")
    return Checkpoint(mark, max(seconds, 0.0), saved.formulas)


class Keeper:
    """Writes a checkpoint every few seconds; to be told of each ``kantools.discovery.Progress``.

    Parameters
    ----------
    path : Path
    begun : Checkpoint
        What the search begins with.
    every : float
        Seconds between two files.
    """

    def __init__(self, path: Path, begun: Checkpoint, every: float = 3.0) -> None:
        self.path, self.begun, self.every = path, begun, every
        self.start = self.written = monotonic()
        self.failed: WriteError | None = None

    def __call__(self, progress: "Progress") -> None:
        if progress.formulas and monotonic() > self.written + self.every:
            kept = (*pareto_front(progress.formulas), *shortest(progress.formulas, MOST_SHORT))
            self.keep(tuple(dict.fromkeys(kept)))

    def keep(self, formulas: Sequence[Formula]) -> None:
        """Write these; a disk that is full does not end the search."""
        self.written = monotonic()
        spent = self.begun.seconds + self.written - self.start
        try:
            write_checkpoint(Checkpoint(self.begun.fingerprint, spent, tuple(formulas)), self.path)
            self.failed = None
        except WriteError as error:
            self.failed = error

    def remove(self) -> None:
        """The search is over, and its result written."""
        self.path.unlink(missing_ok=True)
