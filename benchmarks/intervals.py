"""Do 95 % prediction intervals hold 95 % of new measurements?

``python -m benchmarks.intervals`` draws tables of known laws and of smooth functions many times, fits
formulas and networks to them, draws new measurements of the same kind, counts how many lie in their
intervals, and writes ``docs/intervals.md``. Formulas are refitted in their known form; ``--searches`` adds
whole searches, which choose the form as well.
"""

import argparse
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import sympy
from sympy import Expr, Symbol

from benchmarks.page import ROOT, code, how, table
from kantools import KANRegressor, SymbolicRegressor
from kantools.estimators.verbs.extrapolation import ExtrapolationWarning
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.examine.new_measurement import scatter_of
from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.fit.noisy import with_noise
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.whole.draft import covariance, fit_draft
from kantools.table import Table

LEVEL, NEW = 0.95, 100
CONSTANTS = sympy.symbols("a b c")
Noise = Callable[[np.ndarray, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class Law:
    """A form with constants, their true values, and the ranges of its columns."""

    template: Expr
    values: tuple[float, ...]
    columns: tuple[str, ...]
    low: float
    high: float

    def __call__(self, X: np.ndarray) -> np.ndarray:
        symbols = [Symbol(c) for c in self.columns]
        return compile_expression(self.template, symbols, CONSTANTS[: len(self.values)]).value(X, self.values)

    def draw(self, rows: int, rng: np.random.Generator) -> np.ndarray:
        return rng.uniform(self.low, self.high, (rows, len(self.columns)))


def law(text: str, values: tuple[float, ...], columns: str, low: float, high: float) -> Law:
    return Law(sympy.sympify(text), values, tuple(columns.split()), low, high)


LAWS = (
    law("a + b*x", (1.0, 2.0), "x", 0, 5),
    law("a*exp(-b*x) + c", (3.0, 0.8, 0.5), "x", 0, 5),
    law("a*x**b", (2.0, 1.5), "x", 0.3, 5),
    law("a*x/(b + x)", (4.0, 1.2), "x", 0.1, 8),
    law("2 + a*sin(b*x + c)", (1.0, 1.7, 0.3), "x", 0, 5),
    law("a*x*y**b + c", (1.5, -0.7, 0.4), "x y", 0.5, 4),
)
SCATTERS = ("constant", "proportional", "given", "given, new ones too")


@dataclass(frozen=True)
class Measured:
    """A table, and new measurements with their standard deviations."""

    table: Table
    X: np.ndarray
    y: np.ndarray
    sigma: np.ndarray


def measured(law: Law, scatter: str, rows: int, rng: np.random.Generator) -> Measured:
    """Rows of a law with noise: a twentieth of its size, a tenth of each value, or sigmas of 2 to 10 %."""
    X = law.draw(rows + NEW, rng)
    clean = law(X)
    size = float(np.sqrt(np.mean(clean[:rows] ** 2)))
    sigma = {
        "constant": np.full(len(clean), 0.05 * size),
        "proportional": 0.1 * np.abs(clean),
    }.get(scatter, size * np.exp(rng.uniform(np.log(0.02), np.log(0.1), len(clean))))
    y = clean + sigma * rng.normal(size=len(clean))
    told = sigma[:rows] if scatter.startswith("given") else None
    seen = Table(law.columns, X[:rows], "f", y[:rows], sigma=told)
    return Measured(seen, X[rows:], y[rows:], sigma[rows:])


def refitted(law: Law, seen: Table, scatter: str) -> Formula:
    """The known form fitted to a table, as a search fits it that has found the form."""
    data = data_of(seen)
    start = dict(zip(CONSTANTS, law.values, strict=False))
    formula = _formula(law, data, start, seen.target)
    if scatter != "proportional":
        return formula
    return _formula(law, with_noise(data, "proportional", formula.predict(seen.X)), start, seen.target)


def _formula(law: Law, data: Data, start: dict[Symbol, float], target: str) -> Formula:
    draft = fit_draft(law.template, start, data, max_iterations=100)
    spread = covariance(draft, data)
    error = np.sqrt(np.diag(spread))
    parts = zip(draft.constants, draft.fit.values, error, strict=True)
    constants = tuple(Constant(s, float(v), float(e)) for s, v, e in parts)
    formula = Formula(data.columns, target, draft.template, constants, spread, draft.loss)
    return replace(formula, scatter=scatter_of(formula, data))


def covered(ends: tuple[np.ndarray, np.ndarray], y: np.ndarray) -> float:
    """The share of measurements between their ends."""
    return float(np.mean((ends[0] <= y) & (y <= ends[1])))


def of_formula(law: Law, scatter: str, rows: int, seed: int) -> float:
    """Coverage in one table of a refitted law."""
    new = measured(law, scatter, rows, np.random.default_rng([seed, rows, LAWS.index(law)]))
    formula = refitted(law, new.table, scatter)
    return covered(formula.interval(new.X, LEVEL, new.sigma if scatter.endswith("too") else None), new.y)


@dataclass(frozen=True)
class Smooth:
    """A smooth function on a cube from -1 to 1 that a network is to learn."""

    name: str
    inputs: int
    function: Callable[[np.ndarray], np.ndarray]


SMOOTH = (
    Smooth("sin(2x) + x²", 1, lambda X: np.sin(2 * X[:, 0]) + X[:, 0] ** 2),
    Smooth("x + y/2", 2, lambda X: X[:, 0] + X[:, 1] / 2),
    Smooth("exp(sin(πx) + y²)", 2, lambda X: np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2)),
    Smooth("xy + cos(2z)", 3, lambda X: X[:, 0] * X[:, 1] + np.cos(2 * X[:, 2])),
)
NOISES = (0.02, 0.2)


def of_network(smooth: Smooth, noise: float, rows: int, seed: int) -> float:
    """Coverage in one table of a trained network; the noise is relative to the function's deviation."""
    rng = np.random.default_rng([seed, rows, SMOOTH.index(smooth)])
    X = rng.uniform(-1, 1, (rows + NEW, smooth.inputs))
    clean = smooth.function(X)
    y = clean + noise * clean.std() * rng.normal(size=len(clean))
    model = KANRegressor(random_state=seed).fit(X[:rows], y[:rows])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ExtrapolationWarning)  # random rows leave the ranges a little
        _, low, high = model.predict(X[rows:], interval=LEVEL)
    return covered((low, high), y[rows:])


