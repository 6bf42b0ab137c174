"""The way through all steps: into the table that is searched, and undone in reverse."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import TYPE_CHECKING

from kantools.estimators.passage.back import Back, Step
from kantools.estimators.passage.columns import varying_columns
from kantools.estimators.passage.comfortable import comfortable
from kantools.estimators.passage.distinct import distinct_rows
from kantools.estimators.passage.relevant import relevant_columns
from kantools.estimators.passage.twice import columns_once
from kantools.symbolic.formula import Formula
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.discovery import Discovery, Progress

__all__ = ["Way", "steps", "way_into"]


def steps(seed: int) -> tuple[Step, ...]:
    """Those of every search; the seed is that of the order of the rows."""
    return varying_columns, columns_once, partial(distinct_rows, seed=seed), relevant_columns, comfortable


@dataclass(frozen=True)
class Way:
    """A table behind some steps, and the ways back, in the order of the steps.

    >>> import numpy as np
    >>> from sympy import Symbol
    >>> X = np.column_stack([np.full(5, 9.81), np.arange(5.0)])
    >>> way = way_into(Table(("g", "t"), X, "s", X[:, 1] ** 2), steps(seed=0))
    >>> inner = Formula(("t",), "s", Symbol("t") ** 2)
    >>> way.formula(inner).columns, way.known([way.formula(inner)])[0].columns
    (('g', 't'), ('t',))
    """

    table: Table
    backs: tuple[Back, ...] = ()

    def back(self, found: "Discovery") -> "Discovery":
        """What was found, in the terms of the table that the way began with."""
        return reduce(lambda d, back: back(d), reversed(self.backs), found)

    def formula(self, formula: Formula) -> Formula:
        """The same for one formula."""
        return reduce(lambda f, back: back.formula(f), reversed(self.backs), formula)

    def known(self, formulas: Iterable[Formula]) -> tuple[Formula, ...]:
        """Formulas of the table that the way began with, as far as they have a meaning at its end."""
        for back in self.backs:
            formulas = [f for f in map(back.known, formulas) if f is not None]
        return tuple(formulas)

    def telling(self, show: "Callable[[Progress], None] | None") -> "Callable[[Progress], None] | None":
        """What shows the progress of a search, told of formulas in the user's terms."""
        if show is None:
            return None
        told: dict[int, tuple[Formula, Formula]] = {}

        def outer(formula: Formula) -> Formula:
            if id(formula) not in told:  # kept beside its translation, so that no other one gets its id
                told[id(formula)] = formula, self.formula(formula)
            return told[id(formula)][1]

        return lambda p: show(
            replace(p, best=p.best and outer(p.best), formulas=tuple(map(outer, p.formulas)))
        )


def way_into(table: Table, steps: Sequence[Step]) -> Way:
    """The way of a table through these steps."""
    return reduce(_further, steps, Way(table))


def _further(way: Way, step: Step) -> Way:
    table, back = step(way.table)
    return Way(table, (*way.backs, back))
