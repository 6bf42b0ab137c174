"""Many tasks, several at a time, each in a process of its own; a record is kept as soon as it is known."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

from joblib import Parallel, delayed

from kantools.bench.isolated import Answers, ask, load_once
from kantools.bench.method import METHODS
from kantools.bench.record import Record, append, read, refuse
from kantools.bench.stamp import stamp
from kantools.bench.task import Task
from kantools.bench.worker import answer

__all__ = ["GRACE", "JUDGE", "START", "record_of", "run"]

#: Seconds for the imports, beyond the limit of the search, and for each step of the verdict.
START, GRACE, JUDGE = 300.0, 30.0, 60.0


def run(
    tasks: Iterable[Task],
    *,
    jobs: int = 1,
    out: Path | None = None,
    tell: Callable[[Record], None] = lambda record: None,
) -> list[Record]:
    """Do the tasks that are not done yet.

    Parameters
    ----------
    tasks : iterable of Task
    jobs : int
        Processes at a time.
    out : Path, optional
        A CSV file of results: tasks that stand in it are not done again, new records are appended.
    tell : callable
        Called with each new record.

    Returns
    -------
    list of Record
        Of all the tasks, those done before included, in the order of the tasks.
    """
    tasks = list(tasks)
    known = {record.task: record for record in (read(out) if out else [])}
    left = [task for task in tasks if task not in known]
    if out:
        refuse(out, left)
    load_once(sorted({answer.__module__, *(m for task in left for m in METHODS[task.method].modules)}))
    for record in _records(left, jobs):
        known[record.task] = record
        if out:
            append(out, record)
        tell(record)
    return [known[task] for task in tasks]


def _records(tasks: list[Task], jobs: int) -> Iterator[Record]:
    # Threads, because each only waits for its process.
    parallel = Parallel(n_jobs=jobs, backend="threading", return_as="generator_unordered")
    return parallel(delayed(record_of)(task) for task in tasks)


def record_of(task: Task, *, grace: float = GRACE) -> Record:
    """Do one task in a process of its own, which is ended ``grace`` seconds after its limit."""
    return _record(task, ask(answer, task, (START, task.limit + grace, JUDGE)))


def _record(task: Task, answers: Answers) -> Record:
    record = Record(**asdict(task), status="", version=stamp())
    for stage in answers.stages:
        record = replace(record, **stage)
    if record.status:
        return _noted(record, answers)
    if answers.late:
        return replace(record, status="hang", error="The search did not end in time and was ended.")
    return replace(record, status="error", error=f"Ended with status {answers.code}: {answers.notes}")


def _noted(record: Record, answers: Answers) -> Record:
    """What went wrong after the search, while the formula was judged."""
    if answers.late:
        return replace(record, error="The simplification did not end in time and was ended.")
    if answers.code:
        return replace(record, error=f"The verdict failed with status {answers.code}: {answers.notes}")
    return record