def of_search(law: Law, scatter: str, rows: int, seed: int, time_limit: float = 5.0) -> float:
    """Coverage in one table whose law is searched for."""
    new = measured(law, scatter, rows, np.random.default_rng([seed, rows, LAWS.index(law)]))
    model = SymbolicRegressor(time_limit=time_limit, random_state=seed).fit_table(new.table)
    sigma = new.sigma if scatter.endswith("too") else None
    return covered(model.formula_.interval(new.X, LEVEL, sigma), new.y)


PAGE = """# Do intervals hold what they promise?

`predict(X, interval=0.95)` promises that 95 % of new measurements lie between its ends. Here tables are
drawn again and again from laws and functions that are known, fitted, and new measurements from the same
ranges are counted. Each entry is the share, in per cent, of {new} new measurements in each of so many tables;
its standard error is in brackets.

{how}

## Formulas in their known form

{repeats} tables an entry. The noise is 5 % of the law's rms (*constant*), 10 % of each value
(*proportional*), or has standard errors from 2 to 10 % of the rms that the table tells: new measurements then
are as good or as bad as any row (*given*), or tell theirs (*given, new ones too*). All laws together:
{formulas_mean}.

{formulas}

## Networks

`KANRegressor()`, {networks} tables an entry, normal noise of 2 and 20 % of the function's deviation. All
together: {networks_mean}.

Where a function is hard for its rows, intervals are too wide: what smoothing leaves out counts in the scatter
and once more as uncertainty of the network.

{network_table}
"""

