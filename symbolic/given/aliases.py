"""Frequencies that rows at equal distances cannot tell apart, and the lowest of them.

On rows ``x = x0 + m h`` a phase ``w x + p`` gives the same sines as ``(w - 2πk/h) x + p + 2πk x0/h``,
whatever the whole number ``k``. A search among many first values may end at any of these; people mean the
lowest.

Source: C. E. Shannon, "Communication in the presence of noise", *Proceedings of the IRE* 37 (1949) 10.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sympy import Expr, Symbol, cos, preorder_traversal, sin

from kantools.symbolic.fit.many_starts import Separable
from kantools.symbolic.fit.settle import Settled
from kantools.symbolic.given.form import GivenForm

__all__ = ["lowest_frequencies"]

Array = np.ndarray
EQUAL = 1e-9  # of a step: by so much may a row lie beside its place
AS_LOW = 1.001  # times the sum of squares: phases of many turns are rounded, as those of Unix times are
ROUNDING = 1e-24  # of the target's sum of squares: less is nothing


@dataclass(frozen=True)
class Frequency:
    """A constant that multiplies a column in a phase: its place, that of the shift beside it, and the grid.

    Attributes
    ----------
    place : int
    shift : int or None
        None where the phase has no constant of its own.
    first, step : float
        Of the column.
    """

    place: int
    shift: int | None
    first: float
    step: float

    def lowest(self, values: Array) -> Array:
        """The constants with the frequency nearest to zero that gives the same phases, and positive."""
        turn, w = 2 * np.pi / self.step, values[self.place]
        low = w - turn * np.round(w / turn)
        values = values.copy()
        values[self.place] = abs(low)
        if self.shift is not None:
            shift = values[self.shift] + (w - low) * self.first
            values[self.shift] = np.copysign(1.0, low) * (shift - 2 * np.pi * np.round(shift / (2 * np.pi)))
        return values


def lowest_frequencies(given: GivenForm, problem: Separable, end: Settled) -> tuple[Settled, tuple[str, ...]]:
    """The same minimum with each frequency the lowest that gives the same values; which ones were changed.

    A frequency that was told a first value stays.

    Examples
    --------
    >>> from kantools.symbolic.evaluate import compile_expression
    >>> from kantools.symbolic.fit.data import data_of
    >>> from kantools.symbolic.given.form import read_form
    >>> from kantools.table import Table
    >>> hours = np.arange(24.0)
    >>> table = Table(("t",), hours[:, None], "y", 2 * np.sin(0.26 * hours + 1))
    >>> given, data = read_form("a*sin(w*t + p)", table, {}), data_of(table)
    >>> program = compile_expression(given.template, data.symbols, given.free)
    >>> problem = Separable(program, np.array([True, False, False]), data)
    >>> end, changed = lowest_frequencies(given, problem, problem.finish(np.array([2, 1, 0.26 + 12 * np.pi])))
    >>> end.values.round(6).tolist(), changed
    ([2.0, 1.0, 0.26], ('w',))
    """
    changed: list[str] = []
    for frequency in _frequencies(given, problem):
        start = frequency.lowest(end.values)
        if abs(end.values[frequency.place]) * frequency.step <= np.pi or not problem.loss(start) < np.inf:
            continue
        other = problem.finish(problem.linear_solved(start))
        least = ROUNDING * float(np.sum(problem.data.weight * problem.data.y**2))
        if other.rss <= max(AS_LOW * end.rss, least):
            end = other
            changed.append(given.free[frequency.place].name)
    return end, tuple(changed)


def _frequencies(given: GivenForm, problem: Separable) -> Iterator[Frequency]:
    """Constants without a first value that multiply a column of equal steps in a phase."""
    phases = [p.args[0] for p in preorder_traversal(given.free_template) if p.func in (sin, cos)]
    for column, x in zip(problem.data.symbols, problem.data.X.T, strict=True):
        if (step := _step(x)) is None:
            continue
        for phase in phases:
            place = _place(phase.expand().coeff(column), given.free)
            if place is not None and np.isnan(given.first_values[place]):
                shift = _place(phase.expand().coeff(column, 0), given.free)
                yield Frequency(place, shift, float(x.min()), step)


def _place(part: Expr, constants: Sequence[Symbol]) -> int | None:
    return constants.index(part) if part in constants else None


def _step(x: Array) -> float | None:
    """The distance of which all distances are multiples; None where there is none but rounding."""
    places = np.unique(x)
    if len(places) < 3:
        return None
    step = float(np.diff(places).min())
    number = (places - places[0]) / step
    return step if np.abs(number - np.round(number)).max() < EQUAL * number[-1] else None
