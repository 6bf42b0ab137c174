"""Sums of unlike terms: a few monomials, and one to three terms with constants inside.

``a x - b x² + c x exp(-k t)``, ``-k v³ - w x + f sin(q t)`` and ``a T + b s^p + c/(1 + s/K)`` are of this
kind: the rates, forces and stresses that people add up. Quotients of polynomials follow their rows to eight
digits and are worthless outside. No term is seen by itself where the columns depend on each other, as on one
trajectory they do; all of them together are (:mod:`kantools.discovery.terms`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene, When
from kantools.discovery.terms.refined import refined
from kantools.discovery.terms.rounding import rounding
from kantools.discovery.terms.search import Search, Sizes, sums
from kantools.discovery.terms.separable import Rows
from kantools.discovery.terms.shapes import shapes
from kantools.discovery.terms.shortest import Short
from kantools.discovery.terms.starts import blocks
from kantools.discovery.terms.written import written
from kantools.discovery.threshold import guard, judgement, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.view import View
from kantools.discovery.words.terms import up_to
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft
from kantools.thinning import evenly

__all__ = ["UnlikeTerms"]


@dataclass(frozen=True)
class UnlikeTerms(Hypothesis):
    """``y = Σ a_t Π x_i + Σ b_s Π x_i f_s(Π x_j; p_s)``: monomials, and terms with constants inside.

    When it is asked for the first time, the wider search is left for later.
    """

    name = "unlike terms"
    cost = Cost.SECONDS
    when = When.LAST
    most_columns: int = size(4, "columns of the table; more have too many products")
    fewest_rows: int = size(30, "rows that carry seven constants and what they are chosen from")
    few_columns: int = size(2, "columns up to which squares stand in front of a shape")
    most_rows: int = size(400, "rows that terms compete on")
    degrees: tuple[int, ...] = size((1, 2, 3), "degrees of the polynomials beside special terms")
    starts: tuple[int, ...] = size((40, 20, 16), "special terms followed from each sum, in each round")
    beam: int = size(8, "sums of each round that go on")
    shortened: int = size(2, "sums of each round that lose what they do not need")
    shortened_in_noise: int = size(6, "sums of each round that do so in noise, where many leave equally much")
    wider: int = size(3, "times as many of both, without noise, where rounding is not all that is left")
    most_offers: int = size(2, "sums that are offered")
    first: bool = False
    near: float = judgement(
        20.0, "nats beyond the shortest sum: one that may still become shorter than it; a guess"
    )
    rounding: float = guard(1.5, "times the variance of what was rounded off the target: nothing is left")

    def shortest(self, columns: int) -> float:
        return 11  # a monomial, and a term with a constant inside

    def applies(self, scene: Scene) -> bool:
        view = scene.view
        own = view.prefactor == 1 and set(view.columns) <= set(scene.data.symbols)
        enough = 1 <= view.inputs <= self.most_columns and len(view.rows.y) >= self.fewest_rows
        return own and enough and not (self.first and self.name in scene.visit.tried)

    def findings(self, scene: Scene) -> Iterator[Finding]:
        for draft in scene.once(self.name, self, work=lambda: self.drafts(scene)):
            if draft.error(scene.data) < scene.least_here:
                told = f"{scene.view}: {self.name}"
                yield Tested(told, draft.error(scene.data), Verdict.READ)
                yield Form(draft, told, if_shorter=True)

    def drafts(self, scene: Scene) -> list[Draft]:
        """The shortest sums, fitted to all rows, the best first."""
        narrow = self.search(scene)
        wide = replace(narrow, sizes=narrow.sizes.wider(self.wider))
        found = list(sums(narrow))
        if not (self.first or scene.evidence.noisy) and not any(map(narrow.explains, found)):
            found += sums(wide)
        different = {round(s.length, 3): s for s in self._refined(narrow, found)}
        each = sorted(different.values(), key=lambda s: s.length)
        drafts = (_draft(s, narrow, scene.view, scene.data) for s in each)
        language = scene.data.language
        return [d for d in drafts if np.isfinite(d.loss) and not language.violations(d.template)]

    def _refined(self, search: Search, found: list[Short]) -> Iterator[Short]:
        """The shortest sums, each term put to the test."""
        each = sorted({round(s.length, 3): s for s in found}.values(), key=lambda s: s.length)
        for short in each[: self.most_offers]:
            if short.length < each[0].length + self.near:
                yield refined(search, short)

    def search(self, scene: Scene) -> Search:
        """The rows, where shapes start in them, and how much is tried."""
        some = scene.view.rows
        some = some.take(evenly(len(some.y), self.most_rows))
        shortened = self.shortened_in_noise if scene.evidence.noisy else self.shortened
        root, inputs = np.sqrt(some.weight / some.weight.mean()), some.X.shape[1]
        return Search(
            Rows(some.X, some.y * root, root),
            blocks(some.X, shapes(scene.data.language)),
            tuple(up_to(1 if inputs > self.few_columns else 2, inputs)),
            Sizes(self.degrees, self.starts, self.beam, shortened),
            self.rounding * float(np.sum((rounding(some.y) * root) ** 2)),
            lambda: scene.budget.late,
        )


def _draft(short: Short, search: Search, view: View, data: Data) -> Draft:
    """A sum in the columns of the table, fitted to all rows."""
    expression, start = written(short, search.rows.X, view.columns, fresh_symbols(data.columns))
    return fit_draft(view.lift(expression), start, data)
