"""Sums of unlike terms with constants inside: ``python -m benchmarks.unlike_terms`` writes its page.

The laws of :mod:`benchmarks.unlike_laws`, searched without noise and with noise of 1 % of the target's
deviation. Without noise a law is exact where the formula errs by less than 1e-6 of the target's root mean
square on the columns' ranges, each extended by half; in noise its form is asked for: some values of its
numbers make it the law, and none of them is 0.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
from joblib import Parallel, delayed

from benchmarks.page import ROOT, code, how, prose, table
from benchmarks.unlike_laws import Case, case
from kantools.bench.form import Accuracy, form_verdicts
from kantools.discovery import discover
from kantools.symbolic.formula import Formula

__all__ = ["Outcome", "page", "searched"]

PAGE = ROOT / "docs" / "unlike-terms.md"
EXACT = 1e-6
LONGEST = 160


@dataclass(frozen=True)
class Outcome:
    """What one search came to.

    Attributes
    ----------
    seed : int
    noise : float
    kind : str
    dependent : bool
    law, formula : str
    far : float
        Relative error outside.
    right : bool
        Exact without noise, of the right form with it.
    seconds : float
    """

    seed: int
    noise: float
    kind: str
    dependent: bool
    law: str
    formula: str
    far: float
    right: bool
    seconds: float


def searched(seed: int, noise: float, time: float) -> Outcome:
    """The table of a seed, searched."""
    drawn = case(seed, noise)
    begin = monotonic()
    found = discover(drawn.table, time_limit=time, seed=seed)
    seconds = monotonic() - begin
    far = _far(found.chosen, drawn)
    right = far < EXACT if not noise else _right_form(found.chosen, drawn, noise)
    about = (drawn.kind, drawn.dependent, str(drawn.law), str(found.chosen.expression))
    return Outcome(seed, noise, *about, far, right, seconds)


def _far(formula: Formula, drawn: Case) -> float:
    """The error outside, relative to the root mean square there; infinite where the formula has no values."""
    true, said = drawn.value(drawn.far), formula.predict(drawn.far)
    error = float(np.sqrt(np.mean((said - true) ** 2) / np.mean(true**2)))
    return error if np.isfinite(error) else np.inf


def _right_form(formula: Formula, drawn: Case, noise: float) -> bool:
    true, said = drawn.value(drawn.table.X), formula.predict(drawn.table.X)
    error = float(np.sqrt(np.mean((said - true) ** 2)))
    accuracy = Accuracy(1 - (error / np.std(true)) ** 2, error / np.sqrt(np.mean(true**2)), noise, len(true))
    asked = (formula.expression, drawn.law, drawn.table.columns, drawn.table.X, accuracy)
    return any(verdict["form"] for verdict in form_verdicts(*asked))


def page(outcomes: Sequence[Outcome], command: str) -> str:
    """The page of these searches."""
    counts = ("noise", "columns", "tables", "right", "median error outside", "median s")
    sections = [table(counts, (row for noise in (False, True) for row in _counts(outcomes, noise)))]
    missed = [o for o in outcomes if not o.right]
    head = ("seed", "noise", "kind", "law", "found", "error outside", "s")
    sections += ["## Not found", table(head, map(_missed, missed)) if missed else "None."]
    return "\n\n".join(["# Sums of unlike terms", prose(__doc__), how(command), *sections]) + "\n"


def _counts(outcomes: Sequence[Outcome], noisy: bool) -> Iterator[list[object]]:
    for name, among in (("on their own", (False,)), ("dependent", (True,)), ("all", (False, True))):
        part = [o for o in outcomes if bool(o.noise) == noisy and o.dependent in among]
        if part:
            far, seconds = np.median([[o.far, o.seconds] for o in part], axis=0)
            right = sum(o.right for o in part)
            yield [f"{part[0].noise:g}", name, len(part), right, f"{far:.1e}", f"{seconds:.1f}"]


def _missed(o: Outcome) -> list[object]:
    found = o.formula if len(o.formula) <= LONGEST else f"{o.formula[:LONGEST]}…"
    return [o.seed, f"{o.noise:g}", o.kind, code(o.law), code(found), f"{o.far:.1e}", f"{o.seconds:.1f}"]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tables", type=int, default=100, help="without noise, and as many with it")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--noise", type=float, default=0.01, help="0 for tables without noise alone")
    parser.add_argument("--time", type=float, default=60.0, help="seconds for each search")
    parser.add_argument("--jobs", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    """Search all tables and write the page."""
    given = _arguments()
    seeds = range(given.first, given.first + given.tables)
    asked = [(seed, noise) for noise in dict.fromkeys((0.0, given.noise)) for seed in seeds]
    work = (delayed(searched)(seed, noise, given.time) for seed, noise in asked)
    outcomes = []
    for outcome in Parallel(n_jobs=given.jobs, return_as="generator")(work):
        outcomes.append(outcome)
        print("right" if outcome.right else "missed", *_missed(outcome), flush=True)
    command = f"python -m benchmarks.unlike_terms --tables {given.tables} --first {given.first}"
    command += f" --noise {given.noise:g} --jobs {given.jobs} --time {given.time:g}"
    PAGE.write_text(page(outcomes, command), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
