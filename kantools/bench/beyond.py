"""Rows from beyond those that were trained on: what a formula is worth where nothing was measured.

Rows are drawn evenly in a box that reaches half a column's width further at either end than the training rows
do, and those inside of the training rows' own box are left out. A column of more than a decade is drawn and
extended in the logarithm, and one that is positive stays so: it reaches no further down than half of its
least value. Where the law is not finite there is nothing to be right about.
"""

import numpy as np

from kantools.bench.random_laws.rows import WIDE
from kantools.bench.task import Task
from kantools.datasets import Problem

__all__ = ["MARGIN", "ROWS", "beyond", "rows_around"]

#: Of a column's width, at either end.
MARGIN = 0.5
#: Rows that are drawn, the fewest that an error is told of, and how often rows are drawn for them.
ROWS, FEWEST, ROUNDS = 200, 20, 50


def beyond(problem: Problem, task: Task, X: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Inputs around those that were trained on, and what the law gives there.

    Parameters
    ----------
    problem : Problem
    task : Task
        Whose seed it is drawn with.
    X : ndarray, shape (rows, columns)
        The training rows; columns that the law does not contain come after its own.

    Returns
    -------
    X : ndarray, shape (up to 200, columns)
        No rows where fewer than 20 of those that were drawn have a finite law.
    y : ndarray

    Examples
    --------
    >>> from kantools.datasets import problem
    >>> law = problem("I.12.1")
    >>> train = law.sample(500, seed=0).X
    >>> X, y = beyond(law, Task("I.12.1"), train)
    >>> outside = ((X < train.min(axis=0)) | (X > train.max(axis=0))).any(axis=1)
    >>> X.shape, bool(outside.all()), X.min(axis=0).round(1).tolist(), X.max(axis=0).round(1).tolist()
    ((200, 2), True, [0.5, 0.5], [7.0, 7.0])
    """
    rng = np.random.default_rng([task.seed, 3])
    found = np.concatenate([rows_around(X, ROWS, rng) for _ in range(ROUNDS)])
    y = problem.evaluate(found[:, : len(problem.columns)])
    finite = np.flatnonzero(np.isfinite(y))[:ROWS]
    kept = finite if len(finite) >= FEWEST else finite[:0]
    return found[kept], y[kept]


def rows_around(X: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Those of so many rows, drawn evenly in the wider box, that lie outside of the rows of X."""
    low, high = X.min(axis=0), X.max(axis=0)
    bottom, top = _ends(low, high)
    share = rng.uniform(size=(count, X.shape[1]))
    with np.errstate(all="ignore"):
        by_decades = bottom * (top / bottom) ** share
    drawn = np.where(_wide(low, high), by_decades, bottom + (top - bottom) * share)
    return drawn[((drawn < low) | (drawn > high)).any(axis=1)]


def _wide(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return (low > 0) & (high > WIDE * low)


def _ends(low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the wider box begins and ends."""
    margin = MARGIN * (high - low)
    positive = np.maximum(low - margin, low / 2)
    bottom = np.where(low > 0, positive, low - margin)
    with np.errstate(all="ignore"):
        factor = (high / low) ** MARGIN
    wide = _wide(low, high)
    return np.where(wide, low / factor, bottom), np.where(wide, high * factor, high + margin)
