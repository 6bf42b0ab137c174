"""Polynomial surrogates: least squares in all columns at once, for tables with noise.

``T(y) = Σ_α c_α Π_i P_{α_i}(z_i)`` with Legendre polynomials of scaled columns and total degree up to k.
Where noise is most of what any model leaves, a few dozen coefficients found in milliseconds have gradients
as good as those of a network that took seconds, and averages over all rows are their strength.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement

import numpy as np
from numpy.polynomial import legendre
from scipy.sparse.csgraph import connected_components

from kantools.clock import BLAS, CALL, worked

__all__ = [
    "Polynomial",
    "exponents_of",
    "fitted",
    "left_out",
    "monomials",
    "most_coefficients",
    "polynomials",
    "terms",
]

Array = np.ndarray
HIGHEST = 8
MOST_COEFFICIENTS = 330
ROWS_A_COEFFICIENT = 4
CALLS, DEGREE_CALLS = 100, 60  # of arrays, for all degrees, and to solve and judge each: measured
SOLVED = 0.1  # operations for each number of a cube, to solve equations
RIDGE = 1e-9  # of the mean square of a column: keeps nearly dependent columns harmless
LEAST_SPARED = 1e-6  # of a row that a polynomial goes through because of that row alone


@dataclass(frozen=True)
class Polynomial:
    """A fitted polynomial.

    Attributes
    ----------
    exponents : ndarray of int, shape (terms, columns)
        The degrees of each term in each column.
    coefficients : ndarray, shape (terms,)
    low, high : ndarray, shape (columns,)
        The range that the columns are scaled from.
    """

    exponents: Array
    coefficients: Array
    low: Array
    high: Array

    @property
    def parts(self) -> tuple[tuple[int, ...], ...]:
        """Groups of columns that have no term in common."""
        together = (self.exponents > 0).astype(int)
        count, label = connected_components(together.T @ together, directed=False)
        return tuple(tuple(np.flatnonzero(label == k).tolist()) for k in range(count))

    def value(self, Z: Array) -> Array:
        """The polynomial at each row."""
        return _terms(self._tables(Z), self.exponents) @ self.coefficients

    def gradient(self, Z: Array) -> Array:
        """Its derivatives by the columns, shape (rows, columns)."""
        plain, steep = self._tables(Z), self._tables(Z, derivative=True)
        parts = []
        for i in range(Z.shape[1]):
            mixed = [steep[j] if j == i else plain[j] for j in range(Z.shape[1])]
            parts.append(_terms(mixed, self.exponents) @ self.coefficients * 2 / (self.high[i] - self.low[i]))
        return np.stack(parts, axis=1)

    def _tables(self, Z: Array, derivative: bool = False) -> list[Array]:
        return _tables(_scaled(Z, self.low, self.high), int(self.exponents.max(initial=0)), derivative)


def polynomials(Z: Array, eta: Array, weight: Array) -> Iterator[Polynomial]:
    """Least-squares polynomials of rising degree, as far as the rows carry them.

    Examples
    --------
    >>> Z = np.random.default_rng(0).uniform(-1, 2, (60, 2))
    >>> *_, last = polynomials(Z, Z[:, 0] ** 2 * Z[:, 1], np.ones(60))
    >>> bool(np.allclose(last.gradient(Z)[:, 1], Z[:, 0] ** 2, atol=1e-6))
    True
    """
    yield from fitted(Z, eta, weight, *_carried(Z.shape[1], most_coefficients(len(Z))))


def most_coefficients(rows: int) -> int:
    """How many coefficients so many rows carry."""
    return min(MOST_COEFFICIENTS, rows // ROWS_A_COEFFICIENT)


def fitted(Z: Array, eta: Array, weight: Array, exponents: Array, ends: list[int]) -> Iterator[Polynomial]:
    """Least-squares polynomials of the first so many terms, for each of the ends."""
    n, d = Z.shape
    root = np.sqrt(weight / weight.mean())
    A = terms(Z, exponents) * root[:, None]
    normal, right = A.T @ A, A.T @ (root * eta)
    normal[np.diag_indices_from(normal)] += RIDGE * n
    if not (np.isfinite(normal).all() and np.isfinite(right).all()):
        return
    worked(CALLS * CALL + n * A.shape[1] * (d + BLAS * A.shape[1]))
    for m in ends:  # terms stand by rising degree
        worked(DEGREE_CALLS * CALL + n * m * d + SOLVED * m**3)
        yield Polynomial(exponents[:m], np.linalg.solve(normal[:m, :m], right[:m]), *_range(Z))


def terms(Z: Array, exponents: Array) -> Array:
    """Products of Legendre polynomials of the columns, scaled to their range, shape (rows, terms)."""
    return _terms(_tables(_scaled(Z, *_range(Z)), int(exponents.max(initial=0))), exponents)


def left_out(Z: Array, eta: Array, most: int) -> Iterator[tuple[Polynomial, Array]]:
    """Least-squares polynomials of rising degree from 0, and residuals ``r/(1 - h)`` of rows left out.

    Parameters
    ----------
    Z : ndarray, shape (rows, columns)
    eta : ndarray, shape (rows,)
    most : int
        Terms of a polynomial.

    Notes
    -----
    With the leverage ``h_i`` no polynomial has to be fitted anew for each row (D. M. Allen, *Technometrics*
    16 (1974) 125-127).

    Examples
    --------
    >>> x = np.array([0.0, 1.0, 2.0, 3.0])
    >>> [np.abs(left).round(2).tolist() for _, left in left_out(x[:, None], x, 2)]
    [[2.0, 0.67, 0.67, 2.0], [0.0, 0.0, 0.0, 0.0]]
    """
    low, high = _range(Z)
    exponents, ends = _carried(Z.shape[1], most)
    A = terms(Z, exponents)
    Q, R = np.linalg.qr(A)
    worked(CALLS * CALL + 2 * BLAS * A.shape[0] * A.shape[1] ** 2)
    for m in (1, *ends):
        q, along = Q[:, :m], Q[:, :m].T @ eta
        spared = np.maximum(1 - np.sum(q**2, axis=1), LEAST_SPARED)
        found = np.linalg.lstsq(R[:m, :m], along, rcond=None)[0]
        yield Polynomial(exponents[:m], found, low, high), (eta - q @ along) / spared


def monomials(Z: Array, most: int, highest: int) -> Array:
    """All products of Legendre polynomials up to a degree that has at most so many, shape (rows, terms).

    >>> monomials(np.linspace(0, 1, 5)[:, None], 4, 2).shape
    (5, 3)
    """
    return terms(Z, _carried(Z.shape[1], most, highest)[0])


def _carried(columns: int, most: int, highest: int = HIGHEST) -> tuple[Array, list[int]]:
    """The exponents of all degrees that stay below so many terms, and where each degree ends."""
    exponents, ends = exponents_of(columns, 0), []
    for degree in range(1, highest + 1):
        longer = exponents_of(columns, degree)
        if len(longer) > most:
            break
        exponents = longer
        ends.append(len(longer))
    return exponents, ends


@lru_cache(maxsize=64)
def exponents_of(columns: int, degree: int) -> Array:
    """All exponents of so many columns whose sum is at most the degree."""
    rows = []
    for total in range(degree + 1):
        for factors in combinations_with_replacement(range(columns), total):
            rows.append(np.bincount(factors, minlength=columns) if factors else np.zeros(columns, dtype=int))
    return np.array(rows)


def _range(Z: Array) -> tuple[Array, Array]:
    low, high = Z.min(axis=0), Z.max(axis=0)
    return low, np.where(high > low, high, low + 1)


def _scaled(Z: Array, low: Array, high: Array) -> Array:
    return (2 * Z - low - high) / (high - low)


def _tables(t: Array, degree: int, derivative: bool = False) -> list[Array]:
    """For each column the Legendre polynomials up to a degree, or their derivatives."""
    if not derivative:
        return [legendre.legvander(column, degree) for column in t.T]
    slopes = legendre.legder(np.eye(degree + 1))
    return [legendre.legvander(column, max(degree - 1, 0)) @ slopes for column in t.T]


def _terms(tables: list[Array], exponents: Array) -> Array:
    """Each term at each row, shape (rows, terms)."""
    A = tables[0][:, exponents[:, 0]].copy()
    for table, powers in zip(tables[1:], exponents.T[1:], strict=True):
        A *= table[:, powers]
    return A
