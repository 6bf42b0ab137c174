"""Which short expression, sum of two or product of two follows the target, among a million of them.

With a dictionary of expressions E (:mod:`kantools.discovery.words.dictionary`) the residuals of all
``A E_i + B``, of all ``A E_i + B E_j + C``, of all ``A E_i E_j + B`` and of all ``A E_i E_j + B E_k + C``
follow in closed form from matrix products. The best sums of two grow by further terms. The ranking is by
description length: a hypothesis pays for its symbols and its constants.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from kantools.clock import BLAS, CALL, worked
from kantools.discovery.words.dictionary import Dictionary
from kantools.symbolic.whole.draft import NATS_A_NODE

__all__ = ["Combination", "combinations_of", "reciprocals"]

Array = np.ndarray
ROUNDING = 1e-15  # share of the target's power below which a sum of squares is none
MOST_TERMS, MOST_GROWN = 4, 3  # of a sum, and how many sums of two grow
SHORT, LONG = 120, 8000  # so many of the shortest entries are combined with so many others
MIDDLE_TERM, MIDDLE_FACTOR = 500, 1300  # entries that are combined with each other, in sums and in products
BESIDE, SHORT_FACTOR, LONG_FACTOR = 24, 160, 600  # the shortest entries beside products, and their factors
STEEPEST = 1e3  # how much an entry may vary to be divided by
PASSES, RANKED = 8, 10  # over all pairs, to see what they leave and to rank them: counted in the code
ALIKE, ALIKE_IN_SINGLE = 1e-10, 1e-5  # 1 - r² below which two entries are one, by the precision


@dataclass(frozen=True)
class Combination:
    """``A E_i``, ``A E_i + B E_j + …``, ``A E_i E_j``, ``A E_j / E_i``, ``A E_i E_j + B E_k``; and an offset.

    Attributes
    ----------
    kind : {"one", "sum", "product", "quotient", "beside"}
        A quotient is that of the second entry by the first; the last is a product beside the third entry.
    entries : tuple of int
    offset : bool
    nats : float
        Of its symbols and constants.
    score : float
        These and its misfit on the rows it was found on.
    """

    kind: str
    entries: tuple[int, ...]
    offset: bool
    nats: float
    score: float


@dataclass(frozen=True)
class Sample:
    """The rows that hypotheses compete on: the target and the weights' square roots, of mean square 1."""

    y: Array
    root: Array
    offset: bool

    def scaled(self, values: Array) -> Array:
        """Rows of numbers as they count: weighted and, beside an offset, without their mean."""
        if self.offset:
            weight = self.root**2
            values = values - (values @ weight / weight.sum())[..., None]
        return values * self.root

    @property
    def target(self) -> Array:
        return self.scaled(self.y)

    def misfit(self, left: Array) -> Array:
        """Nats of a fit that leaves so large a sum of squares."""
        n, power = len(self.y), float(np.sum((self.root * self.y) ** 2))
        return 0.5 * n * np.log(np.maximum(left / power, ROUNDING))

    def price(self, constants: int) -> float:
        """Nats of so many factors, and of the offset."""
        return (constants + self.offset) * (1 + 0.5 * np.log(len(self.y)))


def combinations_of(
    words: Dictionary, y: Array, root: Array, most: int, *, products: bool = True, single: bool = False
) -> list[Combination]:
    """The shortest descriptions of a target, so many of each kind at most.

    Every entry is combined with the shortest ones, and those of middle length with each other.

    Parameters
    ----------
    words : Dictionary
        The shortest first.
    y : ndarray, shape (rows,)
    root : ndarray, shape (rows,)
        Square roots of the weights.
    most : int
    products : bool
        Whether products and quotients are tried.
    single : bool
        Whether single precision will do: where noise is larger than its rounding.
    """
    kind = np.float32 if single else np.float64
    exact = words.values / np.sqrt(np.mean(words.values**2, axis=1, keepdims=True))
    values = exact.astype(kind)
    unit = (
        np.sqrt(np.mean((root * y) ** 2)) or 1.0
    )  # squares of small or large numbers leave single precision
    y, root = (y / unit).astype(kind), root.astype(kind)
    found: list[Combination] = []
    for offset in (False, True):
        sample = Sample(y, root, offset)
        found += _single_and_sums(values, words.nats, sample, most)
        if products:
            found += _multiplied(values, words.nats, sample, most)
            found += _beside(exact[:LONG_FACTOR], words.nats, sample, most)
    return sorted(found, key=lambda f: f.score)


