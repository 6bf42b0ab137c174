"""Do 95 % prediction intervals hold 95 % of new measurements?

Tables of known laws are drawn many times, each is fitted, and of new measurements of the same kind it is
counted how many lie in their intervals. Formulas are refitted in their known form.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import sympy
from sympy import Expr, Symbol

from kantools.symbolic.data import Data, data_of
from kantools.symbolic.draft import fit_draft
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.polish import covariance
from kantools.symbolic.new_measurement import scatter_of
from kantools.table import Table

LEVEL, NEW = 0.95, 50
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
SCATTERS = ("constant", "relative", "given", "given, new ones too")


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
        "relative": 0.1 * np.abs(clean),
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
    if scatter != "relative":
        return formula
    return _formula(law, data.relative(formula.predict(seen.X)), start, seen.target)


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
