"""Laws of one column that everybody has fitted once, with constants drawn anew for each table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import sympy
from sympy import Symbol

from kantools.symbolic.evaluate import Program, compile_expression
from kantools.table import Table

__all__ = ["LAWS", "Draw", "Law"]

Array = np.ndarray
IDLE = (1.0, 3.0)  # the range of a column that tells nothing


@dataclass(frozen=True)
class Law:
    """A form of one column ``x``.

    Attributes
    ----------
    name : str
    text : str
        In ``x`` and the constants.
    constants : mapping of str to (float, float)
        Ranges that they are drawn from; one over more than a factor of 10 by its logarithm.
    low, high : float
        Of ``x``.
    """

    name: str
    text: str
    constants: Mapping[str, tuple[float, float]]
    low: float = 0.1
    high: float = 10.0

    @cached_property
    def program(self) -> Program:
        form = sympy.sympify(self.text, {name: Symbol(name) for name in (*self.constants, "x")})
        return compile_expression(form, [Symbol("x")], [Symbol(c) for c in self.constants])

    def __call__(self, x: Array, values: Array) -> Array:
        return self.program.value(x[:, None], values)

    def draw(self, rows: int, noise: float, idle: int, told: bool, rng: np.random.Generator) -> "Draw":
        """A table of it: noise as a share of the target's standard deviation, beside idle columns.

        >>> drawn = LAWS[0].draw(20, 0.02, 1, True, np.random.default_rng(0))
        >>> drawn.table.columns, drawn.table.rows, drawn.table.sigma is not None
        (('x', 'z1'), 20, True)
        """
        values = np.array([_drawn(*ends, rng) for ends in self.constants.values()])
        x = rng.uniform(self.low, self.high, rows)
        clean = self(x, values)
        sigma = noise * float(clean.std())
        y = clean + sigma * rng.normal(size=rows)
        X = np.column_stack([x, rng.uniform(*IDLE, (rows, idle))])
        names = ("x", *(f"z{k + 1}" for k in range(idle)))
        return Draw(self, values, Table(names, X, "y", y, sigma=np.full(rows, sigma) if told else None))


@dataclass(frozen=True)
class Draw:
    """A table of a law with these constants."""

    law: Law
    values: Array
    table: Table


def _drawn(low: float, high: float, rng: np.random.Generator) -> float:
    if low > 0 and high > 10 * low:
        return float(np.exp(rng.uniform(np.log(low), np.log(high))))
    return float(rng.uniform(low, high))


SIZE, BASE, PLACE = (1.0, 9.0), (0.5, 3.0), (3.0, 7.0)
TURN = (0.0, 6.28)
KELVIN = (250.0, 400.0)

#: Nine that the house was asked for, then nine more.
LAWS = (
    Law("exponential decay", "a*exp(-k*x)", {"a": SIZE, "k": (0.2, 1.5)}),
    Law("saturation", "a*x/(k + x)", {"a": SIZE, "k": (0.5, 5.0)}),
    Law("logistic", "a/(1 + exp(-k*(x - m)))", {"a": SIZE, "k": (0.8, 3.0), "m": PLACE}),
    Law("Gaussian", "a*exp(-(x - m)**2/(2*s**2))", {"a": SIZE, "m": PLACE, "s": (0.5, 2.0)}),
    Law("Hill", "a*x**n/(k**n + x**n)", {"a": SIZE, "k": (2.0, 6.0), "n": (1.5, 4.0)}),
    Law("Arrhenius", "a*exp(-e/x)", {"a": (1e2, 1e6), "e": (1000.0, 6000.0)}, *KELVIN),
    Law("power with offset", "a*x**n + b", {"a": (0.2, 2.0), "n": (0.3, 2.7), "b": BASE}),
    Law("exponential with offset", "a*exp(-k*x) + b", {"a": SIZE, "k": (0.2, 1.5), "b": BASE}),
    Law("logarithm", "a*log(x) + b", {"a": (0.5, 3.0), "b": BASE}),
    Law(
        "Gaussian with baseline",
        "a*exp(-(x - m)**2/(2*s**2)) + b",
        {"a": SIZE, "m": PLACE, "s": (0.5, 2.0), "b": BASE},
    ),
    Law(
        "Lorentzian with baseline",
        "a/(1 + ((x - m)/s)**2) + b",
        {"a": SIZE, "m": PLACE, "s": (0.5, 2.0), "b": BASE},
    ),
    Law("damped sine", "a*exp(-k*x)*sin(w*x + p)", {"a": SIZE, "k": (0.1, 0.5), "w": (2.0, 8.0), "p": TURN}),
    Law("sine with offset", "a*sin(w*x + p) + b", {"a": SIZE, "w": (1.0, 6.0), "p": TURN, "b": BASE}),
    Law("two decays", "a*exp(-k*x) + c*exp(-q*x)", {"a": SIZE, "k": (2.0, 6.0), "c": SIZE, "q": (0.1, 0.4)}),
    Law("broken line", "a + b*x + c*Abs(x - d)", {"a": BASE, "b": (-1.0, 1.0), "c": (0.3, 1.5), "d": PLACE}),
    Law("saturating exponential", "a*(1 - exp(-k*x))", {"a": SIZE, "k": (0.2, 1.5)}),
    Law("rise and decay", "a*x*exp(-k*x)", {"a": SIZE, "k": (0.3, 1.5)}),
    Law("hyperbolic tangent", "a*tanh(k*x)", {"a": SIZE, "k": (0.15, 0.8)}),
)
