"""A short sum with each of its terms put to the test: another shape, or another monomial, in its place.

Beside a large background ``1/(K + x²)`` says what ``x²/(K + x²)`` does, and in noise one shape passes for
another until all terms that do not matter are gone. What is left is short, so that sums are compared by
their description alone.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from kantools.discovery.terms.search import Search, whole
from kantools.discovery.terms.separable import Sum, basis_of, plain_columns, settled, tangents
from kantools.discovery.terms.shortest import Short, described, shortest, without
from kantools.discovery.words.terms import Term, up_to

__all__ = ["refined"]

ROUNDS = 4
SPECIAL, PLAIN = 8, 3  # terms that are tried in the place of each
MOST = 12  # terms; a sum with more of them is no law yet
MAY_SAVE = 12.0  # nats, by each column that goes


def refined(search: Search, short: Short) -> Short:
    """The shortest sum that is reached by putting another term in the place of one, again and again."""
    for _ in range(ROUNDS if len(short.factors) <= MOST else 0):
        better = min(_replaced(search, short), key=lambda s: s.length, default=short)
        if search.late() or not better.length < short.length - 1e-6:
            return short
        short = better
    return short


def _replaced(search: Search, short: Short) -> Iterator[Short]:
    """Sums with another term in the place of each, and with one more, that may be shorter."""
    for rest in (*(without(short.sum, k) for k in range(len(short.factors))), short.sum):
        for more in _with_one_more(search, rest):
            found = _settled(search, more, short.length)
            if found is not None:
                yield found


def _with_one_more(search: Search, rest: Sum) -> Iterator[Sum]:
    for special in search.starts(rest)[:SPECIAL]:
        yield replace(rest, parts=(*rest.parts, whole(special)))
    for term in _plain(search, rest)[:PLAIN]:
        yield replace(rest, plain=(*rest.plain, term))


def _plain(search: Search, rest: Sum) -> list[Term]:
    """Monomials that are not there, those that take most away first."""
    rows = search.rows
    basis = basis_of(np.hstack([plain_columns(rows, rest.plain), tangents(rows, rest.parts)]))
    terms = [t for t in up_to(search.sizes.degrees[-1], rows.X.shape[1]) if t not in rest.plain]
    A = plain_columns(rows, terms)
    own = A - basis @ (basis.T @ A)
    size = np.maximum(np.linalg.norm(own, axis=0), 1e-9 * np.linalg.norm(A, axis=0))
    return [terms[k] for k in np.argsort(-np.abs(rows.y @ own) / size)]


def _settled(search: Search, more: Sum, length: float) -> Short | None:
    """The shortest of what is left of a sum, if it may be shorter than so many nats."""
    if search.late():
        return None
    rows = search.rows
    found = settled(rows, more, basis_of(plain_columns(rows, more.plain)), search.sizes.steps)
    here = None if found is None else described(rows, found.sum, search.floor)
    if here is None or here.length > length + MAY_SAVE * len(here.factors):
        return None
    return shortest(rows, here.sum, search.floor)
