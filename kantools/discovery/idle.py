"""Columns that tell nothing of the target, so that a search need not carry them.

A forest of randomised trees learns the ranks of the target on some rows. On the others one column after the
other is shuffled: if the forest's errors do not grow, it has found nothing in that column. Trees need neither
smoothness nor a scale, and see a column that matters only together with others.

Source: L. Breiman, "Random forests", *Machine Learning* 45 (2001) 5, section 10, for the shuffling; P.
Geurts, D. Ernst, L. Wehenkel, "Extremely randomized trees", *Machine Learning* 63 (2006) 3.
"""

from dataclasses import replace

import numpy as np
from scipy.stats import f as fisher

from kantools.discovery.link import links_for
from kantools.discovery.trial import Rows, Split
from kantools.discovery.view import View

__all__ = ["MANY", "without_idle_columns"]

Array = np.ndarray
#: Tables with fewer columns are searched as they are.
MANY = 5
TREES, LEAF, SHUFFLES = 100, 2, 3
ROWS = 2000  # that the forest learns from
UNLIKELY = 1e-3  # probability at which a quadratic's improvement is not chance
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
        matters |= [not m and tells_more(rows, j, np.flatnonzero(matters)) for j, m in enumerate(matters)]
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


def tells_more(rows: Rows, column: int, others: Array) -> bool:
    """Whether a quadratic of some columns explains more with another column: F tests, under each link.

    A forest does not see a small effect beside large ones; where the others are followed well, as the
    logarithm of a law often is, this does.
    """
    X = np.where(rows.X.min(axis=0) > 0, np.log(np.abs(rows.X) + TINY), rows.X)
    X = (X - X.mean(axis=0)) / np.maximum(X.std(axis=0), TINY)
    without = np.column_stack([np.ones(len(X)), X[:, others], *(X[:, [i]] * X[:, others] for i in others)])
    more = X[:, [column]] * np.column_stack([np.ones(len(X)), X[:, column], X[:, others]])
    links = [link for link in links_for(rows.y) if link.name in {"identity", "log"}]
    return any(
        _chance(without, more, link.apply(rows.y), rows.weight * link.weight(rows.y)) < UNLIKELY
        for link in links
    )


def _chance(without: Array, more: Array, y: Array, weight: Array) -> float:
    """Probability that independent columns explain as much more by chance (Fisher's F)."""
    weight = weight / weight.mean()
    root = np.sqrt(weight)[:, None]
    left = [_left(A * root, y * root[:, 0]) for A in (without, np.column_stack([without, more]))]
    (before, _), (after, freedom) = left
    terms = left[0][1] - freedom
    if freedom < 1 or terms < 1:
        return 1.0
    noise = after / freedom + ROUNDING * float(np.mean(weight * y**2))
    return float(fisher.sf((before - after) / terms / max(noise, TINY), terms, freedom))


def _left(A: Array, y: Array) -> tuple[float, int]:
    """What least squares leave, and their degrees of freedom."""
    solution, _, rank, _ = np.linalg.lstsq(A, y, rcond=1e-12)
    return float(np.sum((y - A @ solution) ** 2)), len(y) - int(rank)


def _shuffled(X: Array, column: int, rng: np.random.Generator) -> Array:
    X = X.copy()
    X[:, column] = rng.permutation(X[:, column])
    return X
