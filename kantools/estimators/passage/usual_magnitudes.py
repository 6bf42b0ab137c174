"""Tables of very large or very small numbers are searched in units in which they are neither."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kantools.errors import TableError
from kantools.estimators.passage.back import Back
from kantools.estimators.passage.comfortable import comfortable
from kantools.estimators.passage.magnitudes import Magnitudes
from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.domain import domain_of
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.discovery import Discovery

__all__ = ["usual_magnitudes"]

#: Relative difference of values in the two units that is rounding.
CLOSE = 1e-9


def usual_magnitudes(table: Table) -> tuple[Table, Back]:
    """The table in units in which its numbers and their squares are floats."""
    searched, magnitudes = comfortable(table)
    return searched, Back() if magnitudes.plain else MagnitudesBack(table, magnitudes)


@dataclass(frozen=True)
class MagnitudesBack(Back):
    """Into the units of the table; networks, which are not in these, are left behind.

    A formula that cannot be evaluated there, because a part of it is no float, is left out.
    """

    table: Table
    magnitudes: Magnitudes

    def formula(self, formula: Formula) -> Formula:
        """The same in the units of the table."""
        return self.magnitudes.formula(formula)

    def known(self, formula: Formula) -> Formula:
        """The same in the units of the search."""
        return self.magnitudes.inverse.formula(formula)

    def __call__(self, found: "Discovery") -> "Discovery":
        told = {id(f): self._tried(f) for f in found.front}
        front = tuple(f for f in told.values() if f is not None)
        if not front:
            raise TableError(
                f"A law is evaluated in floats, from 1e-308 to 1e308; those of these columns "
                f"({', '.join(self.table.columns)}) are not. Change their units."
            )
        chosen = told.get(id(found.chosen)) or min(front, key=lambda f: f.description_length)
        scale = found.scale if self.magnitudes.known else float(np.ldexp(found.scale, self.magnitudes.target))
        bare = replace(found, network=None, activations=None, snapped={})
        return replace(bare, front=front, chosen=chosen, scale=scale)

    def _tried(self, formula: Formula) -> Formula | None:
        """The formula in the units of the table, where it says the same of the rows there."""
        found, table = self.formula(formula), self.table
        with np.errstate(all="ignore"):
            meant = np.ldexp(formula.predict(self.magnitudes.divided(table.X)), self.magnitudes.target)
            off = np.abs(found.predict(table.X) / 2 - meant / 2)  # a difference of floats may be none
            if not (off <= CLOSE * np.abs(meant / 2).max()).all():
                return None
            return replace(found, domain=domain_of(found.expression, found.columns, table.X))
