"""Elementary laws, as people bring them: few rows, noise, columns that tell nothing.

``python -m benchmarks.elementary`` draws tables of the laws of :mod:`benchmarks.elementary_laws` with 0, 1
and 3 idle columns, with and without their errors told, 20 to 1,000 rows and 1 to 10 % noise (of the target's
standard deviation), searches each with the defaults, and writes ``docs/elementary.md``. Constants are drawn
anew for each table. The results stand as JSON lines in ``docs/results/elementary``: what stands there is not
run again.

A table counts where it prefers its law to the best polynomial of ``x`` by more than 6 nats (half of chi² or
``n/2 log(mean square)``, and half of ``log n`` for each constant). The answer is right where it is the law's
form: the law's constants can be chosen so that it gives the formula's values to rounding, and the rows do not
prefer the law at its best by more than 6 nats. It is as good where it has another form, to which they do not
prefer the law at all. The last law is no usual form of the house.
"""

import argparse
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from itertools import product
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

import numpy as np

from benchmarks.elementary_laws import LAWS, Draw, Law
from benchmarks.page import ROOT, code, prose, table
from kantools import SymbolicRegressor
from kantools.bench.stamp import stamp
from kantools.symbolic.evaluate import column_symbols
from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.fit.least_squares import Fit, least_squares
from kantools.symbolic.formula import Formula

__all__ = ["PAGE", "RESULTS", "Cell", "Row", "cells", "page", "preferred_by", "verdict"]

PAGE = ROOT / "docs" / "elementary.md"
RESULTS = ROOT / "docs" / "results" / "elementary"
IDLE, TOLD, ROWS, NOISE = (0, 1, 3), (True, False), (20, 50, 150, 1000), (0.01, 0.02, 0.05, 0.1)
CLEAR = 6.0  # nats
HIGHEST = 8  # degree of a polynomial
SAME = 1e-5  # of the law's spread: numbers that were recognised as exact are no further off than rounding
GRID = 200


@dataclass(frozen=True)
class Cell:
    """One table to draw and to search."""

    law: str
    idle: int
    told: bool
    rows: int
    noise: float
    seed: int

    def draw(self) -> Draw:
        law = _BY_NAME[self.law]
        place = [LAWS.index(law), self.idle, int(self.told), self.rows, round(1000 * self.noise)]
        return law.draw(
            self.rows, self.noise, self.idle, self.told, np.random.default_rng([self.seed, *place])
        )


_BY_NAME: dict[str, Law] = {law.name: law for law in LAWS}


@dataclass(frozen=True)
class Row:
    """What came of a table.

    Attributes
    ----------
    preferred : float
        Nats by which the rows prefer the law to the best polynomial.
    outcome : str
        "right", "as good" (another form to which the rows do not prefer the law), "a part of the law",
        "polynomial", "idle column", or "other".
    """

    cell: Cell
    limit: float
    truth: str
    found: str
    outcome: str
    preferred: float
    seconds: float
    stopped: str
    version: str

    @property
    def counts(self) -> bool:
        return self.preferred > CLEAR

    @property
    def right(self) -> bool:
        return self.outcome == "right"


def cells(seeds: Iterable[int], share: float) -> list[Cell]:
    """All tables of these seeds, or a random share of them.

    >>> len(cells([1], 1.0)), len(cells([1, 2], 0.02))
    (1728, 69)
    """
    every = [
        Cell(law.name, *rest)
        for seed in seeds
        for law in LAWS
        for rest in product(IDLE, TOLD, ROWS, NOISE, [seed])
    ]
    order = np.random.default_rng(list(seeds)).permutation(len(every))
    return [every[k] for k in sorted(order[: round(share * len(every))])]


def searched(cell: Cell, limit: float) -> Row:
    """Draw, search, judge."""
    drawn = cell.draw()
    begin = monotonic()
    model = SymbolicRegressor(time_limit=limit, random_state=cell.seed).fit_table(drawn.table)
    seconds = monotonic() - begin
    data, best = data_of(drawn.table), law_at_best(drawn)
    return Row(
        cell,
        limit,
        ", ".join(f"{name}={v:.4g}" for name, v in zip(drawn.law.constants, drawn.values, strict=True)),
        str(model.formula_),
        verdict(model.formula_, drawn, data, best),
        preferred_by(drawn, data, best),
        seconds,
        str(model.discovery_.stopped),
        stamp(),
    )


def law_at_best(drawn: Draw) -> Fit:
    """The law fitted to the rows, from its true constants."""
    t, law = drawn.table, drawn.law
    return least_squares(law.program, drawn.values, t.X[:, :1], t.y, max_iterations=200)


