"""A short sum with each of its terms put to the test: another shape, or another monomial, in its place.

Beside a large background ``1/(K + x²)`` says what ``x²/(K + x²)`` does, and in noise one shape passes for
another until all terms that do not matter are gone. What is left is short, so that sums are compared by
their description alone.
"""

from collections.abc import Iterator
from dataclasses import replace

from kantools.discovery.terms.search import Search, whole
from kantools.discovery.terms.separable import Sum, basis_of, plain_columns, settled
from kantools.discovery.terms.shortest import Short, shortest, without
from kantools.discovery.words.terms import up_to

__all__ = ["refined"]

ROUNDS = 4
STARTS = 12  # special terms that are tried in the place of each


def refined(search: Search, short: Short) -> Short:
    """The shortest sum that is reached by putting another term in the place of one, again and again."""
    for _ in range(ROUNDS):
        better = min(_replaced(search, short.sum), key=lambda s: s.length, default=short)
        if search.late() or not better.length < short.length - 1e-6:
            return short
        short = better
    return short


def _replaced(search: Search, here: Sum) -> Iterator[Short]:
    """Sums with another term in the place of each, and with one more."""
    columns = len(here.plain) + sum(len(p.columns) for p in here.parts)
    for rest in (*(without(here, k) for k in range(columns)), here):
        yield from (s for more in _with_one_more(search, rest) if (s := _settled(search, more)) is not None)


def _with_one_more(search: Search, rest: Sum) -> Iterator[Sum]:
    for special in search.starts(rest)[:STARTS]:
        if search.late():
            return
        yield replace(rest, parts=(*rest.parts, whole(special)))
    plain = up_to(search.sizes.degrees[-1], search.rows.X.shape[1])
    yield from (replace(rest, plain=(*rest.plain, t)) for t in plain if t not in rest.plain)


def _settled(search: Search, more: Sum) -> Short | None:
    basis = basis_of(plain_columns(search.rows, more.plain))
    found = settled(search.rows, more, basis, search.sizes.steps)
    return None if found is None else shortest(search.rows, found.sum, search.floor)
