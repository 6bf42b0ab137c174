"""Columns that tell nothing of the target, so that a search need not carry them.

A forest of randomised trees learns the ranks of the target on some rows. On the others one column after the
other is shuffled: if the forest's errors do not grow, it has found nothing in that column. Trees need neither
smoothness nor a scale, and see a column that matters only together with others.

Source: L. Breiman, "Random forests", *Machine Learning* 45 (2001) 5, section 10, for the shuffling; P.
Geurts, D. Ernst, L. Wehenkel, "Extremely randomized trees", *Machine Learning* 63 (2006) 3.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kantools.discovery.link import links_for
from kantools.discovery.trial import Rows, Split
from kantools.discovery.view import View

__all__ = ["MANY", "without_idle_columns"]

Array = np.ndarray
#: Tables with fewer columns are searched as they are.
MANY = 5
TREES, LEAF, SHUFFLES = 100, 2, 3
ROWS = 2000  # that the forest learns from
PERMUTATIONS, UNLIKELY = 20, 4.0  # standard deviations by which a quadratic's improvement is not chance
TINY = 1e-300
ROUNDING = 1e-20  # share of the target's power that tells nothing
NOT_LEARNED = 0.7  # share of the ranks' variance; a forest that leaves more is silent about all columns
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
    rows = view.rows
    matters = growth_without(rows.X, rows.y, rows.weight, split, seed) >= CLEAR
    if matters.any():
        matters |= [
            not m and tells_more(rows, j, np.flatnonzero(matters), seed) for j, m in enumerate(matters)
        ]
    if matters.all() or not matters.any():
        return None
    columns = tuple(c for c, m in zip(view.columns, matters, strict=True) if m)
    return replace(view, columns=columns, rows=replace(view.rows, X=view.rows.X[:, matters]))


def growth_without(X: Array, y: Array, weight: Array, split: Split, seed: int) -> Array:
    """By how many standard errors the error on held-out rows grows when each column is shuffled.

    Infinite where the forest has learned too little to tell.
    """
    from sklearn.ensemble import ExtraTreesRegressor  # slow to import, and narrow tables do without

    fit, held = split[0][:ROWS], split[1][:ROWS]
    rank = np.argsort(np.argsort(y)) / len(y)
    forest = ExtraTreesRegressor(TREES, min_samples_leaf=LEAF, random_state=seed)
    forest.fit(X[fit], rank[fit], sample_weight=weight[fit])
    rng = np.random.default_rng(seed)

    def errors(rows: Array) -> Array:
        return weight[held] * (forest.predict(rows) - rank[held]) ** 2

    base = errors(X[held])
    if base.mean() > NOT_LEARNED * np.mean(weight[held] * (rank[held] - rank[held].mean()) ** 2):
        return np.full(X.shape[1], np.inf)
    growth = []
    for j in range(X.shape[1]):
        more = np.mean([errors(_shuffled(X[held], j, rng)) for _ in range(SHUFFLES)], axis=0) - base
        growth.append(more.mean() / max(more.std() / np.sqrt(len(held)), 1e-300))
    return np.array(growth)


def tells_more(rows: Rows, column: int, others: Array, seed: int) -> bool:
    """Whether a quadratic of some columns explains more with another column than with that column shuffled.

    A forest does not see a small effect beside large ones; where the others are followed well, as the
    logarithm of a law often is, this does. Shuffling knows how residuals are distributed, which are no noise.
    """
    X = np.where(rows.X.min(axis=0) > 0, np.log(np.abs(rows.X) + TINY), rows.X)
    X = (X - X.mean(axis=0)) / np.maximum(X.std(axis=0), TINY)
    without = np.column_stack([np.ones(len(X)), X[:, others], *(X[:, [i]] * X[:, others] for i in others)])
    rng = np.random.default_rng(seed)
    orders = [np.arange(len(X)), *(rng.permutation(len(X)) for _ in range(PERMUTATIONS))]
    for link in links_for(rows.y):
        if link.name in {"identity", "log"}:
            root = np.sqrt(rows.weight)
            found = _explained(without, X[:, column], others, X, link.apply(rows.y), root, orders)
            if found[0] > found[1:].mean() + UNLIKELY * max(float(found[1:].std(ddof=1)), ROUNDING):
                return True
    return False


def _explained(
    without: Array, column: Array, others: Array, X: Array, y: Array, root: Array, orders: Sequence[Array]
) -> Array:
    """Shares of the power that the column, with the rows in each order, explains of what others leave."""
    Q = np.linalg.qr(without * root[:, None])[0]
    left = y * root - Q @ (Q.T @ (y * root))
    power = max(float(np.sum((y * root) ** 2)), TINY)
    found = []
    for order in orders:
        x = column[order][:, None]
        more = x * np.column_stack([np.ones(len(x)), x, X[:, others]]) * root[:, None]
        more = more - Q @ (Q.T @ more)
        solution = np.linalg.lstsq(more, left, rcond=1e-10)[0]
        found.append(float(np.sum((more @ solution) ** 2)) / power)
    return np.array(found)


def _shuffled(X: Array, column: int, rng: np.random.Generator) -> Array:
    X = X.copy()
    X[:, column] = rng.permutation(X[:, column])
    return X
