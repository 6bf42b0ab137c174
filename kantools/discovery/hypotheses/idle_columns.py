"""Columns that tell nothing of the target, so that a search need not carry them.

A forest of randomised trees learns the ranks of the target on some rows. On the others one column after
the other is shuffled: if the forest's errors do not grow, it has found nothing in that column. Trees need
neither smoothness nor a scale, and see a column that matters only together with others.

Forests are slow and want rows. With few columns a polynomial of the others is enough to say what a column
adds (:mod:`kantools.discovery.surrogates.beyond`), in milliseconds and from twenty rows on.

Source: L. Breiman, "Random forests", *Machine Learning* 45 (2001) 5, section 10, for the shuffling; P.
Geurts, D. Ernst, L. Wehenkel, "Extremely randomized trees", *Machine Learning* 63 (2006) 3.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from kantools.clock import CALL, worked
from kantools.discovery.findings import Finding, Must, Tested, Turn
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene
from kantools.discovery.surrogates.beyond import telling
from kantools.discovery.surrogates.ease import ease
from kantools.discovery.surrogates.parts import meeting
from kantools.discovery.threshold import guard, judgement, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.link import links_for
from kantools.discovery.views.rows import Rows, Split
from kantools.discovery.views.view import View

__all__ = ["IdleColumns"]

Array = np.ndarray
TINY = 1e-300
SPLIT, TREE_CALLS = 120.0, 800  # operations to split at a row and column, calls to begin a tree; measured


@dataclass(frozen=True)
class IdleColumns(Hypothesis):
    """The table without the columns that tell nothing, where that predicts as well."""

    name = "idle columns"
    cost = Cost.TENTHS
    many: int = size(5, "columns from which on a forest is asked, and not polynomials")
    fewest: int = judgement(20, "rows from which on polynomials are asked; a guess")
    followed: float = judgement(
        0.3, "share of the variance that polynomials may leave; those that leave more say nothing; a guess"
    )
    fewest_held: int = judgement(
        40,
        "rows held out; fewer do not tell whether errors grow; "
        'measured: lab book, "Columns are not called idle with fewer than 40 rows"',
    )
    clear: float = judgement(
        3.0,
        "standard errors by which the error grows when a column that matters is shuffled; "
        'measured: lab book, "From five columns on, a forest"',
    )
    not_learned: float = judgement(
        0.7,
        "share of the ranks' variance; a forest that leaves more is silent; "
        'measured: lab book, "Idle columns: a quadratic"',
    )
    unlikely: float = judgement(
        4.0,
        "standard deviations of shuffled columns' improvements that a real one stands out by; "
        'measured: lab book, "Idle columns: a quadratic"',
    )
    trees: int = size(100, "trees of the forest")
    leaf: int = size(2, "rows in a leaf of the forest at least")
    shuffles: int = size(3, "shuffles of a column, whose errors are averaged")
    rows: int = size(2000, "rows that the forest learns from")
    permutations: int = size(20, "shuffles of a column by which an improvement is compared with chance")
    rounding: float = guard(1e-20, "share of the target's power that tells nothing")

    def shortest(self, columns: int) -> float:
        return inf  # what is left is a view, asked for its laws

    def applies(self, scene: Scene) -> bool:
        return scene.view.inputs > 1

    def findings(self, scene: Scene) -> Iterator[Finding]:
        view = self.without(scene.view, scene.split, scene.settings.seed)
        if view is None:
            return
        error, before = ease(view, scene.split), ease(scene.view, scene.split)
        few = scene.view.inputs < self.many  # judged on all rows, not by those few that are held
        if before < np.inf and (few or error <= scene.policy.as_well * before):
            idle = ", ".join(str(c) for c in scene.view.columns if c not in view.columns)
            yield Tested(f"without {idle}", error, Verdict.AS_GOOD)
            yield Turn((view,), Must.NOTHING)

    def without(self, view: View, split: Split, seed: int) -> View | None:
        """The view with the columns that matter only; None where all do, or none, or rows are too few.

        Examples
        --------
        >>> from kantools.discovery.views.rows import holdout_split, rows_of
        >>> from sympy import symbols
        >>> X = np.random.default_rng(0).uniform(1, 2, (400, 6))
        >>> view = View(symbols("a b c d e f"), rows_of(X, X[:, 1] * X[:, 4], np.ones(400)))
        >>> IdleColumns().without(view, holdout_split(400, 0), 0).columns
        (b, e)
        """
        matters = self._matter(view.rows, split, seed)
        if matters.all() or not matters.any():
            return None
        columns = tuple(c for c, m in zip(view.columns, matters, strict=True) if m)
        return replace(view, columns=columns, rows=replace(view.rows, X=view.rows.X[:, matters]))

    def _matter(self, rows: Rows, split: Split, seed: int) -> Array:
        few = rows.X.shape[1] < self.many
        if few and len(rows.y) >= self.fewest:
            some = rows.take(np.arange(0, len(rows.y), 1 + len(rows.y) // self.rows))
            return telling(some, seed, self.unlikely, self.followed, self.permutations)
        if few or len(split[1]) < self.fewest_held:
            return np.ones(rows.X.shape[1], dtype=bool)
        matters = self.growth_without(rows.X, rows.y, rows.weight, split, seed) >= self.clear
        if matters.any() and not matters.all():
            matters |= self.telling_columns(rows, matters, seed) | self.meeting_columns(rows)
        return matters

    def growth_without(self, X: Array, y: Array, weight: Array, split: Split, seed: int) -> Array:
        """By how many standard errors the error on held-out rows grows when each column is shuffled.

        Infinite where the forest has learned too little to tell.
        """
        from sklearn.ensemble import ExtraTreesRegressor  # slow to import, and narrow tables do without

        fit, held = split[0][: self.rows], split[1][: self.rows]
        rank = np.argsort(np.argsort(y)) / len(y)
        worked(self.trees * self._operations_a_tree(len(fit), len(held), X.shape[1]))
        forest = ExtraTreesRegressor(self.trees, min_samples_leaf=self.leaf, random_state=seed)
        forest.fit(X[fit], rank[fit], sample_weight=weight[fit])
        rng = np.random.default_rng(seed)

        def errors(rows: Array) -> Array:
            return weight[held] * (forest.predict(rows) - rank[held]) ** 2

        base = errors(X[held])
        if base.mean() > self.not_learned * np.mean(weight[held] * (rank[held] - rank[held].mean()) ** 2):
            return np.full(X.shape[1], np.inf)
        growth = []
        for j in range(X.shape[1]):
            more = np.mean([errors(_shuffled(X[held], j, rng)) for _ in range(self.shuffles)], axis=0) - base
            growth.append(more.mean() / max(more.std() / np.sqrt(len(held)), 1e-300))
        return np.array(growth)

    def _operations_a_tree(self, fit: int, held: int, columns: int) -> float:
        """To grow it on some rows, and to ask it for the others as they are and with each column shuffled."""
        deep = float(np.log2(max(fit, 2)))
        grown = TREE_CALLS * CALL + SPLIT * fit * deep * columns
        return grown + (1 + self.shuffles * columns) * (CALL + held * deep)

    def telling_columns(self, rows: Rows, known: Array, seed: int) -> Array:
        """Columns with which a quadratic of the known ones explains more than with these columns shuffled.

        A forest does not see a small effect beside large ones; where the others are followed well, as the
        logarithm of a law often is, this does. Shuffling knows how residuals are distributed, which are no
        noise. All columns tell something where the rows are too few for a quadratic.
        """
        rows = rows.take(np.arange(0, len(rows.y), 1 + len(rows.y) // self.rows))
        X = np.where(rows.X.min(axis=0) > 0, np.log(np.abs(rows.X) + TINY), rows.X)
        X = (X - X.mean(axis=0)) / np.maximum(X.std(axis=0), TINY)
        others = np.flatnonzero(known)
        squares = [X[:, [i]] * X[:, others[k:]] for k, i in enumerate(others)]
        without = np.column_stack([np.ones(len(X)), X[:, others], *squares])
        if 2 * without.shape[1] > len(X):
            return np.ones(len(known), dtype=bool)
        rng = np.random.default_rng(seed)
        orders = [np.arange(len(X)), *(rng.permutation(len(X)) for _ in range(self.permutations))]
        found = np.zeros(len(known), dtype=bool)
        for link in links_for(rows.y):
            if link.name in {"identity", "log"}:
                rest = _Rest(without, link.apply(rows.y), np.sqrt(rows.weight))
                for column in np.flatnonzero(~known & ~found):
                    shares = np.array([rest.explained(X[order, column], X[:, others]) for order in orders])
                    found[column] = self._stands_out(shares)
        return found

    def meeting_columns(self, rows: Rows) -> Array:
        """Columns that have terms in common with others: forests do not see how two oscillate together."""
        rows = rows.take(np.arange(0, len(rows.y), 1 + len(rows.y) // self.rows))
        found = np.zeros(rows.X.shape[1], dtype=bool)
        for link in links_for(rows.y):
            if link.name in {"identity", "log"}:
                meet = meeting(rows.X, link.apply(rows.y), rows.weight * link.weight(rows.y))
                found |= meet is not None and meet.any(axis=0)
        return found

    def _stands_out(self, shares: Array) -> bool:
        """Whether the first is larger than the others differ by chance."""
        by_chance = shares[1:]
        spread = max(float(by_chance.std(ddof=1)), self.rounding)
        return bool(shares[0] > by_chance.mean() + self.unlikely * spread)


class _Rest:
    """What some columns leave of a target, and how much of its power others explain of that."""

    def __init__(self, without: Array, y: Array, root: Array) -> None:
        self.root, self.Q = root, np.linalg.qr(without * root[:, None])[0]
        self.left = y * root - self.Q @ (self.Q.T @ (y * root))
        self.power = max(float(np.sum((y * root) ** 2)), TINY)

    def explained(self, x: Array, others: Array) -> float:
        more = x[:, None] * np.column_stack([np.ones(len(x)), x, others]) * self.root[:, None]
        more = more - self.Q @ (self.Q.T @ more)
        solution = np.linalg.lstsq(more, self.left, rcond=1e-10)[0]
        return float(np.sum((more @ solution) ** 2)) / self.power


def _shuffled(X: Array, column: int, rng: np.random.Generator) -> Array:
    X = X.copy()
    X[:, column] = rng.permutation(X[:, column])
    return X
