"""``kantools bench``: which tasks are meant, a line for each result, and the table at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from math import nan
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from kantools.bench.method import method as method_of
from kantools.bench.record import Record
from kantools.bench.run import run
from kantools.bench.selection import ROWS, evenly_spread, outside_srbench, select
from kantools.bench.summary import Summary, groups, summarize
from kantools.bench.task import Task
from kantools.cli.as_json import print_json
from kantools.cli.output import WIDTH, save_figure
from kantools.errors import SettingError

__all__ = ["benchmark", "numbers_in", "tasks_of"]

FIGURES = (".png", ".svg", ".pdf")


def numbers_in(text: str, option: str) -> list[float]:
    """Numbers separated by commas.

    >>> numbers_in("0,0.01", "--noise")
    [0.0, 0.01]
    """
    try:
        return [float(number) for number in text.split(",")]
    except ValueError:
        raise SettingError(f'{option} takes numbers separated by commas; got "{text}".') from None


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
) -> list[Task]:
    """Every problem at every noise with every seed."""
    method_of(method, units=units)
    problems = [
        (p.name, ROWS[name]) for name in collections for p in select(name, only=only, odd=odd, even=even)
    ]
    return [
        Task(name, gamma, rows or usual, seed, method, limit, units, irrelevant)
        for gamma in noise
        for seed in seeds
        for name, usual in (problems if sample is None else evenly_spread(problems, sample))
    ]


def benchmark(
    tasks: Sequence[Task],
    *,
    jobs: int,
    out: Path | None,
    plot: Path | None = None,
    as_json: bool = False,
    quiet: bool = False,
) -> list[Record]:
    """Do the tasks, print the table or a document, and draw the figure."""
    if jobs < 1:
        raise SettingError(f"At least one process is at work at a time; got --jobs {jobs}.")
    if plot is not None and plot.suffix not in FIGURES:
        raise SettingError(f'A figure ends in {", ".join(FIGURES)}; got --plot "{plot}".')
    records = run(tasks, jobs=jobs, out=out, tell=_silent if quiet else _tell)
    if as_json:
        print_json(document(records))
    else:
        _print(records)
    if plot is not None:
        draw(records, plot)
    return records


def _tell(record: Record) -> None:
    typer.echo(line(record), err=True)


def _silent(record: Record) -> None:
    """Nothing on standard error."""


def _print(records: Sequence[Record]) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    console.print(table(records))


def document(records: Sequence[Record]) -> dict[str, Any]:
    """The rows of the table, and every record, as plain values."""
    parts = ((label, noise, asdict(summarize(part))) for label, noise, part in _parts(records))
    summary = [{"method": label, "noise": noise, **counts} for label, noise, counts in parts]
    return {"summary": summary, "records": [asdict(record) for record in records]}


def draw(records: Sequence[Record], path: Path) -> None:
    """Problems solved over time, a line for each method and noise."""
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


def table(records: Sequence[Record]) -> Grid:
    """One row for each method and noise; where there are some, one more for the problems of SRBench."""
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    grid.add_column("method")
    for heading in ("noise", "problems", *HEADINGS):
        grid.add_column(heading, justify="right")
    for label, noise, part in _parts(records):
        grid.add_row(Text(label), f"{noise:g}", str(len(part)), *_cells(summarize(part)))
    return grid


def _parts(records: Sequence[Record]) -> Iterator[tuple[str, float, list[Record]]]:
    outside = outside_srbench()
    for (name, noise), part in groups(records).items():
        yield name, noise, part
        inside = [r for r in part if r.name not in outside]
        if len(inside) < len(part):
            yield f"{name}, SRBench's", noise, inside


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
