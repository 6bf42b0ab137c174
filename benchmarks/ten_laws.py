"""Ten laws with constants, of one to three columns, that the benchmarks of errors share."""

from dataclasses import dataclass

import numpy as np
import sympy
from sympy import Expr, Symbol

from kantools.datasets.expression import parse
from kantools.table import Table

__all__ = ["LAWS", "Law"]


@dataclass(frozen=True)
class Law:
    """A formula whose constants have true values.

    Attributes
    ----------
    name, formula : str
    ranges : mapping of str to (float, float)
        Of the columns.
    constants : mapping of str to float
    """

    name: str
    formula: str
    ranges: dict[str, tuple[float, float]]
    constants: dict[str, float]

    @property
    def template(self) -> Expr:
        """In the columns and the names of the constants."""
        return parse(self.formula, (*self.ranges, *self.constants))

    @property
    def truth(self) -> Expr:
        return self.template.subs({Symbol(k): v for k, v in self.constants.items()})

    def clean(self, rows: int, rng: np.random.Generator) -> Table:
        """Rows without noise, drawn uniformly within the ranges."""
        low, high = np.array(list(self.ranges.values())).T
        X = rng.uniform(low, high, (rows, len(low)))
        y = sympy.lambdify([Symbol(c) for c in self.ranges], self.truth, "numpy")(*X.T)
        return Table(tuple(self.ranges), X, "y", np.asarray(y, dtype=float))


LAWS = (
    Law("fall", "h - g*t**2/2", {"t": (0, 1.4)}, {"h": 12.0, "g": 9.81}),
    Law("cooling", "a + b*exp(-k*t)", {"t": (0, 8)}, {"a": 21.0, "b": 60.0, "k": 0.45}),
    Law("Michaelis-Menten", "V*s/(K + s)", {"s": (0.1, 6)}, {"V": 2.1, "K": 0.8}),
    Law("Arrhenius", "A*exp(-E/T)", {"T": (0.5, 3)}, {"A": 3.2, "E": 1.7}),
    Law("electrode", "e + n*log(c)", {"c": (0.05, 5)}, {"e": 0.8, "n": 0.257}),
    Law("oscillation", "a*cos(w*t) + b", {"t": (0, 5)}, {"a": 1.5, "w": 2.3, "b": 0.7}),
    Law("allometry", "a*m**p", {"m": (0.5, 20)}, {"a": 3.4, "p": 0.74}),
    Law("Coulomb", "k*q*Q/r**2", {"q": (1, 3), "Q": (1, 3), "r": (1, 4)}, {"k": 8.99}),
    Law("drag", "a*v + b*v**2*s", {"v": (1, 10), "s": (0.5, 2)}, {"a": 1.3, "b": 0.62}),
    Law("lens", "x*f/(x - f) + d*z", {"x": (3, 9), "z": (0, 5)}, {"f": 1.7, "d": 0.35}),
)
