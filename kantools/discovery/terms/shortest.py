"""Which terms of a sum stay: taken away one by one, the one that is missed least first.

Taking a column away raises the sum of squares by the square of its factor over its place on the diagonal of
``(AᵀA)⁻¹``, as in :mod:`kantools.discovery.words.terms`; after each the constants inside settle again. Of
all sums on the way the one with the shortest description stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from kantools.clock import CALL, worked
from kantools.discovery.terms.separable import Part, Rows, Sum, basis_of, plain_columns, settled
from kantools.discovery.words.terms import Term
from kantools.symbolic.whole.correlated import digits
from kantools.symbolic.whole.draft import NATS_A_NODE

__all__ = ["Short", "described", "shortest", "without"]

Array = np.ndarray
SETTLING = 6  # steps after each term that goes
SINGULAR = 1e-13  # of the largest singular value
CALLS, PSEUDO = 60, 10  # of arrays for each sum, and operations for each number of a cube; measured


@dataclass(frozen=True)
class Short:
    """A sum, its factors, plain terms first, and what it takes to describe the target by it.

    Attributes
    ----------
    sum : Sum
    factors : tuple of float
    left : float
        Sum of squares.
    length : float
        Nats.
    missed : tuple of float
        By how much the sum of squares rises without each column.
    """

    sum: Sum
    factors: tuple[float, ...]
    left: float
    length: float
    missed: tuple[float, ...]


def shortest(rows: Rows, start: Sum, floor: float) -> Short | None:
    """The sum with the shortest description among all that are left when terms go.

    Parameters
    ----------
    rows : Rows
    start : Sum
        With its constants inside settled.
    floor : float
        Sum of squares that is rounding.
    """
    return min(_ever_shorter(rows, start, floor), key=lambda s: s.length, default=None)


def _ever_shorter(rows: Rows, here: Sum, floor: float) -> Iterator[Short]:
    short: Short | None = described(rows, here, floor)
    while short is not None:
        yield short
        if len(short.factors) == 1:
            return
        rest = without(short.sum, int(np.argmin(short.missed)))
        found = settled(rows, rest, basis_of(plain_columns(rows, rest.plain)), SETTLING)
        short = None if found is None else described(rows, found.sum, floor)


def without(here: Sum, k: int) -> Sum:
    """Without the column at a place, plain ones first."""
    if k < len(here.plain):
        return replace(here, plain=here.plain[:k] + here.plain[k + 1 :])
    k -= len(here.plain)
    parts: list[Part] = []
    for part in here.parts:
        rest = tuple(c for i, c in enumerate(part.columns) if i != k)
        k -= len(part.columns)
        if rest:
            parts.append(replace(part, columns=rest))
    return replace(here, parts=tuple(parts))


@np.errstate(all="ignore")  # what has no value is left out
def described(rows: Rows, here: Sum, floor: float) -> Short | None:
    """A sum with its factors and its length; None where it has no values."""
    values = [p.special.values(rows.X) for p in here.parts]
    special = [f[list(p.columns)] * rows.root for p, (f, _) in zip(here.parts, values, strict=True)]
    A = np.concatenate([plain_columns(rows, here.plain).T, *special]).T
    size = np.linalg.norm(A, axis=0)
    if not (np.isfinite(size).all() and size.min() > 0):
        return None
    worked(CALLS * CALL + 2 * A.size * A.shape[1] + PSEUDO * A.shape[1] ** 3)
    Q, R = np.linalg.qr(A / size)
    inverse = np.linalg.pinv(R, rcond=SINGULAR)
    factors = inverse @ (Q.T @ rows.y)
    left = float(np.sum((rows.y - (A / size) @ factors) ** 2))
    missed = factors**2 / np.maximum(np.sum(inverse**2, axis=1), 1e-300)
    inside, k = [], len(here.plain)
    for p, (_, slopes) in zip(here.parts, values, strict=True):
        along = (factors / size)[k : k + len(p.columns)]
        inside += [along @ d[list(p.columns)] * rows.root for d in slopes]
        k += len(p.columns)
    J = np.column_stack([A, *inside])
    length = _length(here, np.concatenate([factors / size, here.constants]), J, left, floor)
    return Short(here, tuple((factors / size).tolist()), left, length, tuple(missed.tolist()))


def _length(here: Sum, constants: Array, J: Array, left: float, floor: float) -> float:
    """Misfit, symbols and the digits of all constants, as :meth:`Draft.length` has them."""
    n, p = J.shape
    scatter = max(left, floor) / max(n - p, 1)
    symbols = sum(map(_symbols, here.plain)) + sum(map(_symbols_of, here.parts))
    misfit = 0.5 * n * float(np.log(left + floor))
    return misfit + NATS_A_NODE * symbols + digits(constants, J.T @ J / scatter)


def _symbols(term: Term) -> int:
    """What it takes to write a factor, a plus, and each column with its power."""
    return 2 + 2 * len(set(term)) + 2 * sum(term.count(i) > 1 for i in set(term))


def _symbols_of(part: Part) -> int:
    s = part.special
    argument = sum(2 * abs(q) > 0 for q in s.argument) + 2 * sum(abs(q) > 1 or q < 0 for q in s.argument)
    return _symbols(s.factor) + s.shape.price + argument + len(part.columns) - 1
