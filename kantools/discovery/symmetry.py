"""Symmetries of a law, read off the gradient of a surrogate.

A law ``F`` keeps its form under a scaling when ``Σ p_i x_i ∂F/∂x_i = q F`` for fixed numbers ``p, q``
(Euler's theorem), under a translation when ``Σ a_i ∂F/∂x_i = 0``. Both say that a matrix with a row for each
row of the table has a null space: ``[x_i ∂F/∂x_i, F]`` and ``[∂F/∂x_i]``. What is orthogonal to it are the
exponents of the dimensionless groups (Buckingham 1914, here found from data alone), or the coefficients of
the differences, that the law depends on. Nothing is believed here: every reduction that has round numbers
is proposed, and the reduced table decides.

Source: P. G. Constantine et al., "Discovering dimensionless groups with active subspaces" (2017), for the
gradient in logarithms; the null space of the homogeneous form avoids them.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

import numpy as np

from kantools.discovery.surrogate import Surrogate
from kantools.discovery.view import Reduction, View

__all__ = ["scalings", "translations"]

Array = np.ndarray
LEFT_OVER = 0.15  # share of the gradient that may lie outside the groups
WORST_CONDITION = 30.0
LARGEST = 6
ROUND = {1: 0.1, 2: 0.06, 3: 0.04}  # how near a number must be to a fraction with this denominator
MOST = 4  # of the choices of groups for one number of them
MOST_RANKS = 3
NARROWEST = 0.5  # of the gaps between singular values that say anything


def scalings(surrogate: Surrogate, view: View) -> Iterator[list[Reduction]]:
    """Dimensionless groups and a prefactor: choices of them, for each likely number of groups."""
    matrix = np.column_stack([surrogate.gradient * view.rows.X, surrogate.value])
    for rank, space in _row_spaces(matrix):
        choices = combinations(range(view.inputs), rank - 1)
        yield _simplest([_round_scaling(space, pivots, view) for pivots in choices])


def translations(surrogate: Surrogate, view: View) -> Iterator[list[Reduction]]:
    """Sums of multiples of the columns: choices of them, for each likely number of sums."""
    none = (Fraction(0),) * view.inputs
    for rank, space in _row_spaces(surrogate.gradient):
        choices = combinations(range(view.inputs), rank)
        groups = (_round_rows(space, list(pivots)) for pivots in choices)
        yield _simplest([Reduction("sum", g, none) if g else None for g in groups])


def _row_spaces(matrix: Array) -> Iterator[tuple[int, Array]]:
    """Bases of what the rows span but for little, the widest gap between singular values first."""
    size = np.sqrt(np.mean(matrix**2, axis=0))
    size = np.where(size > 0, size, 1.0)
    _, singular, vectors = np.linalg.svd(matrix / size, full_matrices=False)
    gap = singular[1:] / singular[:-1]
    for k in np.argsort(gap)[:MOST_RANKS]:
        if singular[k + 1] < LEFT_OVER * singular[0] and gap[k] < NARROWEST:
            yield k + 1, vectors[: k + 1] * size


def _round_scaling(space: Array, pivots: tuple[int, ...], view: View) -> Reduction | None:
    """The groups with these pivots, each in one group only; the target's row becomes the prefactor."""
    rows = _round_rows(space, [*pivots, view.inputs])
    if rows is None:
        return None
    groups, prefactor = tuple(row[:-1] for row in rows[:-1]), rows[-1][:-1]
    return Reduction("product", groups, prefactor) if _real(groups, prefactor, view.rows.X) else None


def _real(groups: tuple[tuple[Fraction, ...], ...], prefactor: tuple[Fraction, ...], X: Array) -> bool:
    """Whether no column that changes sign is divided by or put to a broken power."""
    crossing = np.flatnonzero(X.min(axis=0) <= 0)
    return all(row[i].denominator == 1 and row[i] >= 0 for row in (*groups, prefactor) for i in crossing)


def _round_rows(space: Array, pivots: list[int]) -> tuple[tuple[Fraction, ...], ...] | None:
    """The basis of a space that is the identity at the pivots, in round numbers."""
    square = space[:, pivots]
    if np.linalg.cond(square / np.linalg.norm(square, axis=0)) > WORST_CONDITION:
        return None
    rows = [[_round(v) for v in row] for row in np.linalg.solve(square, space)]
    if any(q is None for row in rows for q in row):
        return None
    return tuple(tuple(q for q in row if q is not None) for row in rows)


def _round(value: float) -> Fraction | None:
    """The simplest fraction near a number, if there is one."""
    for denominator, near in ROUND.items():
        q = Fraction(round(value * denominator), denominator)
        if abs(value - float(q)) < near and abs(q) <= LARGEST:
            return q
    return None


def _simplest(found: list[Reduction | None]) -> list[Reduction]:
    """The shortest ones, groups that are each other's reciprocal or negative counted once."""
    offers = sorted((r for r in found if r is not None), key=lambda r: r.size)
    return list({_up_to_sign(r): r for r in reversed(offers)}.values())[::-1][:MOST]


def _up_to_sign(reduction: Reduction) -> tuple[frozenset[tuple[Fraction, ...]], tuple[Fraction, ...]]:
    groups = frozenset(max(row, tuple(-q for q in row)) for row in reduction.groups)
    return groups, reduction.prefactor
