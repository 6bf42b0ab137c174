"""Polynomials with few terms: least squares on all monomials, then without those that do not pay.

Taking a term away raises the sum of squares by the square of its factor over its place on the diagonal of
``(AᵀA)⁻¹``. The term that raises it least goes first, and of all polynomials on the way the one with the
shortest description stays.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement

import numpy as np
from sympy import Add, Expr, Mul

from kantools.discovery.view import View
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import NATS_A_NODE, Draft, fit_draft

__all__ = ["Term", "shortest_terms", "sparse_polynomial", "term_lists"]

Array = np.ndarray
Term = tuple[int, ...]
HIGHEST = {1: 8, 2: 5, 3: 4, 4: 3}  # degree, by the number of columns
OTHERWISE = 2
MOST_TERMS = 70
SPARE_ROWS = 3  # more than terms
ROUNDING = 1e-13  # relative size of a residual that is none
LEAST_DEGREE = 2


def sparse_polynomial(view: View, data: Data) -> Draft | None:
    """The polynomial in the view's columns with the shortest description, fitted to all rows.

    Parameters
    ----------
    view : View
    data : Data
        All rows of the table.

    Returns
    -------
    Draft or None
        None where the rows are too few for a square.
    """
    X, y, root = view.rows.X, view.rows.y, np.sqrt(view.rows.weight)
    best: tuple[float, Sequence[Term], Array] | None = None
    for terms in term_lists(view.inputs, len(y)):
        A = np.stack([np.prod(X[:, list(t)], axis=1) for t in terms], axis=1)
        if not np.isfinite(A * root[:, None]).all():
            break
        found = shortest_terms(A * root[:, None], y * root, terms)
        if best is None or found[0] < best[0]:
            best = (found[0], [terms[k] for k in found[1]], found[2])
    return None if best is None else _draft(view, data, best[1], best[2])


def term_lists(columns: int, rows: int) -> Iterator[list[Term]]:
    """All monomials up to each degree that the rows carry."""
    for degree in range(LEAST_DEGREE, HIGHEST.get(columns, OTHERWISE) + 1):
        terms = [t for n in range(degree + 1) for t in combinations_with_replacement(range(columns), n)]
        if len(terms) > min(MOST_TERMS, rows - SPARE_ROWS):
            return
        yield terms


def _symbols(term: Term) -> int:
    """What it takes to write a term and its factor: each column with its power."""
    powers = [term.count(i) for i in set(term)]
    return 2 + 2 * len(powers) + 2 * sum(p > 1 for p in powers)


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


def _fitted(A: Array, y: Array) -> tuple[Array, float, Array]:
    """Factors, the sum of squares left, and by how much it rises without each term."""
    size = np.maximum(np.linalg.norm(A, axis=0), 1e-300)
    Q, R = np.linalg.qr(A / size)
    inverse = np.linalg.pinv(R, rcond=1e-14)
    factors = inverse @ (Q.T @ y)
    worth = factors**2 / np.maximum(np.sum(inverse**2, axis=1), 1e-300)
    return factors / size, float(np.sum((y - (A / size) @ factors) ** 2)), worth


def _draft(view: View, data: Data, terms: Sequence[Term], factors: Array) -> Draft | None:
    names = fresh_symbols(data.columns)
    start = dict(zip(names, factors.tolist(), strict=False))
    written: list[Expr] = [Mul(s, *(view.columns[i] for i in t)) for s, t in zip(start, terms, strict=True)]
    draft = fit_draft(view.lift(Add(*written)), start, data)
    return draft if np.isfinite(draft.loss) else None
