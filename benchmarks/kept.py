"""Questions whose answers are kept, one a line, so that a run that was stopped goes on where it was.

A question is a frozen dataclass; its fields and the answer's make a line of JSON, beside the commit that
answered. What stands in the file is not asked again, whichever commit answered it: another file, or none,
measures anew.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from joblib import Parallel, delayed

from kantools.bench.stamp import stamp

__all__ = ["Row", "answered", "read", "versions"]

#: The fields of a question and of its answer.
Row = Mapping[str, Any]


def answered(
    questions: Sequence[Any], answer: Callable[[Any], Row], out: Path, *, jobs: int = 1
) -> list[Row]:
    """The answers to these questions; those that are not kept yet are found, kept and printed.

    Parameters
    ----------
    questions : sequence of dataclass instances
    answer : callable
        Of a module, so that other processes can import it; gives a mapping that JSON can hold.
    out : Path
        The file, which is made where there is none.
    jobs : int
        Processes at a time.
    """
    known = {_key(row, questions): row for row in read(out)}
    left = [q for q in questions if _key(asdict(q), questions) not in known]
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("a+", encoding="utf-8") as file:
        _forget_half_a_line(file)
        for row in Parallel(n_jobs=jobs, return_as="generator")(delayed(_row)(answer, q) for q in left):
            print(line := json.dumps(row), file=file, flush=True)
            print(line, flush=True)
            known[_key(row, questions)] = row
    return [known[_key(asdict(q), questions)] for q in questions]


def _forget_half_a_line(file: TextIO) -> None:
    file.seek(0)
    whole = file.read().rpartition("\n")
    file.truncate(len("".join(whole[:2]).encode()))


def _row(answer: Callable[[Any], Row], question: Any) -> Row:
    return {**asdict(question), **answer(question), "version": stamp()}


def _key(row: Row, questions: Sequence[Any]) -> tuple[Any, ...]:
    """What was asked, of a row that may hold an answer too."""
    return tuple(row.get(name) for name in asdict(questions[0])) if questions else ()


def read(path: Path) -> list[Row]:
    """The rows of a file, none where there is no file; a last line that was cut off is left out."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def versions(rows: Sequence[Row]) -> str:
    """Which commits answered.

    >>> versions([{"version": "0.1.0+b"}, {"version": "0.1.0+a"}, {"version": "0.1.0+b"}])
    '0.1.0+a, 0.1.0+b'
    """
    return ", ".join(sorted({row["version"] for row in rows}))
