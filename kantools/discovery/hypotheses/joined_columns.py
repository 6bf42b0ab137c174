"""Joined columns: two columns in the place of which one may do.

Where a law oscillates, no surrogate of all columns is good enough for the null space of its gradient. But
even a poor one ranks the simple hypotheses about two columns, that only their product, quotient, sum or
difference counts: the right one becomes visible when the joined columns are far easier to learn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import inf

import numpy as np

from kantools.discovery.findings import Finding, Must, Turn
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.networks.topology import general
from kantools.discovery.networks.trial import run_trial
from kantools.discovery.surrogates.mismatch import mismatch
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.threshold import size
from kantools.discovery.views.view import Reduction, View, reduced
from kantools.discovery.views.whole_numbers import whole_numbers

__all__ = ["JoinedColumns"]


@dataclass(frozen=True)
class JoinedColumns(Hypothesis):
    """``x_i x_j``, ``x_i/x_j``, ``x_i + x_j`` or ``x_i - x_j`` for two columns, on suspicion."""

    name = "joined columns"
    most: int = size(4, "joins that a network is trained for")
    most_followed: int = size(3, "joins that are followed, the easiest to learn first")

    def shortest(self, columns: int) -> float:
        return 9 if columns > 1 else inf  # a function of a monomial, with constants

    def applies(self, scene: Scene) -> bool:
        return scene.visit.surrogate is not None and scene.view.inputs > 1

    def findings(self, scene: Scene) -> Iterator[Finding]:
        must = Must.NO_WORSE if scene.evidence.noisy else Must.HELP
        views = (reduced(scene.view, r) for r in self.joins(scene.surrogate, scene.view))
        new = [v for v in views if v is not None and scene.is_new(v)]
        for view in sorted(new, key=lambda v: self._difficulty(scene, v))[: self.most_followed]:
            yield Turn((view,), must)

    def joins(self, surrogate: Surrogate, view: View) -> list[Reduction]:
        """Products, quotients, sums and differences of two columns, the likeliest first."""
        G, X = surrogate.gradient, view.rows.X
        L = G * X
        found = []
        for i, j in combinations(range(view.inputs), 2):
            found += [(mismatch(G[:, i], s * G[:, j]), _joined(view, "sum", i, j, s)) for s in (1, -1)]
            found += [(mismatch(L[:, i], s * L[:, j]), _joined(view, "product", i, j, s)) for s in (1, -1)]
        real = [(far, r) for far, r in found if r is not None]
        return [r for _, r in sorted(real, key=lambda pair: pair[0])[: self.most]]

    def _difficulty(self, scene: Scene, view: View) -> float:
        """The error of one network like the surrogate."""
        if view.inputs == 1:
            return 0.0
        surrogate, settings = scene.surrogate, scene.settings
        topology = general(view.inputs, view.inputs + scene.policy.survey.more, surrogate.link)
        asked = (settings.seed, scene.budget.deadline, settings.basis, surrogate.smoothness)
        trial = scene.once(
            "joined",
            *(view.key, topology.name, surrogate.smoothness),
            work=lambda: run_trial(topology, view.seen, scene.split, *asked),
        )
        return trial.error if trial else np.inf


def _joined(view: View, kind: str, i: int, j: int, sign: int) -> Reduction | None:
    """One column for two; None for a quotient by a column that changes its sign."""
    if kind == "product" and sign < 0 and view.rows.X[:, j].min() <= 0 <= view.rows.X[:, j].max():
        return None
    unit = np.eye(view.inputs, dtype=int)
    rows = [unit[k] for k in range(view.inputs) if k not in (i, j)] + [unit[i] + sign * unit[j]]
    return whole_numbers(kind, rows, view.inputs)
