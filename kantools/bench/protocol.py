"""SRBench's protocol: what a method learns from, and what it is measured on.

Rows are drawn from the problem and split at random, three quarters to train on and one quarter to test on.
Only the training target gets noise, normal with standard deviation γ times its rms; the test target stays
clean. Neither the columns nor the target are scaled. (W. La Cava et al., *Contemporary Symbolic Regression
Methods and their Relative Performance*, 2021, and the program published with it, cavalab/srbench, whose
ground-truth data sets have 100,000 rows, of which 10,000 are trained on, and 400 rows for Strogatz.)
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from kantools.bench.task import Task
from kantools.datasets import Problem
from kantools.table import Table

__all__ = ["MINIMUM_TEST", "Split", "draw", "size"]

#: Test rows where a quarter would be fewer: R² of ten rows is a matter of luck.
MINIMUM_TEST = 100


@dataclass(frozen=True)
class Split:
    """A table to learn from, and a clean one to test on, in the same columns."""

    train: Table
    test: Table


def draw(problem: Problem, task: Task) -> Split:
    """The rows of a task.

    Examples
    --------
    >>> from kantools.datasets import problem
    >>> split = draw(problem("I.12.1"), Task("I.12.1", rows=600, noise=0.1, irrelevant=1))
    >>> split.train.rows, split.test.rows, split.test.columns
    (600, 200, ('mu', 'Nn', 'random1'))
    >>> mu, Nn, _ = split.test.X.T
    >>> bool(np.allclose(split.test.y, mu * Nn))
    True
    """
    # The draws of rows, noise and columns do not depend on each other: with noise, the same rows.
    rows, noise, columns = (np.random.default_rng([task.seed, k]) for k in range(3))
    clean = problem.sample(task.rows + test_rows(task.rows), seed=rows)
    table = with_random_columns(clean, task.irrelevant, columns)
    order = rows.permutation(table.rows)
    train, test = (_rows(table, part) for part in (order[: task.rows], order[task.rows :]))
    return Split(with_noise(train, task, noise), test)


def test_rows(train: int) -> int:
    """A third of the training rows, so that it is a quarter of all.

    >>> test_rows(7500), test_rows(30)
    (2500, 100)
    """
    return max(math.ceil(train / 3), MINIMUM_TEST)


def with_noise(table: Table, task: Task, rng: np.random.Generator) -> Table:
    """The target with normal noise, as large as a fraction of what it is relative to."""
    if task.noise == 0:
        return table
    return replace(table, y=table.y + rng.normal(0.0, task.noise * size(table.y, task), table.rows))


def size(y: np.ndarray, task: Task) -> np.ndarray:
    """What noise and errors of a task are relative to: the rms of all values, or each value itself.

    >>> size(np.array([3.0, -4.0]), Task("", proportional=True)).tolist()
    [3.0, 4.0]
    """
    return np.abs(y) if task.proportional else np.full_like(y, np.sqrt(np.mean(y**2)))


def with_random_columns(table: Table, count: int, rng: np.random.Generator) -> Table:
    """More columns, each uniform in the range of one of the table's own and in its unit: none stands out."""
    if count == 0:
        return table
    source = np.arange(count) % table.X.shape[1]
    own = table.X[:, source]
    X = np.hstack([table.X, rng.uniform(own.min(axis=0), own.max(axis=0), (table.rows, count))])
    names = tuple(f"random{k + 1}" for k in range(count))
    named = zip(names, source.tolist(), strict=True)
    units = {name: table.units[c] for name, i in named if (c := table.columns[i]) in table.units}
    return replace(table, X=X, columns=(*table.columns, *names), units={**table.units, **units})


def _rows(table: Table, rows: np.ndarray) -> Table:
    return replace(table, X=table.X[rows], y=table.y[rows])
