"""A dictionary of short expressions: everything that can be written with a few symbols over some columns.

Bottom-up enumeration by length: columns and the numbers 1 and 2, then primitives of them, then their sums,
differences, products and quotients, each kept once however it is written; a rare function counts as several
symbols. No constant is fitted inside an
expression, so nothing here can bend towards noise: an entry follows the data or it does not.

Source: D. J. Bartlett, H. Desmond & P. G. Ferreira, "Exhaustive symbolic regression", IEEE Transactions on
Evolutionary Computation 28 (2023), for the idea that short expressions can be listed instead of searched.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sympy import Expr, Integer

from kantools.clock import worked
from kantools.symbolic.language.rarity import rarity, symbols_worth
from kantools.symbolic.primitive import Primitive
from kantools.symbolic.whole.draft import NATS_A_NODE

__all__ = ["Dictionary", "dictionary"]

Array = np.ndarray
NUMBERS = (1, 2)
SIMPLE = 2  # complexity up to which a primitive is enumerated
HUGE = 1e8  # times its own median, beyond which an entry only tells of one row
FLAT = 1e-7  # relative spread below which an entry is a number
DIGITS = 2.0**30  # to which two entries are the same
BLOCK = 20_000  # entries that are made at a time
#: Passes over the values of new entries, the making and a median among them; operations to know each again.
PASSES, ENTRY = 15, 500


@dataclass(frozen=True)
class Operation:
    """One way to make an entry of two others."""

    numbers: Callable[[Array, Array], Array]
    expression: Callable[[Expr, Expr], Expr]
    symmetric: bool = False


OPERATIONS = (
    Operation(np.add, lambda a, b: a + b, symmetric=True),
    Operation(np.multiply, lambda a, b: a * b, symmetric=True),
    Operation(np.subtract, lambda a, b: a - b),
    Operation(np.divide, lambda a, b: a / b),
)


@dataclass(frozen=True)
class Dictionary:
    """Short expressions and their values.

    Attributes
    ----------
    leaves : tuple of Expr
        The columns, then the numbers.
    primitives : tuple of Primitive
    values : ndarray, shape (entries, rows)
    length : ndarray of int, shape (entries,)
        Symbols, functions and powers counted by how rare they are.
    nats : ndarray, shape (entries,)
        What it costs to write it down.
    curved : ndarray of bool, shape (entries,)
        Whether something transcendental is inside; such entries are not put into each other.
    made : ndarray of int, shape (entries, 3)
        Leaf, primitive or operation, and the entries it was made of (-1 where there is none).
    """

    leaves: tuple[Expr, ...]
    primitives: tuple[Primitive, ...]
    values: Array
    length: Array
    nats: Array
    curved: Array
    made: Array

    def __len__(self) -> int:
        return len(self.values)

    def expression(self, index: int) -> Expr:
        """An entry, written down."""
        how, left, right = (int(k) for k in self.made[index])
        if left < 0:
            return self.leaves[how]
        if right < 0:
            return self.primitives[how](self.expression(left))
        return OPERATIONS[how].expression(self.expression(left), self.expression(right))

    def joined(self, other: "Dictionary") -> "Dictionary":
        """With the entries of another one that was made of this one's."""
        arrays = ("values", "length", "nats", "curved", "made")
        both = {name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in arrays}
        return Dictionary(self.leaves, self.primitives, **both)

    def take(self, which: Array) -> "Dictionary":
        """Some of the entries; they can no longer be written down by themselves."""
        return Dictionary(
            self.leaves,
            self.primitives,
            self.values[which],
            self.length[which],
            self.nats[which],
            self.curved[which],
            self.made[which],
        )


def dictionary(columns: Sequence[Expr], X: Array, primitives: Sequence[Primitive], most: int) -> Dictionary:
    """All expressions up to the length at which there are more than ``most`` of them.

    Parameters
    ----------
    columns : sequence of Expr
        What stands for each column of ``X``.
    X : ndarray, shape (rows, columns)
    primitives : sequence of Primitive
        Short ones are used.
    most : int

    Examples
    --------
    >>> import numpy as np
    >>> from sympy import Symbol
    >>> from kantools.symbolic.primitive import select_primitives
    >>> some = dictionary([Symbol("u")], np.linspace(1, 2, 9)[:, None], select_primitives(["sin"]), 30)
    >>> [str(some.expression(k)) for k in range(len(some))][:6]
    ['u', '1', '2', '2*u', 'u + 1', 'u + 2']
    """
    some = tuple(p for p in primitives if 0 < p.complexity <= SIMPLE)
    known = _leaves(columns, X, some)
    seen = _marks(known.values)
    for length in range(2, most):
        new = _next(known, length, seen, most - len(known))
        if new is None:
            return known
        known = known.joined(new)
    return known


