"""Symmetries one at a time, tested where noise hides the null space of the gradient.

The likeliest (:mod:`kantools.discovery.surrogates.generators`) are tested by themselves: each leaves one
column fewer, and a polynomial of what is left predicts held-out rows as well as before, or not. Those that
pass are combined.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from kantools.discovery.findings import Finding, Must, Turn
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene
from kantools.discovery.surrogates.generators import Generator, generators, reductions
from kantools.discovery.surrogates.lead import Lead, easiest_reduction
from kantools.discovery.threshold import judgement, size

__all__ = ["OneSymmetry"]

Held = tuple[Generator, Lead]


@dataclass(frozen=True)
class OneSymmetry(Hypothesis):
    """``x_i x_j^p`` for two columns, ``x_i + x_j`` or ``x_i - x_j``, or a power of one column taken out."""

    name = "one symmetry"
    cost = Cost.TENTHS
    simpler: float = judgement(0.7, "sums and differences are preferred by this factor; a guess")
    most: int = size(20, "symmetries that are tested")
    most_columns: int = size(10, "more columns have too many pairs")
    most_combined: int = size(2, "views of several symmetries together, those with the most")

    def shortest(self, columns: int) -> float:
        return 9 if columns > 1 else inf  # a function of a monomial, with constants

    def applies(self, scene: Scene) -> bool:
        return scene.visit.surrogate is not None and 2 <= scene.view.inputs <= self.most_columns

    def findings(self, scene: Scene) -> Iterator[Finding]:
        for lead in scene.once("one symmetry", self, scene.surrogate.error, work=lambda: self._leads(scene)):
            yield Turn((lead.view,), Must.EASE, lead.error)

    def _leads(self, scene: Scene) -> list[Lead]:
        holding = sorted(self._holding(scene), key=lambda pair: pair[1].rank)
        found = [lead for _, lead in holding]
        for kind in ("product", "sum"):
            found += self._combined(scene, [g for g, _ in holding if g.kind == kind])
        return found

    def _holding(self, scene: Scene) -> Iterator[Held]:
        """Those that cost nothing by themselves."""
        for generator in generators(scene.surrogate, scene.view, self.simpler)[: self.most]:
            lead = None if scene.budget.late else self._tested(scene, [generator])
            if lead is not None:
                yield generator, lead

    def _combined(self, scene: Scene, holding: Sequence[Generator]) -> list[Lead]:
        """All symmetries that hold together, taken up one by one."""
        together: list[Generator] = []
        found: list[Lead] = []
        for generator in holding:
            if scene.budget.late:
                break
            lead = self._tested(scene, [*together, generator])
            if lead is not None:
                together.append(generator)
                found.append(lead)
        return found[1:][-self.most_combined :]

    def _tested(self, scene: Scene, some: Sequence[Generator]) -> Lead | None:
        """The view under some symmetries, where it is as easy to learn as before."""
        like = scene.surrogate.link
        lead = easiest_reduction(reductions(some, scene.view), scene.view, scene.split, like)
        return lead if lead is not None and lead.error < scene.policy.easier * scene.ease else None
