"""Whether laws are found among gross outliers: ``python -m benchmarks.outliers`` writes ``docs/outliers.md``.

The ten laws of :mod:`benchmarks.ten_laws`, 200 rows each. The target has normal noise of 2 % of its root mean
square, and one row in twenty is off by 10 to 100 times that, up or down. Each is searched with least squares
and with the robust losses; beside them stands least squares on the same rows before they were spoilt. A
structure is found when some values of the formula's numbers make it the law (whole exponents stay).
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import numpy as np
import sympy
from sympy import Expr, Float, Rational

from benchmarks.page import ROOT, code, how, prose, table
from benchmarks.ten_laws import LAWS, Law
from kantools.bench.equivalence import EQUAL, compare
from kantools.discovery import discover
from kantools.estimators.verbs.outliers import outlying
from kantools.table import Table

ROWS, NOISE, SHARE = 200, 0.02, 0.05
GROSS = (10, 100)  # times the noise
UNSPOILT = "squared, no outliers"
LOSSES = (UNSPOILT, "squared", "huber", "soft_l1", "cauchy")


@dataclass(frozen=True)
class Outcome:
    """What one search came to."""

    law: str
    loss: str
    formula: str
    found: bool
    caught: int  # outliers that were told as such
    wronged: int  # other rows that were
    seconds: float


def spoilt(law: Law, seed: int, share: float = SHARE) -> tuple[Table, np.ndarray]:
    """A table of a law with noise and outliers, and which rows are outliers."""
    rng = np.random.default_rng(seed)
    clean = law.clean(ROWS, rng)
    noise = NOISE * float(np.sqrt(np.mean(clean.y**2)))
    bad = np.zeros(ROWS, dtype=bool)
    bad[rng.choice(ROWS, round(share * ROWS), replace=False)] = True
    off = rng.choice([-1, 1], ROWS) * rng.uniform(*GROSS, ROWS) * noise
    return replace(clean, y=clean.y + rng.normal(0, noise, ROWS) + np.where(bad, off, 0.0)), bad


def search(law: Law, loss: str, seed: int, time_limit: float) -> Outcome:
    rows, bad = spoilt(law, seed, 0.0 if loss == UNSPOILT else SHARE)
    plain = loss in (UNSPOILT, "squared")
    begin = monotonic()
    found = discover(rows, loss="squared" if plain else loss, seed=seed, time_limit=time_limit)
    seconds = monotonic() - begin
    told = np.zeros(ROWS, dtype=bool) if plain else outlying(found, rows, loss)
    points = law.clean(ROWS, np.random.default_rng(seed + 1)).X
    gap = compare(freed(found.chosen.expression), law.truth, rows.columns, points).gap
    caught, wronged = int((told & bad).sum()), int((told & ~bad).sum())
    return Outcome(law.name, loss, str(found.chosen), gap <= EQUAL, caught, wronged, seconds)


def freed(expression: Expr) -> Expr:
    """The formula with its exact numbers as decimals, which :func:`compare` lets move."""
    floats = {q: Float(q, 17) for q in expression.atoms(Rational) if not q.is_Integer}
    return sympy.nfloat(expression.xreplace(floats), 17)


def page(outcomes: Sequence[Outcome], command: str) -> str:
    losses = [loss for loss in LOSSES if any(o.loss == loss for o in outcomes)]
    rows = []
    for loss in losses:
        part = [o for o in outcomes if o.loss == loss]
        bad = round(SHARE * ROWS) * len(part)
        plain = loss in (UNSPOILT, "squared")
        told = "" if plain else f"{sum(o.caught for o in part)} of {bad}"
        wronged = "" if plain else f"{sum(o.wronged for o in part)} of {ROWS * len(part) - bad}"
        median = float(np.median([o.seconds for o in part]))
        found = f"{sum(o.found for o in part)} of {len(part)}"
        rows.append([code(loss), found, told, wronged, f"{median:.1f}"])
    summary = table(["loss", "structures found", "outliers told", "other rows told", "median s"], rows)
    every = table(
        ["law", "loss", "", "formula", "s"],
        [
            [o.law, code(o.loss), "found" if o.found else "", code(o.formula), f"{o.seconds:.1f}"]
            for o in outcomes
        ],
    )
    return "\n\n".join(["# Gross outliers", prose(__doc__), how(command), summary, every]) + "\n"


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--time-limit", type=float, default=20.0)
    parser.add_argument("--losses", default=";".join(LOSSES))
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "outliers.md")
    options = parser.parse_args()
    outcomes = []
    for loss in options.losses.split(";"):
        for law in (law for law in LAWS if law.name in options.only or not options.only):
            outcomes.append(search(law, loss, options.seed, options.time_limit))
            print(outcomes[-1], flush=True)
    command = f"python -m benchmarks.outliers --time-limit {options.time_limit:g} --losses '{options.losses}'"
    options.out.write_text(page(outcomes, command), encoding="utf-8")


if __name__ == "__main__":
    main()