SEARCHES = """
## Whole searches

{count} tables of {rows} rows an entry, `SymbolicRegressor(time_limit=5)`: the form is chosen by the same
rows, which the intervals do not know of.

{searches}
"""


@dataclass(frozen=True)
class Share:
    """The mean of shares, and its standard error."""

    mean: float
    error: float

    def __str__(self) -> str:
        return f"{100 * self.mean:.1f} ({100 * self.error:.1f})"


def share(shares: Iterable[float]) -> Share:
    """Of the shares of several tables.

    >>> print(share([0.94, 0.96]))
    95.0 (1.0)
    """
    all_of_them = np.array(list(shares))
    return Share(float(all_of_them.mean()), float(all_of_them.std(ddof=1) / np.sqrt(len(all_of_them))))


def rows_of_formulas(repeats: int) -> tuple[list[list[object]], list[float]]:
    """A row of the page for each law and scatter, and all shares."""
    lines, everything = [], []
    for one in LAWS:
        for scatter in SCATTERS:
            shares = [[of_formula(one, scatter, rows, k) for k in range(repeats)] for rows in FEW]
            lines.append([code(one.template), scatter, *map(share, shares)])
            everything += [s for several in shares for s in several]
            print(*lines[-1], flush=True)
    return lines, everything


def rows_of_networks(repeats: int) -> tuple[list[list[object]], list[float]]:
    """The same for each function and noise."""
    lines, everything = [], []
    for one in SMOOTH:
        for noise in NOISES:
            shares = [[of_network(one, noise, rows, k) for k in range(repeats)] for rows in MANY]
            lines.append([code(one.name), f"{noise:.0%}", *map(share, shares)])
            everything += [s for several in shares for s in several]
            print(*lines[-1], flush=True)
    return lines, everything


def rows_of_searches(repeats: int) -> list[list[object]]:
    """The same for some laws that are searched for."""
    lines: list[list[object]] = []
    for one, scatter in SEARCHED:
        shares = [of_search(one, scatter, SEARCH_ROWS, k) for k in range(repeats)]
        lines.append([code(one.template), scatter, share(shares)])
        print(*lines[-1], flush=True)
    return lines


FEW, MANY, SEARCH_ROWS = (30, 100, 300), (100, 300, 1000), 100
SEARCHED = ((LAWS[1], "constant"), (LAWS[2], "proportional"), (LAWS[3], "given, new ones too"))


def page(formulas: int, networks: int, searches: int, command: str) -> str:
    """The whole page."""
    lines, shares = rows_of_formulas(formulas)
    network_lines, network_shares = rows_of_networks(networks)
    text = PAGE.format(
        new=NEW,
        how=how(command),
        repeats=formulas,
        formulas_mean=share(shares),
        formulas=table(("law", "scatter", *_headings(FEW)), lines),
        networks=networks,
        networks_mean=share(network_shares),
        network_table=table(("function", "noise", *_headings(MANY)), network_lines),
    )
    if searches:
        found = table(("law", "scatter", "share"), rows_of_searches(searches))
        text += SEARCHES.format(count=searches, rows=SEARCH_ROWS, searches=found)
    return text


def _headings(rows: Sequence[int]) -> list[str]:
    return [f"{n} rows" for n in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description="Count new measurements in their prediction intervals.")
    parser.add_argument("--formulas", type=int, default=200, help="tables of each law")
    parser.add_argument("--networks", type=int, default=30, help="tables of each function")
    parser.add_argument("--searches", type=int, default=0, help="tables that are searched")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "intervals.md")
    options = parser.parse_args()
    given = (("formulas", 200), ("networks", 30), ("searches", 0))
    told = [f" --{name} {getattr(options, name)}" for name, usual in given if getattr(options, name) != usual]
    command = "python -m benchmarks.intervals" + "".join(told)
    options.out.write_text(
        page(options.formulas, options.networks, options.searches, command), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
