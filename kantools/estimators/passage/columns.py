"""Columns that the search does not see, and formulas that take them all the same."""

from dataclasses import dataclass, replace

from kantools.estimators.passage.back import Back
from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.domain import Range

__all__ = ["ColumnsBack"]


@dataclass(frozen=True)
class ColumnsBack(Back):
    """From some of the columns to all.

    Attributes
    ----------
    every, kept : tuple of str
        The columns before and behind the step.
    fixed : tuple of Range
        Those that never varied. They have a place in the formulas' domains: at another value nothing is known
        of the law.
    """

    every: tuple[str, ...]
    kept: tuple[str, ...]
    fixed: tuple[Range, ...] = ()

    def formula(self, formula: Formula) -> Formula:
        """The same, of all columns."""
        if formula.columns == self.every:
            return formula
        domain = formula.domain
        if domain is not None:
            domain = replace(domain, ranges=(*domain.ranges, *self.fixed))
        return replace(formula, columns=self.every, domain=domain)

    def known(self, formula: Formula) -> Formula | None:
        """The same, of the columns that were kept, where it needs no others."""
        needed = {s.name for s in formula.expression.free_symbols}
        return replace(formula, columns=self.kept) if needed <= set(self.kept) else None
