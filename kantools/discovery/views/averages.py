"""Averages of neighbouring rows: a few rows that know as much of a smooth law as many noisy ones.

Where dimensional analysis leaves one or two columns, thousands of rows crowd in a small space, and those that
lie together say the same thing. Rows are parted into cells of equally many, again and again at the median of
the column in which a cell is widest; the mean of a cell has less noise by the root of its rows, and no link
need be taken of a noisy number: the logarithm of a mean exists, and is not shifted, where that of a row is.

Within a cell a curved law is not its value at the middle. A polynomial takes the curvature away before the
mean is formed and puts its own value at the middle in its place. No polynomial follows ``1/x`` to its pole:
a single column is turned over first where that makes the curve smoother.

Source: J. H. Friedman, J. L. Bentley & R. A. Finkel, "An algorithm for finding best matches in logarithmic
expected time", ACM Transactions on Mathematical Software 3 (1977) 209-226, for the cells.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from kantools.discovery.surrogates.polynomial import polynomials
from kantools.discovery.views.rows import Rows
from kantools.discovery.views.upright import smoother_turned

__all__ = ["averaged"]

Array = np.ndarray
DEGREE = 4  # of the polynomial: higher ones swing where rows are few


def averaged(rows: Rows, most: int) -> Rows:
    """As many means of neighbouring rows at most; the rows themselves where there are no more.

    Parameters
    ----------
    rows : Rows
    most : int
        Cells.

    Returns
    -------
    Rows
        The weight of each is the sum of its rows' weights.

    Examples
    --------
    >>> x = np.linspace(1, 2, 4000)
    >>> y = x**2 + np.random.default_rng(0).normal(size=4000)
    >>> few = averaged(Rows(x[:, None], y, np.ones(4000), 1.0), 10)
    >>> few.weight.tolist() == [400.0] * 10, bool(np.abs(few.y - few.X[:, 0] ** 2).max() < 0.15)
    (True, True)
    """
    if len(rows.y) <= most or not rows.X.shape[1]:
        return rows
    if rows.X.shape[1] == 1 and smoother_turned(rows.X[:, 0], rows.y, rows.weight):
        few = _means(replace(rows, X=1 / rows.X), most)
        return replace(few, X=1 / few.X)
    return _means(rows, most)


def _means(rows: Rows, most: int) -> Rows:
    """The mean of each cell, but for the curvature."""
    cells = list(_cells(rows.X / np.maximum(rows.X.std(axis=0), 1e-300), most))
    cell = np.empty(len(rows.y), dtype=int)
    for k, members in enumerate(cells):
        cell[members] = k
    weight = np.bincount(cell, rows.weight)

    def mean(values: Array) -> Array:
        return np.array(np.bincount(cell, rows.weight * values) / weight)

    X = np.stack([mean(x) for x in rows.X.T], axis=1)
    bend = _bend(rows, X)
    return replace(rows, X=X, y=mean(rows.y - bend[0]) + bend[1], weight=weight)


def _cells(X: Array, most: int) -> Iterator[Array]:
    """Rows that lie together, about equally many in each cell."""
    parts = [(np.arange(len(X)), most)]
    while parts:
        members, cells = parts.pop()
        if cells == 1:
            yield members
            continue
        wide = int(np.argmax(np.ptp(X[members], axis=0)))
        order = members[np.argsort(X[members, wide], kind="stable")]
        first = cells // 2
        cut = round(len(order) * first / cells)
        parts += [(order[cut:], cells - first), (order[:cut], first)]


def _bend(rows: Rows, middles: Array) -> tuple[Array, Array]:
    """A polynomial of all rows: its values on the rows and in the middle of the cells."""
    found = list(islice(polynomials(rows.X, rows.y, rows.weight), DEGREE))
    if not found:
        return np.zeros(len(rows.y)), np.zeros(len(middles))
    return found[-1].value(rows.X), found[-1].value(middles)