def preferred_by(drawn: Draw, data: Data, best: Fit) -> float:
    """Nats by which the rows prefer the law to the best polynomial of ``x``."""
    x, y = data.X[:, 0], data.y
    u = (x - x.mean()) / x.std()
    fits = (np.polynomial.chebyshev.chebfit(u, y, d) for d in range(min(HIGHEST, len(y) // 2 - 1) + 1))
    lengths = [_length(data, np.polynomial.chebyshev.chebval(u, c), len(c)) for c in fits]
    return min(lengths) - _length(data, drawn.law(x, best.values), len(best.values))


def _length(data: Data, values: np.ndarray, constants: int) -> float:
    loss = float(np.mean(data.weight * (data.y - values) ** 2))
    return data.misfit(loss) + 0.5 * constants * float(np.log(len(values)))


def verdict(formula: Formula, drawn: Draw, data: Data, best: Fit) -> str:
    """What an answer is, beside the law at its best."""
    used = formula.expression.free_symbols
    if used - {column_symbols(("x",))[0]}:
        return "idle column"
    at_best = _length(data, drawn.law(data.X[:, 0], best.values), len(best.values))
    longer = _length(data, formula.predict(data.X), len(formula.free)) - at_best
    if _has_form(formula, drawn, best):
        return "right" if longer < CLEAR else "a part of the law"
    if longer <= 0:
        return "as good"
    return "polynomial" if formula.expression.is_polynomial() else "other"


def _has_form(formula: Formula, drawn: Draw, best: Fit) -> bool:
    """Whether the law gives the formula's values, with constants of its own."""
    law = drawn.law
    x = np.linspace(law.low, law.high, GRID)[:, None]
    values = formula.predict(np.repeat(x, len(formula.columns), axis=1))
    if not np.isfinite(values).all():
        return False
    starts = (best.values, drawn.values)
    left = min(least_squares(law.program, p, x, values, max_iterations=300).loss for p in starts)
    return bool(np.sqrt(left) < SAME * values.std())


def recorded() -> list[Row]:
    """What stands in the files."""
    lines = (
        line for path in sorted(RESULTS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    )
    told = map(json.loads, lines)
    return [Row(Cell(**row.pop("cell")), **row) for row in told]


def run(every: Sequence[Cell], limit: float, jobs: int, out: Path) -> None:
    """Search what does not stand in the files, each answer written as it comes."""
    done = {row.cell for row in recorded()}
    out.parent.mkdir(parents=True, exist_ok=True)
    left = [cell for cell in every if cell not in done]
    with out.open("a", encoding="utf-8") as file, ProcessPoolExecutor(jobs) as pool:
        for row in pool.map(partial(searched, limit=limit), left):
            file.write(json.dumps(asdict(row)) + "\n")
            file.flush()
            print(_line(row), flush=True)


def _line(row: Row) -> str:
    c = row.cell
    told = "sigma" if c.told else "-"
    counts = "" if row.counts else f" (not counted: {row.preferred:.1f} nats)"
    return (
        f"{c.law}, {c.idle} idle, {told}, {c.rows} rows, {c.noise:g}: {row.outcome}{counts}, "
        f"{row.seconds:.1f} s, {row.found}"
    )


def page(rows: Sequence[Row]) -> str:
    """The page of these rows."""
    head = f"# Elementary laws\n\n{prose(__doc__)}"
    if not rows:
        return f"{head}\n\nNothing has been measured yet.\n"
    counted = [row for row in rows if row.counts]
    seeds = ", ".join(map(str, sorted({row.cell.seed for row in rows})))
    versions = ", ".join(sorted({row.version for row in rows}))
    made = f"Seeds {seeds}, {rows[0].limit:g} s a table, kantools {versions}; {len(rows)} tables."
    parts = (_by(counted, *part) for part in _PARTS)
    return "\n\n".join([head, made, *parts, *_failures(counted)]) + "\n"


#: By what the tables are counted, in the order of the numbers, and how these are written.
_PARTS: tuple[tuple[str, Callable[[Cell], float], Callable[[Any], object]], ...] = (
    ("law", lambda c: LAWS.index(_BY_NAME[c.law]), lambda place: LAWS[place].name),
    ("idle columns", lambda c: c.idle, str),
    ("sigma", lambda c: c.told, lambda told: "told" if told else "not told"),
    ("rows", lambda c: c.rows, str),
    ("noise", lambda c: c.noise, lambda share: f"{100 * share:g} %"),
    ("all", lambda c: 0, lambda _: "all"),
)


def _by(
    rows: Sequence[Row], name: str, key: Callable[[Cell], float], written: Callable[[Any], object]
) -> str:
    groups: dict[float, list[Row]] = {}
    for row in sorted(rows, key=lambda row: key(row.cell)):
        groups.setdefault(key(row.cell), []).append(row)
    head = (name, "tables", "right", "%", "as good", "median s")
    return table(head, ([written(k), *_counts(part)] for k, part in groups.items()))


def _counts(rows: Sequence[Row]) -> list[object]:
    right, as_good = (sum(row.outcome == o for row in rows) for o in ("right", "as good"))
    seconds = median(row.seconds for row in rows)
    return [len(rows), right, f"{100 * right / len(rows):.0f}", as_good or "", f"{seconds:.1f}"]


def _failures(rows: Sequence[Row]) -> Iterator[str]:
    yield "## Not right"
    missed = [row for row in rows if not row.right]
    head = ("law", "idle", "sigma", "rows", "noise", "constants", "found", "outcome", "nats", "s")
    yield table(head, map(_failure, missed)) if missed else "None."


def _failure(row: Row) -> Iterable[object]:
    c = row.cell
    told = "told" if c.told else ""
    cell = (c.law, c.idle, told, c.rows, f"{100 * c.noise:g} %")
    return *cell, row.truth, code(row.found), row.outcome, f"{row.preferred:.0f}", f"{row.seconds:.1f}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--share", type=float, default=1.0, help="of all tables, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="the first of them")
    parser.add_argument("--seeds", type=int, default=1, help="how many")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--time", type=float, default=10.0, help="seconds for each search")
    return parser.parse_args()


def main() -> None:
    """Search what was not searched yet, and write the page."""
    given = _arguments()
    seeds = range(given.seed, given.seed + given.seeds)
    run(cells(seeds, given.share), given.time, given.jobs, RESULTS / "kantools.jsonl")
    PAGE.write_text(page(recorded()), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
