"""One row of the results: a task and what came of it; and the CSV file that holds them.

A row is appended in one write as soon as it is known, so a run that is killed leaves a file that can be read
and gone on with. Of a row that was cut off in the middle, the next run writes over the beginning.
"""

import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from kantools.bench.task import Task
from kantools.errors import SettingError

__all__ = ["Record", "append", "read", "refuse"]


@dataclass(frozen=True)
class Record:
    """A task and what came of it.

    Attributes
    ----------
    name, noise, rows, seed, method, limit, units, irrelevant
        As in :class:`~kantools.bench.task.Task`.
    status : {"done", "error", "hang"}
        Whether the search gave a formula, raised, or had to be ended.
    solved : bool
        Whether the formula is the law; see :mod:`kantools.bench.solved`.
    decided : {"simplify", "numeric", "accuracy", ""}
        What decided it.
    strict : bool or None
        Whether it is the law by SRBench's program as it stands; None where sympy did not come to an end.
    r2, lack : float
        R² on the clean test rows, and 1 - R².
    complexity : int or None
        Nodes of the expression.
    seconds, cpu : float
        Time of the search, by the clock and of the processor.
    disagreement : float
        Largest difference on the test rows between what the method predicts and what its own expression
        gives, relative to the largest value.
    formula, truth : str
    error : str
    version : str
        Of kantools, with the commit if it is run from a checkout.
    kind : str
        Class of a random law.
    columns : str
        The law's columns with their ranges and units.
    form : bool or None
        Whether the formula of a random law has the right form, whatever its constants are.
    misfit, scatter : float
        What the formula and what the law leaves of the training target: rms, relative to the target's rms, or
        to each value where the noise is.
    law_complexity : int or None
        Nodes of the law's expression.
    proportional
        As in :class:`~kantools.bench.task.Task`.
    far : float
        1 - R² beyond the training rows (:mod:`kantools.bench.beyond`); nan where the law is not finite there.
    """

    name: str
    noise: float
    rows: int
    seed: int
    method: str
    limit: float
    units: bool
    irrelevant: int
    status: str
    solved: bool = False
    decided: str = ""
    strict: bool | None = None
    r2: float = float("nan")
    lack: float = float("nan")
    complexity: int | None = None
    seconds: float = float("nan")
    cpu: float = float("nan")
    disagreement: float = float("nan")
    formula: str = ""
    truth: str = ""
    error: str = ""
    version: str = ""
    kind: str = ""
    columns: str = ""
    form: bool | None = None
    misfit: float = float("nan")
    scatter: float = float("nan")
    law_complexity: int | None = None
    proportional: bool = False
    far: float = float("nan")

    @property
    def task(self) -> Task:
        """What was asked for."""
        return Task(**{f.name: getattr(self, f.name) for f in fields(Task)})


HEAD = tuple(f.name for f in fields(Record))
#: Files made before laws had kinds, or noise had, end here; they are read and gone on with as they are.
EARLIER = tuple(HEAD[: HEAD.index(last) + 1] for last in ("version", "law_complexity"))


def read(path: Path) -> list[Record]:
    """The records of a file; none where there is no file. A last row without its end is left out.

    Raises
    ------
    SettingError
        For a file that is not one of results.
    """
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(_records(csv.reader(_whole_lines(file.read())), path))


def _whole_lines(text: str) -> Iterator[str]:
    # A row never contains a line break, so a line without one at its end was cut off.
    return (line for line in text.splitlines(keepends=True) if line.endswith("\n"))


def _records(rows: Iterator[list[str]], path: Path) -> Iterator[Record]:
    head = next(rows, None)
    if head is not None and tuple(head) not in (HEAD, *EARLIER):
        raise SettingError(
            f'A file of results has the columns {", ".join(HEAD[:3])}, …; "{path}" begins with '
            f"{', '.join(head[:3]) or 'an empty line'}. Name another file with --out."
        )
    yield from (_record(dict(zip(head or (), row, strict=True))) for row in rows)


def _record(cells: Mapping[str, str]) -> Record:
    return Record(**{f.name: READERS[f.type](cells[f.name]) for f in fields(Record) if f.name in cells})


READERS: dict[Any, Callable[[str], Any]] = {
    bool: lambda cell: cell == "True",
    bool | None: lambda cell: cell == "True" if cell else None,
    int: int,
    int | None: lambda cell: int(cell) if cell else None,
    float: float,
    str: str,
}


def refuse(path: Path, tasks: Iterable[Task]) -> None:
    """Raise :class:`~kantools.errors.SettingError` for a file that has no column for what tasks ask for."""
    if not path.exists():
        return
    with path.open("rb") as file:
        head = next(csv.reader([file.readline().decode()]), [])
    if head and "proportional" not in head and any(task.proportional for task in tasks):
        raise SettingError(
            f'Proportional noise stands in a column of its own; "{path}" was made before there was one. '
            "Name another file with --out."
        )


def append(path: Path, record: Record) -> None:
    """Write a record at the end of a file, which is made where there is none."""
    with path.open("a+b") as file:
        _forget_half_a_line(file)
        head = _head(file)
        text = "" if head else _line(HEAD)
        file.write((text + _line(asdict(record)[name] for name in head or HEAD)).encode())
        file.flush()
        os.fsync(file.fileno())


def _forget_half_a_line(file: io.BufferedRandom) -> None:
    file.seek(0)
    content = file.read()
    if not content.endswith(b"\n"):
        file.truncate(content.rfind(b"\n") + 1)


def _head(file: io.BufferedRandom) -> list[str]:
    """The columns that a file began with; the place to write is then at its end."""
    file.seek(0)
    head = next(csv.reader([file.readline().decode()]), [])
    file.seek(0, os.SEEK_END)
    return head


def _line(cells: Any) -> str:
    out = io.StringIO()
    one_line = ["" if cell is None else " ".join(str(cell).split()) for cell in cells]
    csv.writer(out, lineterminator="\n").writerow(one_line)
    return out.getvalue()
