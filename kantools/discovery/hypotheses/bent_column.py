"""A column that counts through its sine, cosine or exponential."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from kantools.discovery.findings import Finding, Must, Turn
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.surrogates.lead import Lead, lead
from kantools.discovery.threshold import judgement
from kantools.discovery.views.bends import bent_views

__all__ = ["BentColumn"]


@dataclass(frozen=True)
class BentColumn(Hypothesis):
    """``F(f(x_i), …)``, ``f`` a sine, cosine or exponential, where a polynomial is then far easier."""

    name = "bent column"
    easier: float = judgement(
        0.5,
        "times the polynomial's error before: no column goes, so it must help; a guess; "
        'what it found: lab book, "A column exchanged for its sine"',
    )

    def shortest(self, columns: int) -> float:
        return 9 if columns > 1 else inf  # a function of a monomial, with constants

    def applies(self, scene: Scene) -> bool:
        return scene.visit.surrogate is not None

    def findings(self, scene: Scene) -> Iterator[Finding]:
        for found in scene.once("bent", self, scene.surrogate.error, work=lambda: self._leads(scene)):
            if found.error < self.easier * scene.ease:
                yield Turn((found.view,), Must.EASE, found.error)

    def _leads(self, scene: Scene) -> list[Lead]:
        views = bent_views(scene.view, scene.settings.primitives) if not scene.budget.late else ()
        return [lead(v, scene.split, scene.surrogate.link) for v in views if not scene.budget.late]
