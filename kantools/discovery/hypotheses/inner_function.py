"""Inner functions: two columns that count only through one short expression of both.

If ``F = G(u(x_i, x_j), …)``, the gradients of F and u in these two columns point the same way on every row,
whatever G is. So every entry of a dictionary of short expressions can be held against the gradient of a
surrogate, without knowing the outer function; products, quotients, sums and differences are special cases,
``n sin(θ)`` and ``x² + y²`` others. Applied again to what is left, this takes a law apart from the inside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf

import numpy as np

from kantools.discovery.findings import Finding, Must, Turn
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene
from kantools.discovery.surrogates.lead import Lead, lead
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.threshold import guard, judgement, size
from kantools.discovery.views.view import LEFT, RIGHT, View, joined
from kantools.discovery.words.dictionary import Dictionary, dictionary
from kantools.symbolic.primitive import Primitive

__all__ = ["InnerFunction"]

Array = np.ndarray


@dataclass(frozen=True)
class InnerFunction(Hypothesis):
    """``F = G(u(x_i, x_j), …)`` with a short expression ``u``, read off the direction of the gradient."""

    name = "inner function"
    cost = Cost.TENTHS
    largest: float = judgement(
        0.05, "mean square of the sine between two gradients that is worth a test; a guess"
    )
    weight: float = judgement(20, "points that count as independent: neighbours know of each other; a guess")
    floor: float = guard(1e-9, "mean square of the sine below which two gradients point the same way")
    step: float = guard(1e-4, "share of a column's range that differences are taken over")
    most_columns: int = size(5, "more columns have too many pairs")
    most_words: int = size(8000, "expressions of each pair")
    points: int = size(40, "rows on which directions are compared")
    most_a_pair: int = size(2, "expressions of a pair that are tested")
    most: int = size(10, "expressions of all pairs that are tested")

    def shortest(self, columns: int) -> float:
        return 9 if columns > 1 else inf  # a function of a monomial, with constants

    def applies(self, scene: Scene) -> bool:
        return scene.visit.surrogate is not None and 2 <= scene.view.inputs <= self.most_columns

    def findings(self, scene: Scene) -> Iterator[Finding]:
        if scene.budget.late:
            return
        for found in scene.once("inner", self, scene.surrogate.error, work=lambda: self._leads(scene)):
            if found.error < scene.policy.easier * scene.ease:
                yield Turn((found.view,), Must.EASE, found.error)

    def _leads(self, scene: Scene) -> list[Lead]:
        views = self.views(scene.surrogate, scene.view, scene.settings.primitives)
        return [lead(v, scene.split, scene.surrogate.link) for v in views if not scene.budget.late]

    def views(self, surrogate: Surrogate, view: View, primitives: Sequence[Primitive]) -> list[View]:
        """Views in which a short expression stands for two columns, the likeliest first."""
        rows = np.sort(np.random.default_rng(0).permutation(len(view.rows.y))[: self.points])
        found: list[tuple[float, View]] = []
        for i, j in combinations(range(view.inputs), 2):
            scores, words = self._compared(surrogate, view, primitives, rows, (i, j))
            for k in np.argsort(scores)[: self.most_a_pair]:
                if np.isfinite(scores[k]):
                    child = joined(view, (i, j), words.expression(int(k)))
                    found += [(float(scores[k]), child)] if child is not None else []
        return [child for _, child in sorted(found, key=lambda pair: pair[0])[: self.most]]

    def _compared(
        self,
        surrogate: Surrogate,
        view: View,
        primitives: Sequence[Primitive],
        rows: Array,
        pair: tuple[int, int],
    ) -> tuple[Array, Dictionary]:
        """Nats of every expression of two columns: its symbols, and how far its gradient turns away."""
        X = view.rows.X[:, list(pair)]
        low, high = X.min(axis=0), X.max(axis=0)
        step = self.step * np.where(high > low, high - low, 1.0)
        middle = X[rows].clip(low + step, high - step)
        moved = [middle, *(middle + s * step * e for e in np.eye(2) for s in (1, -1))]
        words = dictionary([LEFT, RIGHT], np.concatenate(moved), primitives, self.most_words)
        values = words.values.reshape(len(words), 5, len(rows))
        slopes = np.stack([values[:, 1] - values[:, 2], values[:, 3] - values[:, 4]], axis=-1)
        true = surrogate.gradient[rows][:, list(pair)] * step
        size = np.sum(slopes**2, axis=2)
        across = slopes[:, :, 0] * true[:, 1] - slopes[:, :, 1] * true[:, 0]
        with np.errstate(all="ignore"):
            turned = np.mean(across**2 / size, axis=1) / np.mean(np.sum(true**2, axis=1))
        both = (np.abs(slopes) > 0).any(axis=1).all(axis=1)
        good = both & (turned < self.largest)
        return np.where(good, 0.5 * self.weight * np.log(turned + self.floor) + words.nats, np.inf), words
