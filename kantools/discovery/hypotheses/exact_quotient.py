"""Quotients of polynomials that leave nothing but rounding errors, where the table has no noise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.threshold import guard, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.words.exact_quotients import Singularity

__all__ = ["ExactQuotient"]


@dataclass(frozen=True)
class ExactQuotient(Hypothesis):
    """``T(y) = P(u)/Q(u)`` of high degree, to rounding error."""

    name = "exact quotient of polynomials"
    highest: Mapping[int, int] = size(
        {1: 6, 2: 4, 3: 2, 4: 1, 5: 1}, "power of a column, by how many there are"
    )
    rows_a_term: int = size(4, "rows that a singular matrix is looked for on, so that chance makes none")
    singular: float = guard(1e-12, "smallest singular value of a singular matrix, relative to the largest")
    most_terms: int = size(12, "terms of a law; what needs more is an approximation")

    def applies(self, scene: Scene) -> bool:
        language = scene.data.language
        return not scene.evidence.noisy and language.has("square") and language.has("reciprocal")

    def findings(self, scene: Scene) -> Iterator[Finding]:
        singularity = Singularity(self.singular, self.rows_a_term, self.most_terms)
        highest = self.highest.get(scene.view.inputs, 0)
        for draft in singularity.quotients(scene.view, scene.data, highest):
            told = f"{scene.view}: {self.name}"
            yield Tested(told, draft.error(scene.data), Verdict.READ)
            if draft.error(scene.data) < scene.policy.looks_exact:
                yield Form(draft, told)
