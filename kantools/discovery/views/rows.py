"""Rows of numbers, and which of them models are trained on and judged by."""

from dataclasses import dataclass, replace

import numpy as np

__all__ = ["TRAINED_ON", "Rows", "Split", "holdout_split", "rows_of", "sampled", "thinned"]

Array = np.ndarray
TRAINED_ON = 2500  # rows at most; a structure shows on so many or not at all
MOST_ROWS = 20_000  # that structures are judged by

Split = tuple[Array, Array]
"""Rows to train on and rows to judge by."""


@dataclass(frozen=True)
class Rows:
    """The arrays that a model is trained on.

    Attributes
    ----------
    X, y, weight : ndarray
    variance : float
        What mean squared errors are measured against.
    """

    X: Array
    y: Array
    weight: Array
    variance: float

    def take(self, rows: Array) -> "Rows":
        return replace(self, X=self.X[rows], y=self.y[rows], weight=self.weight[rows])


def rows_of(X: Array, y: Array, weight: Array) -> Rows:
    """Rows whose errors are measured against the weighted variance of the target."""
    mean = np.average(y, weights=weight)
    return Rows(X, y, weight, max(float(np.average((y - mean) ** 2, weights=weight)), 1e-300))


def sampled(n: int, seed: int) -> Array:
    """The rows that structures are looked for in: all, or a sample of a long table."""
    if n <= MOST_ROWS:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, MOST_ROWS, replace=False))


def holdout_split(n: int, seed: int) -> Split:
    """Rows to train on and rows to judge by: four to one, at random."""
    order = np.random.default_rng(seed).permutation(n)
    held = max(n // 5, 2)
    return np.sort(order[held:]), np.sort(order[:held])


def thinned(rows: Array) -> Array:
    """So many of the rows, evenly."""
    return rows if len(rows) <= TRAINED_ON else rows[np.linspace(0, len(rows) - 1, TRAINED_ON).astype(int)]
