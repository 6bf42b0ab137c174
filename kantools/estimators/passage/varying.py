"""Inputs that never vary cannot matter, so the search does not see them; nobody is warned."""

from kantools.estimators.passage.back import Back
from kantools.estimators.passage.columns import ColumnsBack
from kantools.symbolic.trust.domain import Range
from kantools.table import Table, varying

__all__ = ["varying_columns"]


def varying_columns(table: Table) -> tuple[Table, Back]:
    """The table without inputs that never vary.

    Examples
    --------
    >>> import numpy as np
    >>> X = np.column_stack([np.full(5, 9.81), np.arange(5.0)])
    >>> inner, back = varying_columns(Table(("g", "t"), X, "s", X[:, 1] ** 2))
    >>> inner.columns, str(back.fixed[0])
    (('t',), 'g = 9.81')
    """
    kept = varying(table)
    fixed = [(c, float(x[0])) for c, x in zip(table.columns, table.X.T, strict=True) if c not in kept]
    return table.select(kept), ColumnsBack(table.columns, kept, tuple(Range(c, v, v) for c, v in fixed))
