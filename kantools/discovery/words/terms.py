"""Terms of polynomials: products of powers of columns, their values, and which of them a target needs.

Taking a term away raises the sum of squares by the square of its factor over its place on the diagonal of
``(AᵀA)⁻¹``. The term that raises it least goes first, and of all polynomials on the way the one with the
shortest description stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations_with_replacement

import numpy as np

from kantools.clock import CALL, worked
from kantools.symbolic.whole.draft import NATS_A_NODE

__all__ = ["HIGHEST", "Term", "products", "shortest_terms", "term_lists", "up_to"]

Array = np.ndarray
Term = tuple[int, ...]
"""The columns of a product, each as often as its power says."""
HIGHEST = {1: 8, 2: 5, 3: 4, 4: 3}  # degree, by the number of columns
OTHERWISE = 2
MOST_TERMS = 70
SPARE_ROWS = 3  # rows that there must be beside one for each term
ROUNDING = 1e-13  # relative size of a residual that is none
LEAST_DEGREE = 2
CALLS, PSEUDO = 40, 10  # of arrays, and operations for each number of a cube in a pseudo-inverse; measured


def products(X: Array, terms: Sequence[Term]) -> Array:
    """Each term at each row, shape (rows, terms).

    >>> products(np.array([[2.0, 3.0]]), [(), (0,), (0, 1, 1)]).tolist()
    [[1.0, 2.0, 18.0]]
    """
    return np.stack([np.prod(X[:, list(t)], axis=1) for t in terms], axis=1)


def up_to(degree: int, columns: int) -> list[Term]:
    """All products of so many columns up to a degree, the lowest first."""
    return [t for n in range(degree + 1) for t in combinations_with_replacement(range(columns), n)]


def term_lists(
    columns: int, rows: int, highest: Mapping[int, int] = HIGHEST, most: int = MOST_TERMS
) -> Iterator[list[Term]]:
    """All products up to each degree that the rows carry."""
    for degree in range(LEAST_DEGREE, highest.get(columns, OTHERWISE) + 1):
        terms = up_to(degree, columns)
        if len(terms) > min(most, rows - SPARE_ROWS):
            return
        yield terms


def shortest_terms(A: Array, y: Array, terms: Sequence[Term]) -> tuple[float, list[int], Array]:
    """Length, terms and factors of the shortest description of ``y`` by columns of ``A``."""
    n, kept, symbols = len(y), list(range(A.shape[1])), np.array([_symbols(t) for t in terms])
    best: tuple[float, list[int], Array] = (np.inf, kept, np.zeros(len(kept)))
    while kept:
        factors, left, worth = _fitted(A[:, kept], y)
        floor = (ROUNDING * np.linalg.norm(y)) ** 2
        price = NATS_A_NODE * symbols[kept].sum() + (1 + 0.5 * np.log(n)) * len(kept)
        length = 0.5 * n * float(np.log(left + floor)) + float(price)
        if length < best[0]:
            best = (length, list(kept), factors)
        kept.pop(int(np.argmin(worth)))
    return best


def _symbols(term: Term) -> int:
    """What it takes to write a term and its factor: each column with its power."""
    powers = [term.count(i) for i in set(term)]
    return 2 + 2 * len(powers) + 2 * sum(p > 1 for p in powers)


def _fitted(A: Array, y: Array) -> tuple[Array, float, Array]:
    """Factors, the sum of squares left, and by how much it rises without each term."""
    worked(CALLS * CALL + A.size * A.shape[1] + PSEUDO * A.shape[1] ** 3)
    size = np.maximum(np.linalg.norm(A, axis=0), 1e-300)
    Q, R = np.linalg.qr(A / size)
    inverse = np.linalg.pinv(R, rcond=1e-14)
    factors = inverse @ (Q.T @ y)
    worth = factors**2 / np.maximum(np.sum(inverse**2, axis=1), 1e-300)
    return factors / size, float(np.sum((y - (A / size) @ factors) ** 2)), worth
