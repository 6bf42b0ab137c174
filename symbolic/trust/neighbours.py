"""Which rows lie beside which: along a column, or nearest in several."""

import numpy as np
from scipy.spatial import KDTree

__all__ = ["Array", "neighbours"]

Array = np.ndarray


def neighbours(X: Array, most: int = 1) -> tuple[Array, Array]:
    """Pairs of rows that lie beside each other, rows with equal numbers being one.

    Parameters
    ----------
    X : ndarray, shape (rows, columns)
        One column: each row and the next one along it. Several, each scaled to its range: each row and the
        nearest other ones.
    most : int
        How many of the nearest.

    Examples
    --------
    >>> [rows.tolist() for rows in neighbours(np.array([[3.0], [1.0], [3.0], [2.0]]))]
    [[1, 3], [3, 0]]
    >>> [rows.tolist() for rows in neighbours(np.array([[0.0, 0.0], [0.0, 0.9], [1.0, 0.0], [1.0, 0.8]]))]
    [[0, 1, 2, 3], [1, 0, 3, 2]]
    """
    if X.shape[1] == 1:
        _, first = np.unique(X[:, 0], return_index=True)
        return first[:-1], first[1:]
    _, first = np.unique(X, axis=0, return_index=True)
    size = np.ptp(X, axis=0)
    distinct = X[first] / np.where(size > 0, size, 1.0)
    count = min(most + 1, len(first))
    _, near = KDTree(distinct).query(distinct, k=[*range(1, count + 1)])
    return np.repeat(first, count - 1), first[near[:, 1:].ravel()]
