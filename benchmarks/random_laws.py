"""Laws that nobody has tuned to: ``python -m benchmarks.random_laws`` writes ``docs/random-laws.md``.

Every seed gives 40 laws of :mod:`kantools.bench.random_laws`, searched without noise and with γ = 0.01, or
with the noise, the rows and the source of laws that are asked for; pyoperon, where it is installed, gets 40
of all of them, evenly spread, and twice the time. The results stand in files of ``docs/results/random``: what
stands there is not run again, so that a stopped run goes on. What differs in settings or in kantools' version
is a run of its own on the page.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, stdev

from benchmarks.page import ROOT, code, table
from benchmarks.peers import installed
from kantools.bench.outcome import Outcome, outcome
from kantools.bench.random_laws.grammar import CLASSES
from kantools.bench.random_laws.source import DECADES, RANDOM, name_of
from kantools.bench.record import Record, read
from kantools.bench.run import run
from kantools.bench.selection import LAWS, ROWS, evenly_spread
from kantools.bench.summary import interval, summarize
from kantools.bench.task import Task
from kantools.cli.bench import line
from kantools.cli.options import numbers_in

__all__ = ["PAGE", "RESULTS", "page", "recorded", "tasks"]

PAGE = ROOT / "docs" / "random-laws.md"
RESULTS = ROOT / "docs" / "results" / "random"
COMMAND = "python -m benchmarks.random_laws --seeds 5 --time 15"
PEER = "pyoperon"

HEAD = """# Laws that nobody has tuned to

