"""Bases of the same groups: the one that is the identity at given columns, and which are the simplest.

Dimensionless groups, however they were come by, are rows of exponents that span a space; every basis of it
says as much. Those in which some columns occur in one group each, and alone among these, are tried.
"""

from fractions import Fraction

import numpy as np
from sympy import Matrix, Rational

from kantools.discovery.view import Reduction

__all__ = ["LARGEST", "PLAIN", "Row", "pivoted", "real", "simplest"]

#: The largest exponent or coefficient, …
LARGEST = 6
#: … the denominators, and how near a measured number must be to such a fraction, compared with a whole one.
PLAIN = {1: 1.0, 2: 0.6, 3: 0.4}
#: Of the choices of groups for one number of them.
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
