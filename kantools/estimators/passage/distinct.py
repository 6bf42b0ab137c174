"""The same measurements in the same order, however they were listed."""

from dataclasses import replace

import numpy as np

from kantools.estimators.passage.back import Back
from kantools.table import Table

__all__ = ["distinct", "distinct_rows"]


def distinct_rows(table: Table, seed: int) -> tuple[Table, Back]:
    """The step: a formula of these rows is one of the table."""
    return distinct(table, seed), Back()


def distinct(table: Table, seed: int = 0) -> Table:
    """Every measurement once: repeated rows become weights, rows of weight zero disappear.

    What is learned then depends neither on the order of the rows nor on whether a measurement that counts
    twice is listed twice or has weight 2.

    Parameters
    ----------
    table : Table
    seed : int
        Of the order of the rows, which is a random one, so that any block of rows is a fair sample.

    Examples
    --------
    >>> x = np.array([3.0, 1.0, 3.0, 2.0])
    >>> once = distinct(Table(("x",), x[:, None], "y", x**2, weight=np.array([1.0, 1.0, 1.0, 0.0])))
    >>> sorted(zip(once.y.tolist(), once.weight.tolist()))
    [(1.0, 1.0), (9.0, 2.0)]
    """
    weight = np.ones(table.rows) if table.weight is None else np.asarray(table.weight, dtype=float)
    table, weight = table.take(weight > 0), weight[weight > 0]
    given = (table.X, table.y, table.sigma, table.x_sigma)
    parts = [v.reshape(table.rows, -1) for v in given if v is not None]
    _, first, group = np.unique(np.hstack(parts), axis=0, return_index=True, return_inverse=True)
    total = np.bincount(group.ravel(), weights=weight)
    order = np.random.default_rng(seed).permutation(len(first))
    kept = replace(table.take(first), weight=None if (total == 1).all() else total)
    return kept.take(order)