A benchmark whose laws are known is tuned to, whether one means to or not. These are drawn at random
(`kantools bench random --seed N`, [how](bench.md#laws-drawn-at-random)) from a grammar that is weighted by
how often people write each operator, and drawn again until 1,000 rows with noise of γ = 0.01 can tell them.

**A seed is spent once its laws have been looked at.** The failures below are listed so that they are looked
at. A search that was changed after that is measured on seeds that do not stand here.
"""

OUTCOMES = """A law is solved when the formula has its form, up to the values of numbers, and the constants
are right to three digits or within what the noise leaves of them. The others are told by what came out. A
formula is *as good* as the law when it leaves no more of the training rows than the law with its true
constants does: then the rows did not decide, or the choice among formulas was wrong. Where nothing is as
good, the search did not get there.
"""


def tasks(
    seeds: Sequence[int],
    *,
    laws: int,
    noise: Sequence[float],
    rows: int,
    limit: float,
    source: str = RANDOM,
    proportional: bool = False,
) -> list[Task]:
    """Every law of every seed at every noise.

    >>> [(task.name, task.seed) for task in tasks([3, 4], laws=1, noise=[0.01], rows=1000, limit=30)]
    [('random.3.0', 3), ('random.4.0', 4)]
    """
    return [
        Task(name_of(seed, k, source), gamma, rows, seed, limit=limit, proportional=proportional)
        for gamma in noise
        for seed in seeds
        for k in range(laws)
    ]


def of_peer(every: Sequence[Task], noise: float, sample: int) -> list[Task]:
    """Some of the searches at one noise, evenly spread, for the peer and twice the time."""
    own = [task for task in every if task.noise == noise]
    return [replace(t, method=PEER, limit=2 * t.limit) for t in evenly_spread(own, min(sample, len(own)))]


def recorded() -> list[Record]:
    """What stands in the files, kantools first."""
    return [record for path in sorted(RESULTS.glob("*.csv")) for record in read(path)]


def page(records: Sequence[Record]) -> str:
    """The page of these records."""
    if not records:
        return f"{HEAD}\nNothing has been measured yet: `{COMMAND}`.\n"
    written = f"Written by `python -m benchmarks.random_laws`. {_made(records)}"
    sections = map(_section, runs(records))
    return "\n\n".join([HEAD.rstrip(), written, _rates(records), OUTCOMES.rstrip(), *sections]) + "\n"


def _made(records: Sequence[Record]) -> str:
    """Of which seeds, by which commit, and where every row stands."""
    seeds = ", ".join(map(str, sorted({r.seed for r in records})))
    versions = ", ".join(sorted({r.version for r in records}))
    files = ", ".join(f"[{path.name}](results/random/{path.name})" for path in sorted(RESULTS.glob("*.csv")))
    return f"Seeds {seeds}, which are spent; kantools {versions}. Every row: {files}."


def runs(records: Iterable[Record]) -> list[list[Record]]:
    """The records that differ in nothing but law and seed, together."""
    found: dict[tuple[object, ...], list[Record]] = {}
    for record in records:
        found.setdefault((record.method, *_told(record), record.version), []).append(record)
    return list(found.values())


def _told(record: Record) -> tuple[object, ...]:
    """What a method and its peer are given alike."""
    return _over_decades(record), record.noise, record.proportional, record.rows


def _over_decades(record: Record) -> bool:
    return record.name.startswith(f"{DECADES}.")


def label(part: Sequence[Record]) -> str:
    """Method and source of a run.

    >>> label([Record("decades.1.0", 0.05, 100, 1, "kantools", 60, False, 0, "done")])
    'kantools, targets over decades'
    """
    return part[0].method + ", targets over decades" * _over_decades(part[0])


def command(part: Sequence[Record]) -> str:
    """What asks for a run.

    >>> command([Record("decades.1.0", 0.05, 99, 1, "kantools", 9, False, 0, "done", proportional=True)])[32:]
    ' --first 1 --seeds 1 --noise 0.05 --rows 99 --time 9 --decades --proportional'
    """
    first, seeds = part[0], {r.seed for r in part}
    limit = first.limit / (2 if first.method == PEER else 1)
    flags = " --decades" * _over_decades(first) + " --proportional" * first.proportional
    numbers = f"--noise {first.noise:g} --rows {first.rows} --time {limit:g}"
    return f"python -m benchmarks.random_laws --first {min(seeds)} --seeds {len(seeds)} {numbers}{flags}"


RATES = (
    *("method", "noise", "rows", "time", "laws", "solved", "%", "95 %", "by seed, %"),
    *("R² > 0.999", "median s", "CPU s", "version"),
)


def _rates(records: Sequence[Record]) -> str:
    """A line for each method and noise; where the peer had some of the laws, one more for these."""
    return table(RATES, (_rate(*row) for row in _parts(records)))


def _parts(records: Sequence[Record]) -> Iterator[tuple[str, list[Record]]]:
    for part in runs(records):
        yield label(part), part
        same = _as_peer(records, part)
        if same and part[0].method != PEER:
            yield f"{label(part)}, the laws of {PEER}", same


def _rate(name: str, part: Sequence[Record]) -> list[object]:
    s = summarize(part)
    low, high = (100 * end for end in interval(s.solved, s.problems))
    first = part[0]
    times = (f"{s.median_seconds:.1f}", f"{s.median_cpu:.1f}") if s.solved else ("-", "-")
    share = f"{100 * s.solved / s.problems:.1f}", f"{low:.0f}–{high:.0f}"
    return [
        name,
        _noise(first),
        first.rows,
        f"{first.limit:g} s",
        s.problems,
        s.solved,
        *share,
        _by_seed(part),
        s.accurate,
        *times,
        first.version,
    ]


def _noise(record: Record) -> str:
    return f"{record.noise:g}{' of each value' if record.proportional else ''}"


def _by_seed(part: Sequence[Record]) -> str:
    """Mean and standard deviation of the shares of all seeds."""
    seeds = sorted({r.seed for r in part})
    shares = [100 * mean(r.solved for r in part if r.seed == seed) for seed in seeds]
    return f"{mean(shares):.1f} ± {stdev(shares):.1f}" if len(shares) > 1 else "-"


def _as_peer(records: Sequence[Record], part: Sequence[Record]) -> list[Record]:
    """Those whose laws the peer had too."""
    laws = {r.name for r in records if r.method == PEER and _told(r) == _told(part[0])}
    return [r for r in part if r.name in laws]


def _section(part: Sequence[Record]) -> str:
    first = part[0]
    noise = f"γ = {_noise(first)}" if first.noise else "no noise"
    head = f"## {label(part)}, {noise}, {first.rows} rows, {first.version}"
    asked = f"`{command(part)}`"
    return "\n\n".join([head, asked, _by_class(part), "### Not solved", *_failures(part)])


def _by_class(part: Sequence[Record]) -> str:
    """Class of the law by outcome."""
    counts = Counter((r.kind, outcome(r)) for r in part)
    rows = [
        [kind, sum(counts[kind, o] for o in Outcome), *(counts[kind, o] or "" for o in Outcome)]
        for kind in CLASSES
        if any(counts[kind, o] for o in Outcome)
    ]
    every = ["all", len(part), *(sum(counts[kind, o] for kind in CLASSES) or "" for o in Outcome)]
    return table(("class", "laws", *Outcome), [*rows, every])


def _failures(part: Sequence[Record]) -> Iterator[str]:
    """For each outcome and class the laws, with what was found instead."""
    missed = [r for r in part if not r.solved]
    if not missed:
        yield "None."
    for what in Outcome:
        rows = [r for kind in CLASSES for r in missed if (r.kind, outcome(r)) == (kind, what)]
        if rows:
            yield f"**{what}**\n\n{table(('class', 'name', 'law', 'found', '1 - R²'), map(_failure, rows))}"


def _failure(r: Record) -> Iterable[object]:
    found = code(_short(r.formula)) if r.formula else r.error
    return r.kind, r.name, code(r.truth), found, f"{r.lack:.1g}"


LONGEST = 120


def _short(formula: str) -> str:
    """A formula, the end of a very long one left out.

    >>> _short("x + y"), len(_short("x + " * 100))
    ('x + y', 121)
    """
    return formula if len(formula) <= LONGEST else formula[:LONGEST] + "…"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=5, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--laws", type=int, default=LAWS, help="of each seed")
    parser.add_argument("--noise", default="0,0.01")
    parser.add_argument("--proportional", action="store_true", help="noise relative to each value")
    parser.add_argument("--decades", action="store_true", help="laws whose target goes over decades")
    parser.add_argument("--rows", type=int, default=ROWS["random"])
    parser.add_argument("--time", type=float, default=30.0, help="seconds for each search")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument(
        "--peer-laws", type=int, default=40, help=f"for {PEER}, at each noise; 0 leaves it out"
    )
    return parser.parse_args()


def main() -> None:
    """Search what was not searched yet, and write the page."""
    given = _arguments()
    noise = numbers_in(given.noise, "--noise")
    seeds = range(given.first, given.first + given.seeds)
    every = tasks(
        seeds,
        laws=given.laws,
        noise=noise,
        rows=given.rows,
        limit=given.time,
        source=DECADES if given.decades else RANDOM,
        proportional=given.proportional,
    )
    _search(every, given.jobs, RESULTS / "kantools.csv")
    if given.peer_laws and installed(PEER):
        _search(
            [t for g in noise for t in of_peer(every, g, given.peer_laws)],
            given.jobs,
            RESULTS / f"{PEER}.csv",
        )
    PAGE.write_text(page(recorded()), encoding="utf-8")
    print(PAGE)


def _search(searches: Sequence[Task], jobs: int, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    run(searches, jobs=jobs, out=out, tell=lambda record: print(line(record), flush=True))


if __name__ == "__main__":
    main()
