"""The lowest minimum that many first values lead to.

From first values that were told the nearest minimum is looked for, once as told and once with the constants
that enter linearly at their best. Where both end nowhere, or no first values were told, many are tried: those
that fit best after the linear constants are solved for are followed for some steps, the best of them to the
end. :mod:`kantools.symbolic.fit.settle` then takes the last digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kantools.errors import UserError
from kantools.symbolic.evaluate import Program
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.first_values import around, best_linear, spread
from kantools.symbolic.fit.least_squares import least_squares
from kantools.symbolic.fit.minimum import finished
from kantools.symbolic.fit.settle import Settled

__all__ = ["Separable", "lowest_minimum"]

Array = np.ndarray

TRIES, FOLLOWED, FINISHED = 200, 12, 3  # first values looked at, followed for some steps, to the end
SOME_STEPS, ALL_STEPS = 100, 1000


@dataclass(frozen=True)
class Separable:
    """A form with free constants, in some of which it is linear, and the rows that it is fitted to.

    Attributes
    ----------
    program : Program
    linear : boolean ndarray, shape (parameters,)
    data : Data

    Examples
    --------
    >>> from sympy import Symbol, exp
    >>> from kantools.symbolic.evaluate import compile_expression
    >>> from kantools.symbolic.fit.data import data_of
    >>> from kantools.table import Table
    >>> a, b, x = Symbol("a"), Symbol("b"), np.linspace(0.0, 2.0, 9)
    >>> data = data_of(Table(("x",), x[:, None], "y", 3 * np.exp(-2 * x)))
    >>> program = compile_expression(a * exp(-b * Symbol("x")), data.symbols, (a, b))
    >>> problem = Separable(program, np.array([True, False]), data)
    >>> problem.linear_solved(np.array([1.0, 2.0])).round(9).tolist()
    [3.0, 2.0]
    >>> problem.finish(np.array([1.0, 1.0])).values.round(9).tolist()
    [3.0, 2.0]
    """

    program: Program
    linear: Array
    data: Data

    def linear_solved(self, p: Array) -> Array:
        """These values with the constants that enter linearly at their best."""
        with np.errstate(all="ignore"):
            return best_linear(self.program, p, self.linear, self.data.X, self.data.y, self.data.weight)

    def loss(self, p: Array) -> float:
        """The sum of squared weighted residuals; infinite where the form is not real on some row."""
        with np.errstate(all="ignore"):
            residual = self.data.y - self.program.value(self.data.X, p)
            loss = float(np.sum(self.data.weight * residual**2))
        return loss if np.isfinite(loss) else np.inf

    def descend(self, p: Array, steps: int) -> Array:
        """So many steps downhill."""
        data = self.data
        return least_squares(self.program, p, data.X, data.y, data.weight, max_iterations=steps).values

    def finish(self, p: Array) -> Settled:
        """Down to the minimum and to its last digits."""
        return finished(self.program, p, self.data, ALL_STEPS)


def lowest_minimum(problem: Separable, start: Array) -> Settled:
    """The constants at the lowest minimum that was found.

    Parameters
    ----------
    problem : Separable
    start : ndarray, shape (parameters,)
        First values; NaN where none was told.

    Raises
    ------
    UserError
        For a form that is not real on some row whatever was tried.
    """
    ends: list[Settled] = []
    if np.isfinite(start).all():
        ends = [problem.finish(p) for p in _both(problem, start)]
    if not any(_sound(end) for end in ends):
        tried = [problem.linear_solved(p) for p in _first_values(problem, start)]
        ends += [problem.finish(p) for p in _best(problem, tried)]
    best = min(ends, key=lambda end: (end.rss, end.offset), default=None)
    if best is None or not np.isfinite(best.rss):
        raise UserError(
            "A form has to be real and finite on every row; it is not with any of the first values that were "
            "tried. Give first values with which it is, start={name: value}."
        )
    return best


def _both(problem: Separable, start: Array) -> list[Array]:
    """As told, and with the linear constants solved for, where that can be evaluated."""
    ways = [start, problem.linear_solved(start)] if problem.linear.any() else [start]
    return [p for p in ways if problem.loss(p) < np.inf]


def _sound(end: Settled) -> bool:
    return end.certain and not end.open.any()


def _first_values(problem: Separable, start: Array) -> Array:
    """Around what was told, and over many decades where nothing was."""
    told = np.isfinite(start)
    if told.all():
        return around(start, TRIES)
    tries = spread(len(start), problem.data.X, TRIES)
    return np.where(told, start, tries)


def _best(problem: Separable, tried: Sequence[Array]) -> list[Array]:
    """The few that lead furthest down."""
    real = [p for p in tried if problem.loss(p) < np.inf]
    begun = sorted(real, key=problem.loss)[:FOLLOWED]
    followed = [problem.descend(p, SOME_STEPS) for p in begun]
    return sorted(followed, key=problem.loss)[:FINISHED]
