"""Quotients of polynomials in the few columns that symmetries leave.

``y = P(u)/Q(u)`` is linear in all coefficients once it is written ``P(u) - y Q(u) = 0``: the singular vector
of the smallest singular value solves it. Mixtures, resonances, lenses and sums of relativistic velocities are
of this kind; networks follow them, but read badly. Terms that the data do not need are taken away one by one.
"""

from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement

import numpy as np
from sympy import Expr, Mul, Symbol

from kantools.discovery.link import LINKS, Link
from kantools.discovery.view import View
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.compose import fresh_symbols
from kantools.symbolic.whole.draft import Draft, fit_draft

__all__ = ["Term", "quotient", "written_quotient"]

Array = np.ndarray
Term = tuple[int, ...]
DEGREE = 2
MOST_COLUMNS = 3
ROWS_A_TERM = 3
MATTERS = 1e-7  # relative size of a term that rounding cannot explain
SAME = 1.02  # a relative error that is as good


def quotient(view: View, data: Data, power: int, below: float) -> Draft | None:
    """The shortest quotient of polynomials that is about as good as the full one of degree 2.

    Parameters
    ----------
    view : View
    data : Data
        All rows of the table.
    power : int
        1, or 2 for laws in squares.
    below : float
        The relative error above which it is not worth writing down.
    """
    if not 1 <= view.inputs <= MOST_COLUMNS:
        return None
    X, y, root = view.rows.X**power, view.rows.y, np.sqrt(view.rows.weight)
    for terms in _term_lists(view.inputs, data.language.has("square")):
        values = np.stack([np.prod(X[:, list(t)], axis=1) for t in terms], axis=1)
        if len(y) < 2 * ROWS_A_TERM * len(terms):
            return None
        kept, solution = _shortest(values, y, root, below * np.sqrt(view.rows.variance))
        if solution is not None:
            return written_quotient(view, data, power, terms, kept, solution, LINKS[0])
    return None


def _term_lists(columns: int, squares: bool) -> Iterator[list[Term]]:
    """Products of different columns; then all of degree 2, where squares are allowed."""
    yield [t for n in range(columns + 1) for t in combinations(range(columns), n)]
    if squares:
        yield [t for n in range(DEGREE + 1) for t in combinations_with_replacement(range(columns), n)]


def _shortest(values: Array, y: Array, root: Array, below: float) -> tuple[Array, Array | None]:
    """Which terms of numerator and denominator stay, and their coefficients."""
    m = values.shape[1]
    kept = np.ones(2 * m, dtype=bool)
    solution = _solve(values, y, root, kept)
    error = _error(values, y, root, solution)
    if not error < below:
        return kept, None
    allowed = max(SAME * error, 1e-9 * float(np.sqrt(np.mean(root**2 * y**2))))
    while kept.sum() > 2:
        trials = [(_without(values, y, root, kept, k), k) for k in np.flatnonzero(kept).tolist()]
        (found, trial), k = min(trials, key=lambda t: t[0][0])
        if not found < allowed:
            break
        kept[k], solution = False, trial
    return kept, solution


def _without(values: Array, y: Array, root: Array, kept: Array, k: int) -> tuple[float, Array]:
    """Error and coefficients with one term less."""
    rest = kept.copy()
    rest[k] = False
    if not rest[: values.shape[1]].any() or not rest[values.shape[1] :].any():
        return np.inf, np.zeros(len(kept))
    solution = _solve(values, y, root, rest)
    return _error(values, y, root, solution), solution


def _solve(values: Array, y: Array, root: Array, kept: Array) -> Array:
    """The direction in which ``P - y Q`` is least; once more with errors counted as in ``y``."""
    solution = np.zeros(len(kept))
    weight = root
    for _ in range(2):
        A = np.hstack([values, -y[:, None] * values])[:, kept] * weight[:, None]
        size = np.maximum(np.linalg.norm(A, axis=0), 1e-300)
        if not np.isfinite(A / size).all():
            break
        triangle = np.linalg.qr(A / size, mode="r")
        solution[kept] = np.linalg.svd(triangle)[2][-1] / size
        Q = np.abs(values @ solution[values.shape[1] :])
        weight = root / np.maximum(Q, 1e-6 * max(Q.max(), 1e-300))
    return solution


def _error(values: Array, y: Array, root: Array, solution: Array) -> float:
    """Root mean square error in ``y``; infinite with a pole between the rows."""
    m = values.shape[1]
    P, Q = values @ solution[:m], values @ solution[m:]
    if Q.min() <= 0 <= Q.max():
        return np.inf
    return float(np.sqrt(np.mean((root * (y - P / Q)) ** 2) / np.mean(root**2)))


def written_quotient(
    view: View, data: Data, power: int, terms: list[Term], kept: Array, solution: Array, link: Link
) -> Draft | None:
    """Written down, one coefficient of the denominator set to one, and fitted to all rows."""
    m = len(terms)
    columns = [c**power for c in view.columns]
    first = m + int(np.argmax(np.abs(solution[m:]) * kept[m:]))
    solution = solution / solution[first]
    start: dict[Symbol, float] = {}
    names = fresh_symbols(data.columns)

    def side(offset: int) -> Expr:
        total: Expr = Mul(0)
        for k, term in enumerate(terms):
            if not kept[offset + k]:
                continue
            body = Mul(*(columns[i] for i in term))
            if offset + k == first:
                total = total + body
                continue
            name = next(names)
            start[name] = float(solution[offset + k])
            total = total + name * body
        return total

    template = view.lift(link.lift(side(0) / side(m)))
    draft = fit_draft(template, start, data)
    return draft if np.isfinite(draft.loss) else None
