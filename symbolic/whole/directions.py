"""The directions in which constants move the values of a law."""

import numpy as np

__all__ = ["directions"]

Array = np.ndarray


def directions(J: Array, alike: float) -> Array:
    """An orthonormal base of what the columns span, shape (rows, directions).

    Parameters
    ----------
    J : ndarray, shape (rows, constants)
        Derivatives by the constants, of any size; columns that are not finite span nothing.
    alike : float
        Singular values below this share of the largest count as zero: constants that do the same.

    Examples
    --------
    >>> J = np.array([[1.0, 2.0, 0.0], [1.0, 2.0, 1e-200]])
    >>> directions(J, 1e-9).shape
    (2, 2)
    """
    largest = np.abs(J).max(axis=0, initial=0.0)
    J = J[:, np.isfinite(largest) & (largest > 0)]
    J = J / np.abs(J).max(axis=0, initial=0.0)  # first, so that no square is beyond floating point
    U, s, _ = np.linalg.svd(J / np.linalg.norm(J, axis=0), full_matrices=False)
    return U[:, s > alike * s.max(initial=0.0)]
