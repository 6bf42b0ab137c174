"""Laws whose truth is known, to be sampled at will.

A problem is a formula with the range of each column. ``sample`` draws a table from it, with SRBench's noise
if asked for; ``truth`` is the expression that a search should find; ``evaluate`` is the clean law.
How inputs are drawn is a function of its own: uniformly within the ranges, or along the trajectories of a
differential equation (:mod:`kantools.datasets.trajectory`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kantools.datasets.expression import evaluate, parse
from kantools.table import Table

__all__ = ["Problem", "uniform"]

ROUNDS = 200  # of drawing again where the law is not finite


@dataclass(frozen=True)
class Problem:
    """A law with known truth.

    Attributes
    ----------
    name, title : str
    target : str
        Name of what the law gives.
    formula : str
        The law, in the columns.
    columns : tuple of str
    lows, highs : tuple of float
        Range of each column.
    units : mapping of str to str
        Units of the columns and of the target, ``"1"`` for a pure number; empty where the law has none.
    source : str
        Where the law and its ranges come from.
    draw : callable
        ``draw(problem, rows, rng)`` gives that many rows of inputs; :func:`uniform` by default.

    Examples
    --------
    >>> from kantools.datasets import problem
    >>> law = problem("I.12.1")
    >>> law.truth, law.units["Nn"]
    (Nn*mu, 'kg*m/s**2')
    >>> table = law.sample(100, noise=0.01, seed=0)
    >>> table.rows, table.columns
    (100, ('mu', 'Nn'))
    """

    name: str
    title: str
    target: str
    formula: str
    columns: tuple[str, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    source: str
    units: Mapping[str, str] = field(default_factory=dict)
    draw: "Callable[[Problem, int, np.random.Generator], np.ndarray] | None" = None

    @property
    def truth(self) -> Any:
        """The law as a sympy expression, its columns plain symbols.

        >>> from kantools.datasets import problem
        >>> problem("I.12.1").truth
        Nn*mu
        """
        return parse(self.formula, self.columns)

    def evaluate(self, X: np.ndarray) -> np.ndarray:
        """The law without noise at the rows of X; nan where it is not a finite real number.

        >>> from kantools.datasets import problem
        >>> law = problem("I.12.1")
        >>> law.columns, law.evaluate(np.array([[0.5, 4.0]])).tolist()
        (('mu', 'Nn'), [2.0])
        """
        y = evaluate(self.truth, self.columns, X)
        return np.where(np.isfinite(y), y, np.nan)

    def sample(self, rows: int, *, noise: float = 0.0, seed: int | np.random.Generator) -> Table:
        """A table of the law.

        Parameters
        ----------
        rows : int
        noise : float
            SRBench's γ: normal noise of standard deviation ``γ * sqrt(mean(y**2))`` is added to the target.
        seed : int or numpy Generator

        Returns
        -------
        Table
            Every row finite: where the law is not, inputs are drawn again. Its ``sigma`` is None, because a
            measured table would not know it either.

        Raises
        ------
        ValueError
            For less than one row, negative noise, and a law that is finite nowhere in its ranges.

        Examples
        --------
        >>> from kantools.datasets import problem
        >>> clean = problem("I.12.1").sample(200, seed=0)
        >>> noisy = problem("I.12.1").sample(200, noise=0.1, seed=0)
        >>> bool(0.08 < np.std(noisy.y - clean.y) / np.sqrt(np.mean(clean.y**2)) < 0.12)
        True
        >>> problem("I.12.1").sample(0, seed=0)
        Traceback (most recent call last):
            ...
        ValueError: A sample has at least one row; got rows=0.
        """
        if rows < 1:
            raise ValueError(f"A sample has at least one row; got rows={rows}.")
        if noise < 0:
            raise ValueError(f"Noise is a fraction of the target's rms, 0 or more; got noise={noise}.")
        rng = np.random.default_rng(seed)
        X = self._finite(rows, rng)
        y = self.evaluate(X)
        if noise > 0:
            y = y + rng.normal(0.0, noise * np.sqrt(np.mean(y**2)), rows)
        return Table(self.columns, X, self.target, y, units=dict(self.units))

    def _finite(self, rows: int, rng: np.random.Generator) -> np.ndarray:
        """Inputs at which the law is finite."""
        draw = self.draw or uniform
        X = draw(self, rows, rng)
        for _ in range(ROUNDS):
            bad = np.flatnonzero(~np.isfinite(self.evaluate(X)))
            if len(bad) == 0:
                return X
            X[bad] = draw(self, len(bad), rng)
        raise ValueError(
            f'The law of "{self.name}" has to be finite somewhere in its ranges; after {ROUNDS} draws it '
            f"still was not for {len(bad)} of {rows} rows. Narrow the ranges."
        )


def uniform(problem: Problem, rows: int, rng: np.random.Generator) -> np.ndarray:
    """Inputs drawn uniformly and independently within the ranges.

    Examples
    --------
    >>> from kantools.datasets import PROBLEMS
    >>> uniform(PROBLEMS["I.12.1"], 5, np.random.default_rng(0)).shape
    (5, 2)
    """
    return rng.uniform(problem.lows, problem.highs, (rows, len(problem.columns)))
