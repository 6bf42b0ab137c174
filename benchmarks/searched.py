"""One search of a table as its users start it, limited in effort, so that every machine answers alike."""

import warnings
from dataclasses import dataclass

from kantools import SymbolicRegressor
from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = ["Searched", "searched"]


@dataclass(frozen=True)
class Searched:
    """What a search gave.

    Attributes
    ----------
    formula : Formula
        The chosen one.
    effort : float
        What it took, in units of work.
    """

    formula: Formula
    effort: float

    @property
    def constant(self) -> bool:
        """Whether the formula is a constant: no column stands in it."""
        return not {str(s) for s in self.formula.expression.free_symbols} & set(self.formula.columns)


def searched(table: Table, effort: float, seed: int = 0) -> Searched:
    """Search with :class:`~kantools.SymbolicRegressor`, whose words about the table nobody reads here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = SymbolicRegressor(effort=effort, random_state=seed).fit_table(table)
    return Searched(model.formula_, model.discovery_.seconds)
