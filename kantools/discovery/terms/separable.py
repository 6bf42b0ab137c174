"""A sum of terms that is linear but for the constants inside of some: fitted by variable projection.

Given the constants inside, least squares gives all factors; what is left of the target depends on the
constants inside alone, and Levenberg and Marquardt's steps on that see the factors follow. The slope of the
projected residual is taken without the term that vanishes with the residual.

Source: L. Kaufman, "A variable projection method for solving separable nonlinear least squares problems",
BIT 15 (1975) 49-57.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import qr

from kantools.clock import BLAS, CALL, worked
from kantools.discovery.terms.special import Special, monomial, with_constants
from kantools.discovery.words.terms import Term

__all__ = ["Part", "Rows", "Settled", "Sum", "basis_of", "plain_columns", "settled", "tangents"]

Array = np.ndarray
DEPENDENT = 1e-10  # times the largest: a diagonal element of a column that says nothing of its own
DAMPING, EASES, GROWS, TRIES = 1e-3, 0.1, 8.0, 6
CONVERGED = 1e-9  # of the sum of squares
CALLS = 60  # of arrays in a step; measured


@dataclass(frozen=True)
class Rows:
    """Rows to fit to; the target is multiplied by the roots of the weights."""

    X: Array
    y: Array
    root: Array


@dataclass(frozen=True)
class Part:
    """A special term, and which of its columns are there: of a wave sine, cosine, or both."""

    special: Special
    columns: tuple[int, ...]


@dataclass(frozen=True)
class Sum:
    """Plain terms, each a monomial, and special ones."""

    plain: tuple[Term, ...]
    parts: tuple[Part, ...]

    def moved(self, constants: Array) -> "Sum":
        specials = with_constants([p.special for p in self.parts], constants)
        return replace(
            self, parts=tuple(replace(p, special=s) for p, s in zip(self.parts, specials, strict=True))
        )

    @property
    def constants(self) -> Array:
        return np.array([c for p in self.parts for c in p.special.constants])


@dataclass(frozen=True)
class Settled:
    """A sum with the best constants inside, and the sum of squares that it leaves."""

    sum: Sum
    left: float


def plain_columns(rows: Rows, plain: Sequence[Term]) -> Array:
    """Monomials at weighted rows, shape (rows, terms)."""
    if not plain:
        return np.zeros((len(rows.y), 0))
    return np.stack([monomial(rows.X, t) * rows.root for t in plain], axis=1)


def basis_of(A: Array) -> Array:
    """An orthonormal basis of the columns, without those that depend on others up to rounding."""
    if not A.shape[1]:
        return A
    worked(CALL + 4 * A.size * A.shape[1])
    Q, R, _ = qr(A / np.maximum(np.linalg.norm(A, axis=0), 1e-300), mode="economic", pivoting=True)
    size = np.abs(np.diag(R))
    return Q[:, size > DEPENDENT * size[0]]


def tangents(rows: Rows, parts: Sequence[Part]) -> Array:
    """The columns of special terms and their slopes, shape (rows, columns)."""
    values = [np.concatenate([f, *slopes]) for f, slopes in (p.special.values(rows.X) for p in parts)]
    return (np.concatenate(values) * rows.root).T if values else np.zeros((len(rows.y), 0))


def settled(rows: Rows, start: Sum, basis: Array, steps: int) -> Settled | None:
    """The sum with its constants inside at the nearest minimum; None where it has no values at the start.

    Parameters
    ----------
    rows : Rows
    start : Sum
    basis : ndarray
        Of the plain terms (:func:`basis_of`).
    steps : int
        At most.
    """
    y = rows.y - basis @ (basis.T @ rows.y)
    at, damping = _at(rows, start, basis, y), DAMPING
    if at is None:
        return None
    for _ in range(steps if start.parts else 0):
        found, damping = _step(rows, at, basis, y, damping)
        if found is None:
            break
        gained, at = at.left - found.left, found
        if gained < CONVERGED * at.left:
            break
    return Settled(at.sum, at.left)


@dataclass(frozen=True)
class _At:
    """A sum, what it leaves of each row, and how that follows the constants inside."""

    sum: Sum
    residual: Array
    slopes: Array

    @property
    def left(self) -> float:
        return float(self.residual @ self.residual)


def _at(rows: Rows, here: Sum, basis: Array, y: Array) -> _At | None:
    n = len(y)
    if not here.parts:
        return _At(here, y, np.zeros((n, 0)))
    worked(CALLS * CALL + len(here.parts) * n * (20 + BLAS * basis.shape[1]))
    values = [p.special.values(rows.X) for p in here.parts]
    S = np.concatenate([f[list(p.columns)] for p, (f, _) in zip(here.parts, values, strict=True)]).T
    S = S * rows.root[:, None]
    size = np.linalg.norm(S, axis=0)
    if not (np.isfinite(size).all() and size.min() > 0):
        return None
    q, r = np.linalg.qr(_without(basis, S / size))
    if np.abs(np.diag(r)).min() < DEPENDENT:
        return None
    factors = np.linalg.solve(r, q.T @ y) / size
    slopes, k = [], 0
    for p, (_, by) in zip(here.parts, values, strict=True):
        slopes += [factors[k : k + len(p.columns)] @ d[list(p.columns)] for d in by]
        k += len(p.columns)
    J = _without(q, _without(basis, np.stack(slopes, axis=1) * rows.root[:, None]))
    return _At(here, y - q @ (q.T @ y), J) if np.isfinite(J).all() else None


def _without(basis: Array, A: Array) -> Array:
    return A - basis @ (basis.T @ A)


def _step(rows: Rows, at: _At, basis: Array, y: Array, damping: float) -> tuple[_At | None, float]:
    """The next place, and the damping from there on; None where no step is better."""
    A, b = at.slopes.T @ at.slopes, at.slopes.T @ at.residual
    unit = 1 / np.sqrt(np.where(np.diag(A) > 0, np.diag(A), 1.0))
    A, b = A * unit[:, None] * unit, b * unit
    for _ in range(TRIES):
        step = unit * np.linalg.solve(A + damping * np.eye(len(b)), b)
        found = _at(rows, at.sum.moved(at.sum.constants + step), basis, y)
        if found is not None and found.left < at.left:
            return found, max(damping * EASES, 1e-12)
        damping *= GROWS
    return None, damping
