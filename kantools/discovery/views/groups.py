"""Bases of the same groups: the one that is the identity at given columns, and which are the simplest.

Dimensionless groups, however they were come by, are rows of exponents that span a space; every basis of it
says as much. Those in which some columns occur in one group each, and alone among these, are tried.
"""

from fractions import Fraction
from itertools import combinations

import numpy as np
from sympy import Matrix, Rational

from kantools.discovery.views.view import Reduction

__all__ = ["LARGEST", "PLAIN", "Row", "pivoted", "scaled", "simplest", "translated"]

#: The largest exponent or coefficient.
LARGEST = 6
#: Denominators, and how near a measured number must be to such a fraction, compared with a whole one.
PLAIN = {1: 1.0, 2: 0.6, 3: 0.4}
#: Choices of groups that are kept, for each number of groups.
MOST = 4

Array = np.ndarray
Row = tuple[Fraction, ...]


def pivoted(rows: list[Row], pivots: list[int]) -> tuple[Row, ...] | None:
    """The basis of the same space that is the identity at the pivots, if there is a short one."""
    matrix = Matrix([[Rational(q.numerator, q.denominator) for q in row] for row in rows])
    square = matrix[:, pivots]
    if square.det() == 0:
        return None
    solved = square.LUsolve(matrix)
    if any(abs(q) > LARGEST or q.q not in PLAIN for q in solved):
        return None
    return tuple(tuple(Fraction(int(q.p), int(q.q)) for q in solved[k, :]) for k in range(len(rows)))


def scaled(rows: list[Row], X: Array, *, prefactor: bool) -> tuple[Reduction, ...]:
    """The simplest dimensionless groups of a space, and the prefactors that go with them.

    Parameters
    ----------
    rows : list of tuple of Fraction
        Exponents that span the space; the last number of each is the target's where there is a prefactor.
    X : ndarray
        The columns' values.
    prefactor : bool
    """
    d, end = X.shape[1], [X.shape[1]] if prefactor else []
    none = (Fraction(0),) * d
    choices = (pivoted(rows, [*p, *end]) for p in combinations(range(d), len(rows) - prefactor))
    found = [
        Reduction(
            "product", tuple(r[:d] for r in (c[:-1] if prefactor else c)), c[-1][:d] if prefactor else none
        )
        for c in choices
        if c is not None
    ]
    return simplest([r for r in found if real(r, X)])


def translated(rows: list[Row], columns: int) -> tuple[Reduction, ...]:
    """The simplest sums of multiples of the columns that span a space."""
    none = (Fraction(0),) * columns
    choices = (pivoted(rows, [*p]) for p in combinations(range(columns), len(rows)))
    return simplest([Reduction("sum", c, none) for c in choices if c is not None])


def real(reduction: Reduction, X: Array) -> bool:
    """Whether no column that changes sign is divided by or put to a broken power."""
    crossing = np.flatnonzero(X.min(axis=0) <= 0)
    rows = (*reduction.groups, reduction.prefactor)
    return all(row[i].denominator == 1 and row[i] >= 0 for row in rows for i in crossing)


def simplest(offers: list[Reduction]) -> tuple[Reduction, ...]:
    """The shortest ones, groups that are each other's reciprocal or negative counted once."""
    offers = sorted(offers, key=lambda r: r.size)
    return tuple({_up_to_sign(r): r for r in reversed(offers)}.values())[::-1][:MOST]


def _up_to_sign(reduction: Reduction) -> tuple[frozenset[Row], Row]:
    groups = frozenset(max(row, tuple(-q for q in row)) for row in reduction.groups)
    return groups, reduction.prefactor