def _blocks(nats: Array, middle: int) -> Iterator[tuple[slice, slice, Array]]:
    """Which entries are combined with which, and the nats of both."""
    for left, right in ((slice(0, LONG), slice(0, SHORT)), (slice(SHORT, middle), slice(SHORT, middle))):
        yield left, right, nats[left, None] + nats[right] + NATS_A_NODE


def _single_and_sums(values: Array, nats: Array, sample: Sample, most: int) -> list[Combination]:
    target, E = sample.target, _unit(sample.scaled(values))
    c, power = E @ target, float(target @ target)
    sums: list[Combination] = []
    for left, right, both in _blocks(nats, MIDDLE_TERM):
        rest = _sums(E[left], E[right], c[left], c[right], power)
        sums += _best("sum", sample, rest, both, 2, (left.start, right.start), most)
    single = _best("one", sample, power - c**2, nats, 1, (0,), most)
    some = slice(0, LONG)
    return [*single, *sums, *_longer(sums, E[some], c[some], nats[some], sample)]


def _multiplied(values: Array, nats: Array, sample: Sample, most: int) -> list[Combination]:
    found: list[Combination] = []
    for left, right, both in _blocks(nats, MIDDLE_FACTOR):
        start = (left.start, right.start)
        for kind, numbers in (("product", values[left]), ("quotient", reciprocals(values[left]))):
            rest = _products(numbers, values[right], sample)
            found += _best(kind, sample, rest, both, 1, start, most)
    return found


def _beside(values: Array, nats: Array, sample: Sample, most: int) -> list[Combination]:
    """Products of a short entry and another, beside one of the shortest.

    In double precision always: what is left of two nearly equal numbers is looked at.
    """
    sample = Sample(sample.y.astype(float), sample.root.astype(float), sample.offset)
    V, W, target = values, values[:SHORT_FACTOR], sample.target
    both = nats[: len(V), None] + nats[: len(W)] + NATS_A_NODE
    power, squares = _squares(V, W, sample)
    along = _along(V, W, sample, target)
    found: list[Combination] = []
    beside = sample.scaled(values[:BESIDE])
    for k in np.flatnonzero(np.sum(beside**2, axis=1) > ALIKE * len(target)).tolist():
        e = beside[k] / np.linalg.norm(beside[k])
        inside, first = _along(V, W, sample, e), float(e @ target)
        left = float(target @ target) - first**2 - _share(along - inside * first, squares - inside**2, power)
        pairs = _best("beside", sample, left, both + nats[k] + NATS_A_NODE, 2, (0, 0), most)
        found += [replace(c, entries=(*c.entries, k)) for c in pairs]
    return sorted(found, key=lambda c: c.score)[:most]


def _unit(values: Array) -> Array:
    norm = np.linalg.norm(values, axis=1, keepdims=True)
    return values / np.where(norm > 0, norm, 1.0)


def reciprocals(values: Array) -> Array:
    """1 over each entry; nothing where it changes its sign or comes near to zero."""
    size = np.abs(values)
    safe = size.min(axis=1) * STEEPEST > size.max(axis=1)
    return np.where(safe[:, None], 1 / np.where(safe[:, None], values, 1.0), 0.0)


