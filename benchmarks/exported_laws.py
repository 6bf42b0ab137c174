"""The formulas that exporters are tried with: laws of the collections, their slopes, and accepted laws of
measurements, in the form that a search leaves them in, with constants.

Rows are drawn from each law's ranges and, as many again, from ranges twice as wide on both sides of zero,
where roots, logarithms and arcs are not real. Rows are left out where the law itself is lost to rounding, as
close to its zeros: where a change in an input by a part in 10^10 changes the value by more than `SENSITIVE`
times as much.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

import numpy as np
import sympy
from sympy import Expr, Float, Integer, Rational, Symbol

from kantools.datasets import EXPERIMENTS, PROBLEMS
from kantools.datasets.expression import parse
from kantools.symbolic.formula import Constant, Formula

__all__ = ["Law", "laws"]

ROWS = 40
SENSITIVE = 200
STEP = 1e-10


@dataclass(frozen=True)
class Law:
    """A formula with the rows it is to be evaluated at."""

    name: str
    formula: Formula
    X: np.ndarray


def laws(count: int) -> list[Law]:
    """So many of two hundred, spread evenly over them.

    >>> [law.name for law in laws(3)]
    ['I.6.2a', 'Strogatz: bar magnets, first pole', 'slope of I.32.17']
    """
    everything = two_hundred()
    places = np.linspace(0, len(everything) - 1, count).round().astype(int)
    return [everything[i] for i in places]


@cache
def two_hundred() -> list[Law]:
    """All of them."""
    return list(islice(_all(), 200))


def _all() -> Iterator[Law]:
    return chain(_of_collections(), _of_measurements(), _slopes())


def _of_collections() -> Iterator[Law]:
    for p in PROBLEMS.values():
        yield _law(p.name, p.columns, p.target, p.truth, p.lows, p.highs)


def _of_measurements() -> Iterator[Law]:
    for e in EXPERIMENTS.values():
        if e.law is not None:
            table = e.table()
            truth = parse(e.law, (*e.inputs, *e.constants))
            numbers = {Symbol(k): Float(v, 17) for k, v in e.constants.items()}
            lows, highs = table.X.min(0), table.X.max(0)
            yield _law(e.name, table.columns, e.target, truth.xreplace(numbers), lows, highs)


def _slopes() -> Iterator[Law]:
    """The derivative of each law by its first column, where that is left in it."""
    for p in PROBLEMS.values():
        slope = sympy.diff(p.truth, Symbol(p.columns[0]))
        if slope.has(Symbol(p.columns[0])):
            yield _law(f"slope of {p.name}", p.columns, f"d{p.target}", slope, p.lows, p.highs)


def _law(name: str, columns, target: str, truth: Expr, lows, highs) -> Law:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng(len(name) + len(columns))
    formula = _formula(tuple(columns), target, truth, rng)
    wide = 2 * np.maximum(np.abs(lows), np.abs(highs))
    near, far = (_rows(formula, *ends, rng) for ends in ((lows, highs), (-wide, wide)))
    return Law(name, formula, np.vstack([near, far]))


def _rows(formula: Formula, lows, highs, rng: np.random.Generator) -> np.ndarray:  # type: ignore[no-untyped-def]
    X = rng.uniform(lows, highs, (4 * ROWS, len(formula.columns)))
    return X[_sensitivity(formula, X) <= SENSITIVE][: ROWS // 2]


def _sensitivity(formula: Formula, X: np.ndarray) -> np.ndarray:
    """Relative change of the value over that of one input, the worst; 0 where there is no value."""
    value = formula.predict(X)
    steps = np.eye(X.shape[1]) * STEP
    with np.errstate(all="ignore"):
        changes = [np.abs(formula.predict(X * (1 + step)) / value - 1) / STEP for step in steps]
    worst = np.max(changes, axis=0)
    return np.where(np.isfinite(value), np.nan_to_num(worst, nan=np.inf), 0.0)


def _formula(columns: tuple[str, ...], target: str, truth: Expr, rng: np.random.Generator) -> Formula:
    """The law times a fitted number, every number that is not whole a constant."""
    factor = Constant(Symbol("c0"), float(rng.normal()), 0.0)
    numbers = sorted((n for n in truth.atoms(Float, Rational) if not isinstance(n, Integer)), key=str)
    constants = [_constant(f"c{k}", n) for k, n in enumerate(numbers, start=1)]
    places = {n: c.symbol for n, c in zip(numbers, constants, strict=True)}
    free = 1 + sum(c.exact is None for c in constants)
    template = factor.symbol * truth.xreplace(places)
    return Formula(columns, target, template, (factor, *constants), np.zeros((free, free)))


def _constant(name: str, number: Expr) -> Constant:
    return Constant(Symbol(name), float(number), 0.0, number if isinstance(number, Rational) else None)
