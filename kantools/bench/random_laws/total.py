"""Sums and differences of unlike terms, each of which may be of any other kind."""

from kantools.bench.random_laws.counts import DIFFERENCES, EQUATIONS, SUMS
from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.factors import Wanted, coefficient
from kantools.bench.random_laws.part import ONE, Part, minus, over, plus, power, times
from kantools.bench.random_laws.pieces import CURVES, of_kind

__all__ = ["total"]

#: The chance of another term after one, if each of the equations has a term and the sums add the others.
FURTHER = (SUMS + DIFFERENCES) / (SUMS + DIFFERENCES + EQUATIONS)
#: Terms that are powers of columns, and terms without a new column that are a mere constant: choices.
PLAIN, OFFSET = 0.5, 0.5


def total(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    """Two terms or more."""
    shares = _shares(draft, columns)
    whole = _term(draft, shares[0], wanted)
    alike = Wanted(whole.unit, whole.size)
    for share in shares[1:]:
        term = _term(draft, share, alike) if share else _further(draft, alike)
        whole = plus(whole, term) if draft.chance(SUMS / (SUMS + DIFFERENCES)) else minus(whole, term)
    return whole


def _shares(draft: Draft, columns: int) -> list[int]:
    """How many new columns each term has: the first one at least one."""
    terms = 2 + draft.chance(FURTHER)
    shares = [1] + [0] * (terms - 1)
    for _ in range(columns - 1):
        shares[int(draft.rng.integers(terms))] += 1
    return shares


def _term(draft: Draft, columns: int, wanted: Wanted | None) -> Part:
    kind = "power law" if draft.chance(PLAIN) else draft.weighted(CURVES)
    return of_kind(draft, kind, columns, wanted)


def _further(draft: Draft, wanted: Wanted) -> Part:
    """A constant, or a power of a column that stands in another term."""
    if draft.chance(OFFSET):
        return draft.number(wanted.size, wanted.unit, 0.3)
    column = draft.again()
    part = draft.one_of((column, power(column, 2), power(column, 3), over(ONE, column), power(column, 2)))
    return times(coefficient(draft, part, wanted), part)