def _sums(E: Array, F: Array, c: Array, d: Array, power: float) -> Array:
    """What the best ``A E_i + B F_j`` leaves of a target with the components ``c`` and ``d``."""
    worked(len(E) * len(F) * (BLAS * E.shape[1] + PASSES))
    r = E @ F.T
    rest, first = 1 - r**2, c[:, None] ** 2
    with np.errstate(all="ignore"):
        share = (
            first + (d - r * c[:, None]) ** 2 / rest
        )  # the second entry without the first: exact where alike
    return power - np.where(rest > alike(r), share, first)


def alike(values: Array) -> float:
    """``1 - r²`` below which rounding tells two entries apart, not the data."""
    return ALIKE_IN_SINGLE if values.dtype == np.float32 else ALIKE


def _products(V: Array, W: Array, sample: Sample) -> Array:
    """What the best ``A V_i W_j`` leaves."""
    power, squares = _squares(V, W, sample)
    along, target = _along(V, W, sample, sample.target), sample.target
    return float(target @ target) - _share(along, squares, power)


def _along(V: Array, W: Array, sample: Sample, direction: Array) -> Array:
    """The components of all products ``V_i W_j`` along a direction of scaled numbers."""
    worked(len(V) * len(W) * BLAS * V.shape[1] + V.size)
    return (V * (sample.root * direction)) @ W.T


def _squares(V: Array, W: Array, sample: Sample) -> tuple[Array, Array]:
    """The squares of all products' lengths, and those of what is left of them beside an offset."""
    worked(len(V) * len(W) * (2 * BLAS * V.shape[1] + PASSES))
    weight = sample.root**2
    power = (V**2 * weight) @ (W**2).T
    return power, power - ((V * weight) @ W.T) ** 2 / weight.sum() if sample.offset else power


def _share(along: Array, squares: Array, power: Array) -> Array:
    """What products explain by what is new in them; nothing where that is rounding."""
    new = squares > alike(squares) * power
    return np.where(new, along**2 / np.where(new, squares, 1.0), 0.0)


def _longer(sums: list[Combination], E: Array, c: Array, nats: Array, sample: Sample) -> list[Combination]:
    """Sums of two with further terms, each the one that leaves least, as long as it pays."""
    found: list[Combination] = []
    power, target = float(sample.target @ sample.target), sample.target
    for best in sorted(sums, key=lambda f: f.score)[:MOST_GROWN]:
        for _ in range(MOST_TERMS - 2):
            Q = np.linalg.qr(E[list(best.entries)].T)[0]
            inside = E @ Q
            along = c - inside @ (Q.T @ target)
            size = 1 - np.sum(inside**2, axis=1)
            new = size > alike(E)
            share = np.where(new, along**2 / np.where(new, size, 1.0), 0.0)
            left = power - float(np.sum((Q.T @ target) ** 2)) - share
            cost = best.nats + nats + NATS_A_NODE + sample.price(1) - sample.price(0)
            score = cost + sample.misfit(left)
            k = int(np.argmin(score))
            if not score[k] < best.score:
                break
            best = Combination("sum", (*best.entries, k), sample.offset, float(cost[k]), float(score[k]))
            found.append(best)
    return found


def _best(
    kind: str,
    sample: Sample,
    left: Array,
    nats: Array,
    constants: int,
    start: tuple[int, ...],
    most: int,
) -> list[Combination]:
    """The lowest scores of one kind; ``start`` is where the block of pairs begins."""
    worked(RANKED * left.size + most * CALL)
    nats = nats + sample.price(constants)
    score = (nats + sample.misfit(left)).ravel()
    some = np.argpartition(score, most)[:most] if most < len(score) else np.arange(len(score))
    where = np.stack(np.unravel_index(some, nats.shape), axis=1) + np.array(start)
    return [
        Combination(kind, tuple(entries), sample.offset, float(cost), float(s))
        for entries, cost, s in zip(where.tolist(), nats.ravel()[some], score[some], strict=True)
        if np.isfinite(s) and (kind == "quotient" or len(entries) < 2 or entries[0] >= entries[1])
    ]
