"""Quotients of polynomials of higher degree, where the table has no noise.

``T(y) = P(u)/Q(u)`` is ``P(u) - T(y) Q(u) = 0``: a matrix of monomials, and of monomials times ``T(y)``, is
singular. Without noise it is so to rounding error, and nothing has to be fitted to see it. Terms are then
taken away, those of the highest degree first, as long as the rest is still singular: what common factors of
``P`` and ``Q`` leave open goes with them. ``T`` may also be a cosine or a sine, as in the angles of
refraction or of aberration.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from kantools.clock import CALL, worked
from kantools.discovery.views.link import ARCS, Link, links_for
from kantools.discovery.views.view import View
from kantools.discovery.words.quotients import written_quotient
from kantools.discovery.words.terms import Term, products
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.draft import Draft

__all__ = ["Singularity"]

Array = np.ndarray
SINGULAR = 4.0  # operations for each number of a cube, for singular values; measured
NAMES = ("identity", "square", "sqrt", "exp")  # links; reciprocals of quotients are quotients


@dataclass(frozen=True)
class Singularity:
    """When a matrix of terms counts as singular, and what is then worth writing down.

    Attributes
    ----------
    smallest : float
        Singular value relative to the largest, of columns of length 1.
    rows_a_term : int
    most_terms : int
        Of a law; what needs more is an approximation.
    """

    smallest: float
    rows_a_term: int
    most_terms: int

    def quotients(self, view: View, data: Data, highest: int) -> Iterator[Draft]:
        """Quotients that leave nothing but rounding errors, under one link after the other.

        Parameters
        ----------
        view : View
        data : Data
            All rows of the table.
        highest : int
            Power of each column.
        """
        terms = _terms(view.inputs, highest)
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
        return bool(values[-1] < self.smallest * values[0])


def _terms(columns: int, highest: int) -> list[Term]:
    """All products of powers, the highest degree first."""
    if not highest:
        return []
    powers = sorted(product(range(highest + 1), repeat=columns), key=sum, reverse=True)
    return [tuple(k for k, p in enumerate(some) for _ in range(p)) for some in powers]


def _used(terms: list[Term], kept: Array) -> int:
    """How many columns the terms that are left contain."""
    return len({i for t, k in zip(terms * 2, kept, strict=True) if k for i in t})
