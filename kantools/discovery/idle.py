"""Columns that tell nothing of the target, so that a search need not carry them.

A forest of randomised trees learns the ranks of the target on some rows. On the others one column after the
other is shuffled: if the forest's errors do not grow, it has found nothing in that column. Trees need neither
smoothness nor a scale, and see a column that matters only together with others.

Source: L. Breiman, "Random forests", *Machine Learning* 45 (2001) 5, section 10, for the shuffling; P.
Geurts, D. Ernst, L. Wehenkel, "Extremely randomized trees", *Machine Learning* 63 (2006) 3.
"""

from dataclasses import replace

import numpy as np

from kantools.discovery.trial import Split
from kantools.discovery.view import View

__all__ = ["MANY", "without_idle_columns"]

Array = np.ndarray
#: Tables with fewer columns are searched as they are.
MANY = 5
TREES, LEAF, SHUFFLES = 100, 2, 3
ROWS = 2000  # that the forest learns from
CLEAR = 3.0  # standard errors by which the forest's error grows without a column that matters


def without_idle_columns(view: View, split: Split, seed: int) -> View | None:
    """The view with the columns that matter only; None where all do, or none.

    Examples
    --------
    >>> from kantools.discovery.trial import holdout_split, rows_of
    >>> from sympy import symbols
    >>> X = np.random.default_rng(0).uniform(1, 2, (400, 6))
    >>> view = View(symbols("a b c d e f"), rows_of(X, X[:, 1] * X[:, 4], np.ones(400)))
    >>> without_idle_columns(view, holdout_split(400, 0), 0).columns
    (b, e)
    """
    matters = growth_without(view.rows.X, view.rows.y, view.rows.weight, split, seed) >= CLEAR
    if matters.all() or not matters.any():
        return None
    columns = tuple(c for c, m in zip(view.columns, matters, strict=True) if m)
    return replace(view, columns=columns, rows=replace(view.rows, X=view.rows.X[:, matters]))


def growth_without(X: Array, y: Array, weight: Array, split: Split, seed: int) -> Array:
    """By how many standard errors the error on held-out rows grows when each column is shuffled."""
    from sklearn.ensemble import ExtraTreesRegressor  # slow to import, and narrow tables do without

    fit, held = split[0][:ROWS], split[1][:ROWS]
    rank = np.argsort(np.argsort(y)) / len(y)
    forest = ExtraTreesRegressor(TREES, min_samples_leaf=LEAF, random_state=seed)
    forest.fit(X[fit], rank[fit], sample_weight=weight[fit])
    rng = np.random.default_rng(seed)

    def errors(rows: Array) -> Array:
        return weight[held] * (forest.predict(rows) - rank[held]) ** 2

    base = errors(X[held])
    growth = []
    for j in range(X.shape[1]):
        more = np.mean([errors(_shuffled(X[held], j, rng)) for _ in range(SHUFFLES)], axis=0) - base
        growth.append(more.mean() / max(more.std() / np.sqrt(len(held)), 1e-300))
    return np.array(growth)


def _shuffled(X: Array, column: int, rng: np.random.Generator) -> Array:
    X = X.copy()
    X[:, column] = rng.permutation(X[:, column])
    return X
