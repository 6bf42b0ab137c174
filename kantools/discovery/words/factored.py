"""A short expression times a polynomial: the closed form of many laws of two or three groups.

For every entry E of a dictionary and its reciprocal, the best polynomial P of low degree in ``y ≈ E · P(u)``
is a small least-squares problem; the normal matrices of all entries are one matrix product. Of the best few,
terms that do not pay are taken away.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sympy import Expr, Mul

from kantools.clock import BLAS, CALL, worked
from kantools.discovery.views.rows import Rows
from kantools.discovery.words.combinations import reciprocals
from kantools.discovery.words.dictionary import Dictionary
from kantools.discovery.words.terms import Term, products, shortest_terms, term_lists

__all__ = ["Factored", "factored"]

Array = np.ndarray
DEGREES = {1: 3, 2: 3, 3: 2}  # of the polynomial, by the number of columns
ENTRIES = 4000
MOST_PRUNED = 12  # entries whose polynomials are pruned
RIDGE = 1e-12
SOLVED = 1.0  # operations for each number of a cube, to solve small equations


@dataclass(frozen=True)
class Factored:
    """``E^±1 · Σ c_t Π u_i``: the entry, its power, the terms and their factors, and nats on the rows."""

    entry: int
    power: int
    terms: tuple[Term, ...]
    factors: Array
    score: float

    def written(self, words: Dictionary, columns: tuple[Expr, ...]) -> list[Expr]:
        """What each factor stands before."""
        front = words.expression(self.entry) ** self.power
        return [Mul(front, *(columns[i] for i in t)) for t in self.terms]


def factored(words: Dictionary, rows: Rows, most: int) -> list[Factored]:
    """The shortest descriptions of this kind, so many at most, the best first."""
    columns = rows.X.shape[1]
    terms = next(iter(_all_terms(columns, len(rows.y))), None)
    if terms is None:
        return []
    A = products(rows.X, terms)
    values = words.values[:ENTRIES]
    values = values / np.sqrt(np.mean(values**2, axis=1, keepdims=True))
    found: list[Factored] = []
    for power in (1, -1):
        E = values if power == 1 else reciprocals(values)
        scores = 0.5 * len(rows.y) * np.log(_left(E, A, rows)) + words.nats[: len(E)]
        for k in np.argsort(scores)[:MOST_PRUNED]:
            if np.isfinite(scores[k]):
                found.append(_pruned(int(k), power, words, terms, A, rows))
    return sorted(found, key=lambda f: f.score)[:most]


def _all_terms(columns: int, rows: int) -> Iterator[tuple[Term, ...]]:
    """The monomials of the highest degree that there is for so many columns."""
    lists = [terms for terms in term_lists(columns, rows) if max(map(len, terms)) <= DEGREES.get(columns, 0)]
    if lists:
        yield tuple(lists[-1])


def _left(E: Array, A: Array, rows: Rows) -> Array:
    """The share of the target's power that the best polynomial leaves beside each entry."""
    m = A.shape[1]
    worked(len(E) * (BLAS * m * m * len(A) + A.shape[0] + SOLVED * m**3 + CALL))
    i, j = np.triu_indices(m)
    y = rows.y * np.sqrt(rows.weight)
    A = A * np.sqrt(rows.weight)[:, None]
    A = A / np.linalg.norm(A, axis=0)
    normal = np.empty((len(E), m, m))
    normal[:, i, j] = normal[:, j, i] = (E**2) @ (A[:, i] * A[:, j])
    size = np.trace(normal, axis1=1, axis2=2)
    normal[:, range(m), range(m)] += RIDGE * np.where(size > 0, size, 1.0)[:, None]
    right = (E * y) @ A
    solved = np.linalg.solve(normal, right[:, :, None])[:, :, 0]
    power = float(y @ y)
    left = np.maximum(power - np.sum(solved * right, axis=1), 1e-14 * power) / power
    return np.where(size > 0, left, np.inf)


def _pruned(
    entry: int, power: int, words: Dictionary, terms: tuple[Term, ...], A: Array, rows: Rows
) -> Factored:
    """Without the terms that do not pay."""
    root = np.sqrt(rows.weight)
    front = words.values[entry] ** power
    length, kept, factors = shortest_terms(A * (front * root)[:, None], rows.y * root, terms)
    return Factored(entry, power, tuple(terms[k] for k in kept), factors, length + float(words.nats[entry]))
