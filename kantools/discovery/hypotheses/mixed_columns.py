"""Mixed columns: a column exchanged for its product, quotient, sum or difference with another that stays.

A law such as ``sin²(nθ/2)/sin²(θ/2)`` has no symmetry: both columns are needed. But it is a product of curves
in ``nθ`` and ``θ``, and no more than sums and products of curves have to be tried to see that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from math import inf

import numpy as np

from kantools.discovery.findings import Finding, Must, Turn
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene
from kantools.discovery.networks.topology import Topology, additive, product
from kantools.discovery.networks.trial import Trial, run_trial
from kantools.discovery.threshold import size
from kantools.discovery.views.link import Link, links_for
from kantools.discovery.views.view import View, reduced
from kantools.discovery.views.whole_numbers import whole_numbers

__all__ = ["MixedColumns", "Mixture"]

NAMES = ("identity", "log", "sqrt", "square")  # of links
WAYS = (("product", 1), ("product", -1), ("sum", 1), ("sum", -1))


@dataclass(frozen=True)
class Mixture:
    """A view with a mixed column, and its best network of one curve a column."""

    view: View
    trial: Trial


@dataclass(frozen=True)
class MixedColumns(Hypothesis):
    """``F(x_i x_j, x_j, …)``, or a quotient, sum or difference, where curves of these do far better."""

    name = "mixed columns"
    cost = Cost.TENTHS
    most_columns: int = size(4, "more columns have too many pairs")
    most_products: int = size(6, "products of curves that are trained, where sums of curves come closest")
    most_followed: int = size(2, "mixtures that are followed, the most telling first")

    def shortest(self, columns: int) -> float:
        return 9 if columns > 1 else inf  # a function of a monomial, with constants

    def applies(self, scene: Scene) -> bool:
        return 2 <= scene.view.inputs <= self.most_columns

    def findings(self, scene: Scene) -> Iterator[Finding]:
        policy = scene.policy
        smoothness = scene.evidence.smoothness
        found = scene.once("mixtures", self, smoothness, work=lambda: self.mixtures(scene))
        for mixture in found[: self.most_followed]:
            if not mixture.trial.error < max(policy.helps * scene.visit.best, policy.looks_exact):
                return
            yield Turn((mixture.view,), Must.NO_WORSE)

    def mixtures(self, scene: Scene) -> list[Mixture]:
        """What each exchange of a column makes of the table, the most telling first."""
        view, links = scene.view, [x for x in links_for(scene.view.rows.y) if x.name in NAMES]
        sums = [self._best(scene, mixed, links) for mixed in _mixed(view)]
        ranked = sorted((m for some in sums for m in some), key=lambda m: m.trial.error)
        topology = product(view.inputs, links[0])
        products = [
            m for one in ranked[: self.most_products] for m in self._trained(scene, one.view, topology)
        ]
        best = {m.view.key: m for m in sorted([*ranked, *products], key=lambda m: -m.trial.error)}
        return sorted(best.values(), key=lambda m: m.trial.error)

    def _best(self, scene: Scene, mixed: View, links: list[Link]) -> list[Mixture]:
        """Under the link that does best."""
        found = [m for x in links for m in self._trained(scene, mixed, additive(mixed.inputs, x))]
        return sorted(found, key=lambda m: m.trial.error)[:1]

    def _trained(self, scene: Scene, mixed: View, topology: Topology) -> list[Mixture]:
        if scene.budget.late:
            return []
        settings = (
            scene.settings.seed,
            scene.budget.deadline,
            scene.settings.basis,
            scene.evidence.smoothness,
        )
        trial = run_trial(topology, mixed.seen, scene.split, *settings)
        return [] if trial is None else [Mixture(mixed, trial)]


def _mixed(view: View) -> Iterator[View]:
    """Views in which one column is mixed with another."""
    unit = np.eye(view.inputs, dtype=int)
    for i, j in permutations(range(view.inputs), 2):
        for kind, sign in WAYS:
            rows = [unit[k] + sign * unit[j] if k == i else unit[k] for k in range(view.inputs)]
            mixed = reduced(view, whole_numbers(kind, rows, view.inputs))
            if mixed is not None:
                yield mixed
