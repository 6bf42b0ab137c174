"""The results of ``kantools bench`` in tables: ``python -m benchmarks.bench_page`` writes ``docs/bench.md``.

Every file of ``docs/results`` is read. Its records with the same method and settings are a run, and a run is
told by the subsets of the collections that it covers (:mod:`kantools.bench.subsets`), with what it did not
solve.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path

from benchmarks.page import ROOT, table
from kantools.bench.record import Record, read
from kantools.bench.selection import collections_of
from kantools.bench.subsets import subsets
from kantools.bench.summary import Summary, interval, summarize
from kantools.bench.task import Task

__all__ = ["PAGE", "RESULTS", "Run", "results", "runs", "with_results"]

PAGE = ROOT / "docs" / "bench.md"
RESULTS = ROOT / "docs" / "results"
SECTION = re.compile(r"(?<=<!-- begin results -->\n).*?(?=<!-- end results -->)", re.DOTALL)
COMMAND = "python -m benchmarks.bench_page"

OVERVIEW = ("run", "searches", "solved", "%", "95 %", "strict", "%", "95 %", "median s")
DETAILS = (
    "laws",
    "searches",
    "solved",
    "%",
    "95 %",
    "strict",
    "%",
    "95 %",
    "median s",
    "R² > 0.999",
    "CPU s",
)


@dataclass(frozen=True)
class Run:
    """Records that differ in nothing but law and seed, and the files they stand in."""

    files: tuple[str, ...]
    records: tuple[Record, ...]

    @property
    def settings(self) -> tuple[object, ...]:
        return _settings(self.records[0])

    @property
    def title(self) -> str:
        """Collections, method and settings.

        >>> Run(("r.csv",), (Record("I.12.1", 0.1, 100, 0, "kantools", 40, True, 2, "done"),)).title
        'feynman: kantools, γ = 0.1, 100 rows, 40 s, units told, 2 random columns'
        """
        r = self.records[0]
        noise = f"γ = {r.noise:g}" if r.noise else "no noise"
        units = ["units told"] if r.units else []
        columns = [f"{r.irrelevant} random columns"] if r.irrelevant else []
        collections = ", ".join(collections_of({r.name for r in self.records}))
        return ", ".join(
            [f"{collections}: {r.method}", noise, f"{r.rows} rows", f"{r.limit:g} s", *units, *columns]
        )


def _settings(r: Record) -> tuple[object, ...]:
    return r.method != "kantools", r.method, r.rows, r.limit, r.units, r.irrelevant, r.noise


def runs(paths: Sequence[Path]) -> list[Run]:
    """What stands in the files, kantools first, then by settings."""
    found: dict[tuple[object, ...], dict[Task, tuple[str, Record]]] = {}
    for path in paths:
        for record in read(path):
            run = found.setdefault(_settings(record), {})
            if record.task in run:
                raise ValueError(
                    f'A search stands in one file; that of {record.name} in "{_run(run).title}" stands in '
                    f"{run[record.task][0]} and {path.name}. Take one of them away."
                )
            run[record.task] = path.name, record
    return sorted(map(_run, found.values()), key=lambda run: run.settings)


def _run(searches: Mapping[Task, tuple[str, Record]]) -> Run:
    files, records = zip(*searches.values(), strict=True)
    return Run(tuple(dict.fromkeys(files)), records)


def results(made: Sequence[Run]) -> str:
    """All of them in one table, then each by itself."""
    rows = [[run.title, *_rates(summarize(run.records))] for run in made]
    return "\n\n".join([f"Written by `{COMMAND}`.", table(OVERVIEW, rows), *map(_section, made)]) + "\n"


def _section(run: Run) -> str:
    rows = [[label, *_rates(s), s.accurate, _seconds(s.median_cpu)] for label, s in _summaries(run)]
    head = f"### {run.title}"
    return "\n\n".join([head, _made(run), table(DETAILS, rows), _flaws(run), _misses(run)])


def _summaries(run: Run) -> Iterator[tuple[str, Summary]]:
    return ((label, summarize(records)) for label, records in subsets(run.records))


def _rates(s: Summary) -> list[object]:
    """Searches, rates by numbers and by SRBench's own rule, and the median time of the solved ones."""
    return [s.problems, *_rate(s.solved, s), *_rate(s.strict, s), _seconds(s.median_seconds)]


def _rate(hits: int, s: Summary) -> tuple[object, ...]:
    low, high = (100 * end for end in interval(hits, s.problems))
    return hits, f"{100 * hits / s.problems:.1f}", f"{low:.0f}–{high:.0f}"


def _seconds(median: float) -> str:
    return "-" if isnan(median) else f"{median:.1f}"


def _made(run: Run) -> str:
    """By which commit, from which files.

    >>> _made(Run(("r.csv",), (Record("I.12.1", 0, 100, 3, "kantools", 40, True, 2, "done", version="0.1"),)))
    'Every row: [r.csv](results/r.csv); kantools 0.1; seed 3.'
    """
    versions, seeds = (sorted({str(getattr(r, name)) for r in run.records}) for name in ("version", "seed"))
    files = ", ".join(f"[{file}](results/{file})" for file in run.files)
    plural = "s" if len(seeds) > 1 else ""
    return f"Every row: {files}; kantools {', '.join(versions)}; seed{plural} {', '.join(seeds)}."


def _flaws(run: Run) -> str:
    s = summarize(run.records)
    return (
        f"Over their limit by more than a tenth: {s.over_limit}; prediction and expression disagree: "
        f"{s.disagreements}; raised or had to be ended: {s.failed}; no verdict of SRBench's program: "
        f"{s.undecided}."
    )


def _misses(run: Run) -> str:
    """The laws that were not solved, with how often where there are several searches.

    >>> record = Record("I.12.1", 0, 100, 0, "kantools", 40, False, 0, "done")
    >>> _misses(Run(("r.csv",), (record, record)))
    'Not solved: I.12.1 (2 times).'
    """
    missed = Counter(r.name for r in run.records if not r.solved)
    names = [name if n == 1 else f"{name} ({n} times)" for name, n in missed.items()]
    return f"Not solved: {', '.join(names) or 'none'}."


def with_results(page: str) -> str:
    """The page with the results of the files there are."""
    found = results(runs(sorted(RESULTS.glob("*.csv"))))
    return SECTION.sub(lambda _: found, page)


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    PAGE.write_text(with_results(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
