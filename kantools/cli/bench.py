"""``kantools bench``: which tasks are meant, a line for each result, and the table at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from math import nan
from pathlib import Path
from typing import Any

import typer
from rich.table import Table as Grid
from rich.text import Text

from kantools.bench.method import method as method_of
from kantools.bench.random_laws.source import is_random
from kantools.bench.record import Record
from kantools.bench.run import run
from kantools.bench.selection import LAWS, ROWS, evenly_spread, outside_srbench, select
from kantools.bench.summary import Summary, groups, summarize
from kantools.bench.task import Task
from kantools.cli.console import at_work, console, print_json
from kantools.errors import SettingError

__all__ = ["benchmark", "tasks_of"]

FIGURES = (".png", ".svg", ".pdf")


def tasks_of(
    collections: Sequence[str],
    *,
    only: Sequence[str] | None,
    odd: bool,
    even: bool,
    sample: int | None,
    noise: Sequence[float],
    rows: int | None,
    seeds: Sequence[int],
    method: str,
    limit: float,
    units: bool,
    irrelevant: int,
    laws: int = LAWS,
    proportional: bool = False,
) -> list[Task]:
    """Every problem at every noise with every seed."""
    method_of(method, units=units)
    if laws < 1:
        raise SettingError(f"At least one law is drawn; got --laws {laws}.")

    def problems(seed: int) -> list[tuple[str, int]]:
        found = [
            (p.name, ROWS[name])
            for name in collections
            for p in select(name, only=only, odd=odd, even=even, seed=seed, laws=laws)
        ]
        return found if sample is None else evenly_spread(found, sample)

    return [
        Task(name, gamma, rows or usual, seed, method, limit, units, irrelevant, proportional)
        for gamma in noise
        for seed in seeds
        for name, usual in problems(seed)
    ]


def benchmark(
    tasks: Sequence[Task],
    *,
    jobs: int,
    out: Path | None,
    plot: Path | None = None,
    far: bool = False,
    as_json: bool = False,
    quiet: bool = False,
) -> list[Record]:
    """Do the tasks, print the table or a document, and draw the figure."""
    if jobs < 1:
        raise SettingError(f"At least one process is at work at a time; got --jobs {jobs}.")
    if plot is not None and plot.suffix not in FIGURES:
        raise SettingError(f'A figure ends in {", ".join(FIGURES)}; got --plot "{plot}".')
    with at_work(f"{len(tasks)} searches", quiet=quiet):
        records = run(tasks, jobs=jobs, out=out, tell=_silent if quiet else _tell)
    if as_json:
        print_json(document(records))
    else:
        _print(records, far=far)
    if plot is not None:
        draw(records, plot)
    return records


def _tell(record: Record) -> None:
    typer.echo(line(record), err=True)


def _silent(record: Record) -> None:
    """Nothing on standard error."""


def _print(records: Sequence[Record], *, far: bool) -> None:
    console().print(table(records, far=far))


def document(records: Sequence[Record]) -> dict[str, Any]:
    """The rows of the table, and every record, as plain values."""
    parts = ((label, noise, asdict(summarize(part))) for label, noise, part in _parts(records))
    summary = [{"method": label, "noise": noise, **counts} for label, noise, counts in parts]
    return {"summary": summary, "records": [asdict(record) for record in records]}


def draw(records: Sequence[Record], path: Path) -> None:
    """Problems solved over time, a line for each method and noise."""
    from kantools.cli.output import save_figure
    from kantools.plots.solved import solved

    runs = {
        f"{name}, γ = {noise:g}": [r.seconds if r.solved else nan for r in part]
        for (name, noise), part in groups(records).items()
    }
    save_figure(solved(runs), path)


def line(record: Record) -> str:
    """``I.12.1  0.01  solved (simplify)  1-R² 1e-16  1.2 s  Nn*mu``."""
    verdict = f"solved ({record.decided})" if record.solved else "-"
    what = record.formula if record.status == "done" else f"{record.status}: {record.error}"
    return (
        f"{record.name:16} {record.noise:<6g} {verdict:18} 1-R² {record.lack:<8.1g} "
        f"{record.seconds:5.1f} s  {what}"
    )


def table(records: Sequence[Record], *, far: bool = False) -> Grid:
    """One row for each method and noise; where there are some, one more for the problems of SRBench.

    With ``far`` it ends with the median errors within the range of the training rows and beyond it.
    """
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    grid.add_column("method")
    for heading in ("noise", "problems", *HEADINGS, *(FAR if far else ())):
        grid.add_column(heading, justify="right")
    for label, noise, part in _parts(records):
        summary = summarize(part)
        errors = (f"{summary.median_lack:.1g}", f"{summary.median_far:.1g}") if far else ()
        grid.add_row(Text(label), f"{noise:g}", str(len(part)), *_cells(summary), *errors)
    return grid


def _parts(records: Sequence[Record]) -> Iterator[tuple[str, float, list[Record]]]:
    outside = outside_srbench()
    for (name, noise), part in groups(records).items():
        yield name, noise, part
        inside = [r for r in part if r.name not in outside and not is_random(r.name)]
        if 0 < len(inside) < len(part):
            yield f"{name}, SRBench's", noise, inside


#: Median errors, of rows like those that were trained on and of rows beyond them.
FAR = ("1-R²", "far 1-R²")
HEADINGS = (
    *(
        "solved",
        "%",
        "strict",
        "R²>0.999",
        "median s",
        "cpu s",
        "over limit",
        "disagree",
        "failed",
        "undecided",
    ),
)


def _cells(s: Summary) -> tuple[str, ...]:
    rate = f"{100 * s.solved / s.problems:.1f}" if s.problems else "-"
    counts = (s.over_limit, s.disagreements, s.failed, s.undecided)
    times = (f"{s.median_seconds:.1f}", f"{s.median_cpu:.1f}")
    return str(s.solved), rate, str(s.strict), str(s.accurate), *times, *map(str, counts)
