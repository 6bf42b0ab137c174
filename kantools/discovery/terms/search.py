"""Sums of unlike terms, a special one more in each round, beside every background.

All monomials of low degree stand beside the special terms while these are looked for: with a small
background few shapes are mistaken for another, with a large one no plain term is. Of each round the sums
that leave least go on, and the best of them lose the terms that they do not need.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kantools.discovery.terms.separable import (
    Part,
    Rows,
    Settled,
    Sum,
    basis_of,
    plain_columns,
    settled,
    tangents,
)
from kantools.discovery.terms.shortest import Short, shortest
from kantools.discovery.terms.special import Special
from kantools.discovery.terms.starts import Block, promising
from kantools.discovery.words.terms import Term, up_to

__all__ = ["Search", "Sizes", "sums"]

Array = np.ndarray
SAME = 6  # digits of the logarithm to which two sums leave the same
GLANCED = 1e-2  # share of the sum of squares that a step in a first look must gain
MATTERS = 0.5  # times what is left: a special term that makes no such difference is none


@dataclass(frozen=True)
class Sizes:
    """How much is tried.

    Attributes
    ----------
    degrees : tuple of int
        Of the backgrounds, the smallest first.
    starts : tuple of int
        That are followed from each sum, in each round; as many rounds as special terms.
    beam : int
        Sums that go on.
    shortened : int
        Sums of each round that lose what they do not need.
    few : int
        Terms with which a sum may be a law.
    steps, glance : int
        Of the constants inside; in a first look at each.
    """

    degrees: tuple[int, ...]
    starts: tuple[int, ...]
    beam: int
    shortened: int
    few: int = 4
    steps: int = 15
    glance: int = 5

    def wider(self, times: int) -> "Sizes":
        """With so many times as many starts and sums that go on."""
        return replace(self, starts=tuple(times * n for n in self.starts), beam=times * self.beam)


@dataclass(frozen=True)
class Search:
    """What stays the same while sums are looked for.

    Attributes
    ----------
    rows : Rows
    blocks : list of Block
        Where shapes start.
    factors : tuple of Term
        What stands in front of them.
    sizes : Sizes
    floor : float
        Sum of squares that is rounding.
    late : callable
        Whether there is no more time.
    """

    rows: Rows
    blocks: list[Block]
    factors: tuple[Term, ...]
    sizes: Sizes
    floor: float
    late: Callable[[], bool]

    def explains(self, short: Short) -> bool:
        """Whether few terms leave nothing but rounding; many follow any smooth curve."""
        return short.left <= self.floor and len(short.factors) <= self.sizes.few

    def backgrounds(self) -> Iterator[tuple[Term, ...]]:
        """All monomials up to each degree that the rows carry."""
        for degree in self.sizes.degrees:
            plain = tuple(up_to(degree, self.rows.X.shape[1]))
            if 3 * len(plain) <= len(self.rows.y):
                yield plain

    def starts(self, around: Sum) -> list[Special]:
        """Special terms that take most away beside those that are there, whose constants may move."""
        columns = [plain_columns(self.rows, around.plain), tangents(self.rows, around.parts)]
        return promising(self.rows, basis_of(np.hstack(columns)), self.blocks, self.factors)


def sums(search: Search) -> Iterator[Short]:
    """The shortest sums of every round, as they are found, until one leaves rounding only."""
    every = list(search.backgrounds())
    for plain in every:
        for short in _beside(search, plain, every[-1]):
            yield short
            if search.explains(short):
                return


def _beside(search: Search, plain: tuple[Term, ...], most: tuple[Term, ...]) -> Iterator[Short]:
    """Sums with one special term, two, and so on, beside a background, as long as each makes a difference."""
    basis, beam, left = basis_of(plain_columns(search.rows, plain)), [Sum(plain, ())], np.inf
    for starts in search.sizes.starts:
        found = _longer(search, beam, basis, starts)
        for one in found[: search.sizes.shortened]:
            yield from _shortened(search, one.sum, most)
        if not found or found[0].left > MATTERS * left:
            return
        left, beam = found[0].left, [one.sum for one in found]


def _shortened(search: Search, long: Sum, most: tuple[Term, ...]) -> Iterator[Short]:
    """What stays of a sum, beside its own background and beside the largest."""
    for plain in dict.fromkeys((long.plain, most)):
        short = None if search.late() else shortest(search.rows, replace(long, plain=plain), search.floor)
        if short is not None:
            yield short


def _longer(search: Search, beam: Sequence[Sum], basis: Array, starts: int) -> list[Settled]:
    """Sums with a special term more, those that leave least first; of equal ones the first."""
    seen: dict[float, Settled] = {}
    for one in beam:
        for special in search.starts(one)[:starts]:
            if search.late():
                return []
            more = replace(one, parts=(*one.parts, whole(special)))
            end = settled(search.rows, more, basis, search.sizes.glance, GLANCED)
            if end is not None:
                seen.setdefault(_like(end), end)
    first = sorted(seen.values(), key=lambda end: end.left)[: search.sizes.beam]
    ends = (settled(search.rows, end.sum, basis, search.sizes.steps) for end in first)
    found = {_like(end): end for end in ends if end is not None}
    return sorted(found.values(), key=lambda end: end.left)


def _like(end: Settled) -> float:
    """What two sums that say the same have in common."""
    return round(float(np.log(max(end.left, 1e-300))), SAME)


def whole(special: Special) -> Part:
    """A special term with all its columns.

    A wave has two; every other shape has one.
    """
    return Part(special, (0, 1) if special.shape.needs == "sin" else (0,))
