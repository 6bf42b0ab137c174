"""Quotients of polynomials of higher degree, where the table has no noise.

``T(y) = P(u)/Q(u)`` is ``P(u) - T(y) Q(u) = 0``: a matrix of monomials, and of monomials times ``T(y)``, is
singular. Without noise it is so to rounding error, and nothing has to be fitted to see it. Terms are then
taken away, those of the highest degree first, as long as the rest is still singular: what common factors of
``P`` and ``Q`` leave open goes with them. ``T`` may also be a cosine or a sine, and one column may count
through its cosine, sine or exponential, as in the angles of refraction or of aberration.
"""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from kantools.discovery.leads import BENDS
from kantools.discovery.link import ARCS, Link, links_for
from kantools.discovery.quotient import Term, written_quotient
from kantools.discovery.view import View, bent
from kantools.symbolic.fit.data import Data
from kantools.symbolic.primitive import Primitive
from kantools.symbolic.whole.draft import Draft

__all__ = ["bent_quotients", "exact_quotients"]

Array = np.ndarray
HIGHEST = {1: 6, 2: 4, 3: 2, 4: 1, 5: 1}  # power of a column, by their number
HIGHEST_BENT = {1: 4, 2: 3, 3: 1}  # … where one counts through a function
ROWS_A_TERM = 4
SINGULAR = 1e-12  # smallest singular value relative to the largest, of columns of length 1
MOST_TERMS = 12  # of a law; what needs more is an approximation
NAMES = ("identity", "square", "sqrt", "exp")  # links; reciprocals of quotients are quotients


def exact_quotients(view: View, data: Data) -> Iterator[Draft]:
    """Quotients of polynomials that leave nothing but rounding errors, under one link after the other.

    Parameters
    ----------
    view : View
    data : Data
        All rows of the table.
    """
    yield from _quotients(view, data, HIGHEST.get(view.inputs, 0))


def bent_quotients(view: View, data: Data, primitives: Sequence[Primitive]) -> Iterator[Draft]:
    """The same with one column counting through its sine, cosine or exponential.

    Parameters
    ----------
    view : View
    data : Data
    primitives : sequence of Primitive
        Those among them that a column may count through.
    """
    bends = [p for p in primitives if p.inner and p.name in BENDS]
    for column, function in product(range(view.inputs), bends):
        other = bent(view, column, function)
        if other is not None:
            yield from _quotients(other, data, HIGHEST_BENT.get(view.inputs, 0))


def _quotients(view: View, data: Data, highest: int) -> Iterator[Draft]:
    terms = _terms(view.inputs, highest)
    count = 2 * ROWS_A_TERM * len(terms)
    if not terms or len(view.rows.y) < count:
        return
    rows = view.rows.take(np.linspace(0, len(view.rows.y) - 1, count).astype(int))
    values = _monomials(rows.X, terms)
    for link in (*links_for(rows.y), *(arc for arc in ARCS if arc.admits(rows.y))):
        if link.name in (*NAMES, *(arc.name for arc in ARCS)):
            draft = _under(link, view, data, terms, values, link.apply(rows.y))
            if draft is not None:
                yield draft


def _terms(columns: int, highest: int) -> list[Term]:
    """All products of powers, the highest degree first."""
    if not highest:
        return []
    powers = sorted(product(range(highest + 1), repeat=columns), key=sum, reverse=True)
    return [tuple(k for k, p in enumerate(some) for _ in range(p)) for some in powers]


def _monomials(X: Array, terms: list[Term]) -> Array:
    return np.stack([np.prod(X[:, list(t)], axis=1) for t in terms], axis=1)


def _under(link: Link, view: View, data: Data, terms: list[Term], values: Array, eta: Array) -> Draft | None:
    A = np.hstack([values, -eta[:, None] * values])
    size = np.linalg.norm(A, axis=0)
    if not (np.isfinite(size).all() and size.min() > 0):
        return None
    R: Array = np.asarray(np.linalg.qr(A / size, mode="r"))
    if not _singular(R):
        return None
    kept = np.ones(len(size), dtype=bool)
    m = len(terms)
    for k in (j for pair in zip(range(m), range(m, 2 * m), strict=True) for j in pair):
        kept[k] = False
        if not (kept[:m].any() and kept[m:].any() and _singular(R[:, kept])):
            kept[k] = True
    if not 2 < kept.sum() <= MOST_TERMS or len(view.columns) > _used(terms, kept):
        return None
    solution = np.zeros(len(size))
    solution[kept] = np.linalg.svd(R[:, kept])[2][-1] / size[kept]
    return written_quotient(view, data, 1, terms, kept, solution, link)


def _singular(R: Array) -> bool:
    values = np.linalg.svd(R, compute_uv=False)
    return bool(values[-1] < SINGULAR * values[0])


def _used(terms: list[Term], kept: Array) -> int:
    """How many columns the terms that are left contain."""
    return len({i for t, k in zip(terms * 2, kept, strict=True) if k for i in t})
