"""Products of Jacobians of which every row is zero but for a few neighbouring entries of each edge.

A local basis has ``degree + 1`` functions that are not zero at a point, however fine its grid: an edge's
columns are kept as those few values and where they begin. ``J'J`` then costs ``rows * (edges * few)^2``
instead of ``rows * (edges * intervals)^2``.
"""

import numpy as np

from kantools.kernels.compiled import compiled, fused

__all__ = ["add_gram", "add_product", "extents", "gather"]


@compiled
def extents(features: np.ndarray, starts: np.ndarray) -> int:
    """Where the entries that are not zero begin, and the most there are of them from there on.

    Parameters
    ----------
    features : ndarray, shape (rows, inputs, k)
    starts : ndarray of int, shape (inputs, rows)
        Receives the place of the first, 0 where all are zero.
    """
    rows, inputs, k = features.shape
    widest = 1
    for n in range(rows):
        for i in range(inputs):
            first, last = 0, k - 1
            while first < k and features[n, i, first] == 0:
                first += 1
            while last > first and features[n, i, last] == 0:
                last -= 1
            starts[i, n] = first if first < k else 0
            widest = max(widest, last - first + 1)
    return widest


@compiled
def gather(
    features: np.ndarray,
    starts: np.ndarray,
    sensitivity: np.ndarray,
    sources: np.ndarray,
    targets: np.ndarray,
    values: np.ndarray,
) -> None:
    """``values[e, n, a] = sensitivity[n, targets[e]] * features[n, i, starts[i, n] + a]``.

    Here ``i = sources[e]``.

    Parameters
    ----------
    features : ndarray, shape (rows, inputs, k)
    starts : ndarray of int, shape (inputs, rows)
    sensitivity : ndarray, shape (rows, subnodes)
    sources, targets : ndarray of int, shape (edges,)
    values : ndarray, shape (edges, rows, few)
    """
    edges, rows, few = values.shape
    for e in range(edges):
        i, j = sources[e], targets[e]
        for n in range(rows):
            s, first = sensitivity[n, j], starts[i, n]
            for a in range(few):
                values[e, n, a] = s * features[n, i, first + a]


@fused
def add_gram(
    left: np.ndarray,
    left_starts: np.ndarray,
    right: np.ndarray,
    right_starts: np.ndarray,
    out: np.ndarray,
) -> None:
    """Add ``J_left' J_right`` of one edge each to ``out``.

    Parameters
    ----------
    left, right : ndarray, shape (rows, few)
    left_starts, right_starts : ndarray of int, shape (rows,)
    out : ndarray, shape (left's columns, right's columns)
    """
    total = np.zeros(out.shape)
    for n in range(left.shape[0]):
        first, second = left_starts[n], right_starts[n]
        for a in range(left.shape[1]):
            value = left[n, a]
            for b in range(right.shape[1]):
                total[first + a, second + b] += value * right[n, b]
    out += total


@compiled
def add_product(values: np.ndarray, starts: np.ndarray, vector: np.ndarray, out: np.ndarray) -> None:
    """Add ``J' vector`` of one edge to ``out``, shape (columns,); ``values`` has the shape (rows, few)."""
    for n in range(values.shape[0]):
        for a in range(values.shape[1]):
            out[starts[n] + a] += vector[n] * values[n, a]
