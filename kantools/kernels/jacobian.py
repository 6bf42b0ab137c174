"""The Jacobian of a layer of learned functions, written row by row.

The derivative of the output with respect to coefficient ``k`` of an edge ``(i, j)`` is the ``k``-th feature
of input ``i`` times the sensitivity of the output to subnode ``j``: nothing is propagated twice.
"""

import numpy as np

from kantools.kernels.compiled import compiled

__all__ = ["outer_rows"]


@compiled
def outer_rows(
    sensitivity: np.ndarray,
    features: np.ndarray,
    sources: np.ndarray,
    targets: np.ndarray,
    first: int,
    out: np.ndarray,
) -> None:
    """``out[n, first + e*k + f] = sensitivity[n, targets[e]] * features[n, sources[e], f]``.

    Parameters
    ----------
    sensitivity : ndarray, shape (rows, subnodes)
    features : ndarray, shape (rows, inputs, k)
    sources, targets : ndarray of int, shape (edges,)
    first : int
        The column of the first coefficient of the first edge.
    out : ndarray, shape (rows, at least first + edges * k)
    """
    rows, size = features.shape[0], features.shape[2]
    for n in range(rows):
        column = first
        for e in range(sources.size):
            s, i = sensitivity[n, targets[e]], sources[e]
            for f in range(size):
                out[n, column] = s * features[n, i, f]
                column += 1
