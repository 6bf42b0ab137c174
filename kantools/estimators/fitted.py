"""What the search of a table has left: the noun between the estimator and all that is done with it.

A model of one target has one :class:`Fitted`, a model of several targets one for each. Pictures, reports,
exports and files are made of it; none of them knows the estimator.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from kantools.symbolic.formula import Formula
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.discovery import Discovery
    from kantools.discovery.memory import Memory

__all__ = ["Fitted"]


@dataclass(frozen=True)
class Fitted:
    """What is left of the search of one target.

    Attributes
    ----------
    discovery : Discovery
        In the table's own columns and units.
    table : Table or None
        The rows; None in what was pickled or saved, which does not have them.
    units : mapping of str to str
        Of columns and target, told to the search or labels of the table.
    seed : int or None
        Of the search; None in a file, but for several targets.
    outliers : ndarray of bool, shape (rows,), or None
        The rows that lie far off the law; None under squared errors, where no row is one.
    memory : Memory or None
        What was tried, for a search that goes on.

    Examples
    --------
    >>> from kantools import SymbolicRegressor, load
    >>> model = SymbolicRegressor(primitives=["square"], time_limit=2, random_state=0).fit_table(load("ohm"))
    >>> model.fitted_.columns, model.fitted_.target, model.fitted_.seed, model.fitted_.table.rows
    (('length',), 'current', 0, 8)
    """

    discovery: "Discovery"
    table: Table | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    seed: int | None = None
    outliers: np.ndarray | None = None
    memory: "Memory | None" = None

    @property
    def formula(self) -> Formula:
        """The chosen one."""
        return self.discovery.chosen

    @property
    def front(self) -> tuple[Formula, ...]:
        """All of them, by rising complexity."""
        return self.discovery.front

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the inputs."""
        return self.formula.columns

    @property
    def target(self) -> str:
        """Its name."""
        return self.formula.target

    @property
    def rivals(self) -> tuple[Formula, ...]:
        """Those that the data cannot tell from the chosen one."""
        return self.discovery.rivals

    def with_formulas(self, front: Sequence[Formula], chosen: Formula, rivals: Sequence[Formula]) -> "Fitted":
        """The same with other formulas, or with another one chosen."""
        found = replace(self.discovery, front=tuple(front), chosen=chosen, rivals=tuple(rivals))
        return replace(self, discovery=found)

    def choosing(self, formula: Formula) -> "Fitted":
        """The same with another of its formulas chosen, where there are no rows to ask.

        Where that is a rival, the formula that it takes the place of is now one of its rivals; of the rivals
        of any other formula nothing is known.
        """
        front = self.front if formula in self.front else (*self.front, formula)
        tied = (self.formula, *self.rivals)
        rivals = [f for f in tied if f is not formula] if formula in tied else []
        by_length = sorted(rivals, key=lambda f: f.description_length)
        return self.with_formulas(sorted(front, key=lambda f: f.complexity), formula, by_length)

    def without_rows(self) -> "Fitted":
        """What is pickled: not the rows, nor what was tried on them, nor programs of formulas."""
        fresh = {f: replace(f) for f in (*self.front, self.formula, *self.rivals)}
        front, rivals = ([fresh[f] for f in formulas] for formulas in (self.front, self.rivals))
        return replace(self.with_formulas(front, fresh[self.formula], rivals), table=None, memory=None)