def _leaves(columns: Sequence[Expr], X: Array, primitives: tuple[Primitive, ...]) -> Dictionary:
    values = np.concatenate([X.T, np.ones((len(NUMBERS), len(X))) * np.array(NUMBERS)[:, None]])
    leaves = (*columns, *map(Integer, NUMBERS))
    none = np.full(len(leaves), -1)
    made = np.stack([np.arange(len(leaves)), none, none], axis=1)
    one = np.ones(len(leaves))
    return Dictionary(leaves, primitives, values, one.astype(int), NATS_A_NODE * one, one == 0, made)


def _next(known: Dictionary, length: int, seen: set[tuple[int, int]], most: int) -> Dictionary | None:
    """All new entries of a length; None where there are too many."""
    found: list[Dictionary] = []
    for block in _blocks(known, length):
        new = block.take(_new(block.values, seen))
        most -= len(new)
        if most < 0:
            return None
        found.append(new)
    if not found:
        return known.take(np.zeros(0, dtype=int))
    whole = found[0]
    for part in found[1:]:
        whole = whole.joined(part)
    return whole


def _blocks(known: Dictionary, length: int) -> Iterator[Dictionary]:
    """What makes entries of a length: primitives of shorter ones, and operations on two."""
    constant = known.made[:, 0] >= len(known.leaves) - len(NUMBERS)
    constant &= known.made[:, 1] < 0
    for k, primitive in enumerate(known.primitives):
        curved = not _algebraic(primitive)
        inside = np.flatnonzero((known.length == length - symbols_worth(primitive.expr)) & ~constant)
        if curved:
            inside = inside[~known.curved[inside]]
        if len(inside):
            yield _primitives_of(known, k, inside, length, curved)
    for left_length in range(1, length - 1):
        a = np.flatnonzero(known.length == left_length)
        b = np.flatnonzero(known.length == length - 1 - left_length)
        for k, operation in enumerate(OPERATIONS):
            left, right = (i.ravel() for i in np.meshgrid(a, b, indexing="ij"))
            wanted = ~(constant[left] & constant[right])
            if operation.symmetric:
                wanted &= left <= right
            for start in range(0, int(wanted.sum()), BLOCK):
                part = np.flatnonzero(wanted)[start : start + BLOCK]
                yield _operations_on(known, k, left[part], right[part], length)


def _primitives_of(known: Dictionary, k: int, inside: Array, length: int, curved: bool) -> Dictionary:
    primitive = known.primitives[k]
    low, high = primitive.domain
    values = known.values[inside]
    fits = (values.min(axis=1) > low) & (values.max(axis=1) < high)
    inside, values = inside[fits], values[fits]
    none = np.full(len(inside), -1)
    made = np.stack([np.full(len(inside), k), inside, none], axis=1)
    nats = known.nats[inside] + NATS_A_NODE * primitive.complexity + rarity(primitive.expr)
    values = np.array(primitive.value.on(values))
    return _block(known, values, length, nats, curved | known.curved[inside], made)


def _operations_on(known: Dictionary, k: int, left: Array, right: Array, length: int) -> Dictionary:
    with np.errstate(all="ignore"):
        values = OPERATIONS[k].numbers(known.values[left], known.values[right])
    made = np.stack([np.full(len(left), k), left, right], axis=1)
    nats = known.nats[left] + known.nats[right] + NATS_A_NODE
    return _block(known, values, length, nats, known.curved[left] | known.curved[right], made)


def _block(
    known: Dictionary, values: Array, length: int, nats: Array, curved: Array, made: Array
) -> Dictionary:
    lengths = np.full(len(values), length)
    return Dictionary(known.leaves, known.primitives, values, lengths, nats, curved, made)


def _algebraic(primitive: Primitive) -> bool:
    return bool(primitive.expr.is_Pow and primitive.expr.exp.is_Rational)


def _new(values: Array, seen: set[tuple[int, int]]) -> Array:
    """Entries that are finite, are no numbers, and were not there before."""
    if not len(values):
        return np.zeros(0, dtype=int)
    worked(PASSES * values.size + ENTRY * len(values))
    with np.errstate(all="ignore"):
        size = np.abs(values).max(axis=1)
        good = np.isfinite(values).all(axis=1) & (size < HUGE * np.median(np.abs(values), axis=1))
        good &= np.ptp(values, axis=1) > FLAT * size
    where = np.flatnonzero(good)
    fresh = []
    for k, mark in zip(where.tolist(), _fingerprints(values[where]), strict=True):
        if mark not in seen:
            seen.add(mark)
            fresh.append(k)
    return np.array(fresh, dtype=int)


def _marks(values: Array) -> set[tuple[int, int]]:
    return set(_fingerprints(values))


def _fingerprints(values: Array) -> Iterator[tuple[int, int]]:
    """The same for entries with the same values but for rounding."""
    directions = np.random.default_rng(0).random((values.shape[1], 2)) + 0.5
    with np.errstate(all="ignore"):
        one, other = (values @ directions).T
        mantissa, exponent = np.frexp(np.abs(one))
        first = np.sign(one) * (np.round(mantissa * DIGITS) + (exponent + 1100) * 4 * DIGITS)
        second = np.round(other / one * DIGITS / 16)
    return zip(first.tolist(), second.tolist(), strict=True)
