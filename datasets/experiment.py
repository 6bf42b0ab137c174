"""Measured tables: what was measured, by whom, and the law that is accepted for it.

An experiment names its columns with their units, the column that is explained by the others, and where the
numbers come from. Where a law is accepted for it, the formula and the values of its constants stand next to
the data, with the relative deviation that the data show from it: a wrong digit would break that tolerance.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import numpy as np

from kantools.datasets.expression import evaluate, parse
from kantools.table import Table

__all__ = ["Experiment"]


@dataclass(frozen=True)
class Experiment:
    """A table of real measurements.

    Attributes
    ----------
    name, title : str
    inputs : mapping of str to str
        Unit of each input column, ``"1"`` for a pure number.
    target, unit : str
        The column to explain, and its unit.
    year : int
        When the numbers were published; the decade where only that is known.
    source : str
        Who measured it and where it was published.
    checked : str
        The public collection that the numbers were compared with, digit by digit.
    note : str
        What limits the accuracy.
    law : str or None
        The accepted law for the target, in the inputs and the constants.
    constants : mapping of str to float
        Accepted values of the constants, in the units of the table.
    given : tuple of str
        The constants that are known from elsewhere far better than this table could tell (defined ones,
        refractive indices of the surroundings); whoever fits the law holds them.
    fitted : bool
        True where theory leaves the constants open and their values are a least-squares fit to this very
        table (certified by NIST, or by whoever published it, or computed here).
    tolerance : float or None
        The rms deviation of the data from the law, relative to the rms of the target, stays below it.
    sigma : str or None
        The column with the standard error of the target.

    Examples
    --------
    >>> from kantools.datasets import EXPERIMENTS
    >>> planets = EXPERIMENTS["planets"]
    >>> planets.target, dict(planets.inputs)
    ('period', {'distance': 'au'})
    >>> planets.deviation() < 0.001
    True
    """

    name: str
    title: str
    inputs: Mapping[str, str]
    target: str
    unit: str
    year: int
    source: str
    checked: str
    note: str
    law: str | None = None
    constants: Mapping[str, float] = field(default_factory=dict)
    given: tuple[str, ...] = ()
    fitted: bool = False
    tolerance: float | None = None
    sigma: str | None = None

    def table(self) -> Table:
        """The measurements; columns of the file that are only labels are left out.

        >>> from kantools.datasets import EXPERIMENTS
        >>> planets = EXPERIMENTS["planets"].table()
        >>> planets.rows, planets.columns, dict(planets.units)
        (8, ('distance',), {'distance': 'au', 'period': 'year'})
        """
        columns = read(self.name)
        return Table(
            columns=tuple(self.inputs),
            X=np.column_stack([columns[name] for name in self.inputs]),
            target=self.target,
            y=columns[self.target],
            sigma=columns[self.sigma] if self.sigma else None,
            units={**self.inputs, self.target: self.unit},
        )

    @property
    def truth(self) -> Any:
        """The accepted law as a sympy expression in the inputs, its constants put in, or None.

        >>> from kantools.datasets import EXPERIMENTS
        >>> EXPERIMENTS["planets"].truth.evalf(4)
        1.0*distance**1.5
        """
        if self.law is None:
            return None
        law = parse(self.law, (*self.inputs, *self.constants))
        return law.subs({parse(k, (k,)): v for k, v in self.constants.items()})

    def evaluate(self, X: np.ndarray) -> np.ndarray:
        """What the accepted law says at the rows of X.

        Raises
        ------
        ValueError
            Where there is no accepted law.

        Examples
        --------
        >>> from kantools.datasets import EXPERIMENTS
        >>> EXPERIMENTS["planets"].evaluate(np.array([[4.0]])).round(3).tolist()
        [8.0]
        """
        if self.law is None:
            raise ValueError(f'"{self.name}" has no accepted law to evaluate; fit one to its table().')
        return evaluate(self.truth, tuple(self.inputs), X)

    def deviation(self) -> float:
        """Rms difference between data and accepted law, relative to the rms of the target.

        >>> from kantools.datasets import EXPERIMENTS
        >>> planets = EXPERIMENTS["planets"]
        >>> planets.deviation() < planets.tolerance
        True
        """
        table = self.table()
        return float(np.linalg.norm(table.y - self.evaluate(table.X)) / np.linalg.norm(table.y))


def read(name: str) -> dict[str, np.ndarray]:
    """The columns of a data file that hold numbers."""
    text = (files("kantools.datasets.data") / f"{name}.csv").read_text(encoding="utf-8")
    header, *rows = csv.reader(text.splitlines())
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    return {key: np.array(values, dtype=float) for key, values in columns.items() if is_numeric(values)}


def is_numeric(values: tuple[str, ...]) -> bool:
    """Whether every entry of a column reads as a number."""
    try:
        np.array(values, dtype=float)
    except ValueError:
        return False
    return True
