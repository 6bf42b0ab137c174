"""Thirteen laws that must be found exactly, digit by digit and sign by sign.

``python -m benchmarks.first_laws`` draws 1,000 points of each law uniformly, runs
:class:`~kantools.SymbolicRegressor` with its defaults, and writes ``docs/first-laws.md``. A law counts as
found if the formula differs from it by less than 1e-9 on fresh points and sympy simplifies their difference
to zero. The first law is drawn anew for ten seeds.
"""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import numpy as np
import sympy
from sympy import Expr

from benchmarks.page import ROOT, code, how, stop_after, table
from kantools import SymbolicRegressor
from kantools.datasets.problem import Problem

HELLO = ("exp(sin(pi*x) + y**2)", "x y", -1, 1)
LAWS = (
    ("x*y", "x y", -1, 1),
    ("sqrt(x**2 + y**2)", "x y", 0.5, 2),
    ("x/y", "x y", 1, 3),
    ("exp(-x**2/2)/sqrt(2*pi)", "x", -2, 2),
    ("sin(x)*cos(y)", "x y", -2, 2),
    ("1/(1 + x*y)", "x y", 0, 2),
    ("x1*x2/x3**2", "x1 x2 x3", 1, 5),
    ("sqrt(1 + x**2) + log(y)", "x y", 0.5, 3),
    ("tanh(x) + y**2", "x y", -2, 2),
    ("x**3 - 2*x + 1", "x", -2, 2),
    ("exp(-x)*sin(3*y)", "x y", 0, 2),
    ("(x - y)**2/z", "x y z", 1, 3),
)
ROWS, CLOSE, PATIENCE = 1000, 1e-9, 30


@dataclass(frozen=True)
class Result:
    """What came of one law."""

    law: str
    span: str
    seed: int
    found: str
    difference: float
    exact: bool
    seconds: float


def problem_of(formula: str, columns: str, low: float, high: float) -> Problem:
    names = tuple(columns.split())
    count = len(names)
    return Problem(formula, formula, "f", formula, names, (low,) * count, (high,) * count, "this module")


def run(law: Problem, seed: int, time_limit: float) -> Result:
    """Draw, search, compare."""
    data = law.sample(ROWS, seed=seed)
    begin = monotonic()
    span = f"{law.lows[0]:g} to {law.highs[0]:g}"
    try:
        with stop_after(3 * time_limit + PATIENCE):
            model = SymbolicRegressor(time_limit=time_limit, random_state=seed).fit_table(data)
    except Exception as error:
        return Result(
            law.formula, span, seed, f"{type(error).__name__}: {error}", np.nan, False, monotonic() - begin
        )
    seconds = monotonic() - begin
    fresh = law.sample(ROWS, seed=seed + 10**6)
    difference = float(np.linalg.norm(model.formula_.predict(fresh.X) - fresh.y) / np.linalg.norm(fresh.y))
    exact = difference < CLOSE and vanishes(model.sympy() - law.truth)
    return Result(law.formula, span, seed, str(model.formula_), difference, exact, seconds)


def vanishes(difference: Expr) -> bool:
    """Whether sympy finds a difference to be zero, given its time."""
    steps: tuple[Callable[[Expr], Expr], ...] = (sympy.expand, sympy.simplify, positive)
    return any(in_time(step, difference) == 0 for step in steps)


def positive(e: Expr) -> Expr:
    """Simplified for real columns: ``sqrt(x**2)`` is then ``Abs(x)``."""
    return sympy.simplify(e.subs({s: sympy.Symbol(s.name, real=True) for s in e.free_symbols}))


def in_time(step: Callable[[Expr], Expr], e: Expr) -> Expr | None:
    """The step's result, or None where it takes too long."""
    try:
        with stop_after(PATIENCE):
            return step(e)
    except TimeoutError:
        return None


PAGE = """# First laws

{rows} points drawn uniformly, no noise, `SymbolicRegressor(time_limit={limit:g})`. **Exact** means that sympy
simplifies found − true to zero, after the two agree to {close:g} on fresh points: every constant has been
recognised as the number it is. **Difference** is the relative rms difference on those points.

{how}

## Hello world, ten seeds

{hello_exact} of {hello_count} exact, median {hello_median:.1f} s, slowest {hello_slowest:.1f} s.

{hello}

## Twelve laws

{exact} of {count} exact, median {median:.1f} s, slowest {slowest:.1f} s.

{laws}
"""


def listed(results: Iterable[Result]) -> str:
    head = ("law", "range", "seed", "found", "exact", "difference", "seconds")
    return table(head, map(cells, results))


def cells(r: Result) -> tuple[object, ...]:
    exact = "yes" if r.exact else "**no**"
    return code(r.law), r.span, r.seed, code(r.found), exact, f"{r.difference:.1g}", f"{r.seconds:.1f}"


def page(hello: list[Result], laws: list[Result], limit: float) -> str:
    def seconds(results: list[Result]) -> list[float]:
        return [r.seconds for r in results] or [np.nan]

    return PAGE.format(
        rows=f"{ROWS:,}",
        limit=limit,
        close=CLOSE,
        how=how(f"python -m benchmarks.first_laws --time-limit {limit:g} --seeds {len(hello)}"),
        hello_exact=sum(r.exact for r in hello),
        hello_count=len(hello),
        hello_median=float(np.median(seconds(hello))),
        hello_slowest=max(seconds(hello)),
        hello=listed(hello),
        exact=sum(r.exact for r in laws),
        count=len(laws),
        median=float(np.median(seconds(laws))),
        slowest=max(seconds(laws)),
        laws=listed(laws),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Find thirteen laws exactly.")
    parser.add_argument("--time-limit", type=float, default=60.0, help="seconds a law")
    parser.add_argument("--seeds", type=int, default=10, help="how often the first law is drawn")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "first-laws.md")
    options = parser.parse_args()

    def told(result: Result) -> Result:
        mark = "exact" if result.exact else "NOT"
        print(f"{mark:6s}{result.seconds:6.1f} s  {result.law:26s}{result.found}", flush=True)
        return result

    laws = [told(run(problem_of(*law), 0, options.time_limit)) for law in LAWS]
    hello = [told(run(problem_of(*HELLO), seed, options.time_limit)) for seed in range(options.seeds)]
    options.out.write_text(page(hello, laws, options.time_limit), encoding="utf-8")


if __name__ == "__main__":
    main()
