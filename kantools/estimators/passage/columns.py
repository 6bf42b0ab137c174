"""Columns that the search does not see, and formulas that take them all the same."""

from dataclasses import dataclass, replace

from kantools.estimators.passage.back import Back
from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.domain import Range
from kantools.table import Table, varying

__all__ = ["ColumnsBack", "varying_columns"]


@dataclass(frozen=True)
class ColumnsBack(Back):
    """From the columns that were kept to all.

    Those that never varied, the fixed ones, have a place in the formulas' domains: at another value nothing
    is known of the law.
    """

    every: tuple[str, ...]
    kept: tuple[str, ...]
    fixed: tuple[Range, ...] = ()

    def formula(self, formula: Formula) -> Formula:
        if formula.columns == self.every:
            return formula
        domain = formula.domain
        if domain is not None:
            domain = replace(domain, ranges=(*domain.ranges, *self.fixed))
        return replace(formula, columns=self.every, domain=domain)

    def known(self, formula: Formula) -> Formula | None:
        needed = {s.name for s in formula.expression.free_symbols}
        return replace(formula, columns=self.kept) if needed <= set(self.kept) else None


def varying_columns(table: Table) -> tuple[Table, Back]:
    """The table without inputs that never vary: they cannot matter, and nobody is warned.

    >>> import numpy as np
    >>> X = np.column_stack([np.full(5, 9.81), np.arange(5.0)])
    >>> inner, back = varying_columns(Table(("g", "t"), X, "s", X[:, 1] ** 2))
    >>> inner.columns, str(back.fixed[0])
    (('t',), 'g = 9.81')
    """
    kept = varying(table)
    fixed = [(c, float(x[0])) for c, x in zip(table.columns, table.X.T, strict=True) if c not in kept]
    return table.select(kept), ColumnsBack(table.columns, kept, tuple(Range(c, v, v) for c, v in fixed))
