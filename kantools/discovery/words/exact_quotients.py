"""Quotients of polynomials of higher degree, where the table has no noise.

``T(y) = P(u)/Q(u)`` is ``P(u) - T(y) Q(u) = 0``: a matrix of monomials, and of monomials times ``T(y)``, is
singular. Without noise it is so to rounding error, and nothing has to be fitted to see it. Terms are then
taken away, those of the highest degree first, as long as the rest is still singular: what common factors of
``P`` and ``Q`` leave open goes with them. ``T`` may also be a cosine or a sine, as in the angles of
refraction or of aberration.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import inf

import numpy as np

from kantools.clock import CALL, worked
from kantools.discovery.findings import Finding, Form, Tested
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.threshold import guard, size
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.link import ARCS, Link, links_for
from kantools.discovery.views.view import View
from kantools.discovery.words.quotients import written_quotient
from kantools.discovery.words.terms import Term, products
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.draft import Draft

__all__ = ["ToRounding"]

Array = np.ndarray
SINGULAR = 4.0  # operations for each number of a cube, for singular values; measured
NAMES = ("identity", "square", "sqrt", "exp")  # links; reciprocals of quotients are quotients


@dataclass(frozen=True)
class ToRounding(Hypothesis, ABC):
    """Quotients that leave nothing but rounding errors, in the views that a kind of it names."""

    highest: Mapping[int, int] = size({}, "power of a column, by how many there are")
    rows_a_term: int = size(4, "rows that a singular matrix is looked for on, so that chance makes none")
    singular: float = guard(1e-12, "smallest singular value of a singular matrix, relative to the largest")
    most_terms: int = size(12, "terms of a law; what needs more is an approximation")

    def shortest(self, columns: int) -> float:
        return inf  # what it finds explains the table to rounding, or is nothing

    def applies(self, scene: Scene) -> bool:
        language = scene.data.language
        return not scene.evidence.noisy and language.has("square") and language.has("reciprocal")

    def findings(self, scene: Scene) -> Iterator[Finding]:
        told = f"{scene.view}: exact quotient of polynomials"
        for view in self.views(scene):
            for draft in self.quotients(view, scene.data):
                yield Tested(told, draft.error(scene.data), Verdict.READ)
                if draft.error(scene.data) < scene.policy.looks_exact:
                    yield Form(draft, told)

    @abstractmethod
    def views(self, scene: Scene) -> Iterator[View]:
        """Where quotients are looked for."""

    def quotients(self, view: View, data: Data) -> Iterator[Draft]:
        """Under one link after the other.

        Parameters
        ----------
        view : View
        data : Data
            All rows of the table.
        """
        terms = _terms(view.inputs, self.highest.get(view.inputs, 0))
        count = 2 * self.rows_a_term * len(terms)
        if not terms or len(view.rows.y) < count:
            return
        rows = view.rows.take(np.linspace(0, len(view.rows.y) - 1, count).astype(int))
        values = products(rows.X, terms)
        for link in (*links_for(rows.y), *(arc for arc in ARCS if arc.admits(rows.y))):
            if link.name in (*NAMES, *(arc.name for arc in ARCS)):
                draft = self._under(link, view, data, terms, values, link.apply(rows.y))
                if draft is not None:
                    yield draft

    def _under(
        self, link: Link, view: View, data: Data, terms: list[Term], values: Array, eta: Array
    ) -> Draft | None:
        A = np.hstack([values, -eta[:, None] * values])
        size = np.linalg.norm(A, axis=0)
        if not (np.isfinite(size).all() and size.min() > 0):
            return None
        worked(A.size * A.shape[1])
        R: Array = np.asarray(np.linalg.qr(A / size, mode="r"))
        if not self._singular(R):
            return None
        kept = self._needed(R, len(terms))
        if not 2 < kept.sum() <= self.most_terms or len(view.columns) > _used(terms, kept):
            return None
        solution = np.zeros(len(size))
        solution[kept] = np.linalg.svd(R[:, kept])[2][-1] / size[kept]
        return written_quotient(view, data, 1, terms, kept, solution, link)

    def _needed(self, R: Array, m: int) -> Array:
        """The terms without which the rest is no longer singular."""
        kept = np.ones(2 * m, dtype=bool)
        for k in (j for pair in zip(range(m), range(m, 2 * m), strict=True) for j in pair):
            kept[k] = False
            if not (kept[:m].any() and kept[m:].any() and self._singular(R[:, kept])):
                kept[k] = True
        return kept

    def _singular(self, R: Array) -> bool:
        worked(CALL + SINGULAR * R.size * min(R.shape))
        values = np.linalg.svd(R, compute_uv=False)
        return bool(values[-1] < self.singular * values[0])


def _terms(columns: int, highest: int) -> list[Term]:
    """All products of powers, the highest degree first."""
    if not highest:
        return []
    powers = sorted(product(range(highest + 1), repeat=columns), key=sum, reverse=True)
    return [tuple(k for k, p in enumerate(some) for _ in range(p)) for some in powers]


def _used(terms: list[Term], kept: Array) -> int:
    """How many columns the terms that are left contain."""
    return len({i for t, k in zip(terms * 2, kept, strict=True) if k for i in t})
