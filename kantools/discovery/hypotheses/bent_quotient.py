"""Exact quotients of polynomials in which one column counts through its sine, cosine or exponential."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.threshold import guard, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.bends import bent_views
from kantools.discovery.words.exact_quotients import Singularity

__all__ = ["BentQuotient"]


@dataclass(frozen=True)
class BentQuotient(Hypothesis):
    """``T(y) = P(u, f(v))/Q(u, f(v))`` to rounding error, ``f`` a sine, cosine or exponential."""

    name = "exact quotient with a bent column"
    highest: Mapping[int, int] = size({1: 4, 2: 3, 3: 1}, "power of a column, by how many there are")
    rows_a_term: int = size(4, "rows that a singular matrix is looked for on, so that chance makes none")
    singular: float = guard(1e-12, "smallest singular value of a singular matrix, relative to the largest")
    most_terms: int = size(12, "terms of a law; what needs more is an approximation")

    def applies(self, scene: Scene) -> bool:
        language = scene.data.language
        return not scene.evidence.noisy and language.has("square") and language.has("reciprocal")

    def findings(self, scene: Scene) -> Iterator[Finding]:
        singularity = Singularity(self.singular, self.rows_a_term, self.most_terms)
        highest = self.highest.get(scene.view.inputs, 0)
        for view in bent_views(scene.view, scene.settings.primitives):
            for draft in singularity.quotients(view, scene.data, highest):
                told = f"{scene.view}: exact quotient of polynomials"  # people read it as one of these
                yield Tested(told, draft.error(scene.data), Verdict.READ)
                if draft.error(scene.data) < scene.policy.looks_exact:
                    yield Form(draft, told)
