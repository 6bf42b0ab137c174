"""A sum of terms that is linear but for the constants inside of some: fitted by variable projection.

Given the constants inside, least squares gives all factors; what is left of the target depends on the
constants inside alone, and Levenberg and Marquardt's steps on that see the factors follow. The slope of the
projected residual is taken without the term that vanishes with the residual.

Source: L. Kaufman, "A variable projection method for solving separable nonlinear least squares problems",
BIT 15 (1975) 49-57.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import qr

from kantools.clock import BLAS, CALL, worked
from kantools.discovery.terms.shapes import Values
from kantools.discovery.terms.special import Special, argument, monomial, with_constants
from kantools.discovery.words.terms import Term

__all__ = ["Part", "Rows", "Settled", "Sum", "basis_of", "plain_columns", "settled", "tangents"]

Array = np.ndarray
DEPENDENT = 1e-10  # times the largest: a diagonal element of a column that says nothing of its own
DAMPING, LEAST_DAMPING = 1e-3, 1e-12
EASES, GROWS, TRIES = 0.1, 10.0, 4
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


@np.errstate(all="ignore")  # what has no value is left out
def settled(rows: Rows, start: Sum, basis: Array, steps: int, enough: float = CONVERGED) -> Settled | None:
    """The sum with its constants inside at the nearest minimum; None where it has no values at the start.

    Parameters
    ----------
    rows : Rows
    start : Sum
    basis : ndarray
        Of the plain terms (:func:`basis_of`).
    steps : int
        At most.
    enough : float
        Share of the sum of squares that the last step gains.
    """
    problem = _problem(rows, start, basis)
    at, damping = problem.at(start.constants), DAMPING
    if at is None:
        return None
    for _ in range(steps if start.parts else 0):
        found, damping = _step(problem, at, damping)
        if found is None:
            break
        gained, at = at.left - found.left, found
        if gained < enough * at.left:
            break
    return Settled(start.moved(at.constants), at.left)


@dataclass(frozen=True)
class _At:
    """Constants inside, what they leave of each row, and how that follows them."""

    constants: Array
    residual: Array
    slopes: Array

    @property
    def left(self) -> float:
        return float(self.residual @ self.residual)


@dataclass(frozen=True)
class _Problem:
    """What does not change with the constants inside.

    Attributes
    ----------
    basis, y : ndarray
        Of the plain terms; the target without what they explain.
    parts : tuple of Part
    around : tuple of (ndarray, ndarray)
        For each its argument, and what stands in front, weighted.
    ends : ndarray of int
        Where the constants of each end.
    """

    basis: Array
    y: Array
    parts: tuple[Part, ...]
    around: tuple[tuple[Array, Array], ...]
    ends: Array

    def values(self, constants: Array) -> Iterator[Values]:
        """Of each part its columns and their slopes."""
        for part, (u, before), p in zip(
            self.parts, self.around, np.split(constants, self.ends[:-1]), strict=True
        ):
            f, slopes = part.special.shape.values(u, p)
            if len(part.columns) < len(f):
                f, slopes = f[list(part.columns)], slopes[:, list(part.columns)]
            yield f * before, slopes * before

    def at(self, constants: Array) -> _At | None:
        """None where there are no values, or a column says nothing of its own."""
        if not self.parts:
            return _At(constants, self.y, np.zeros((len(self.y), 0)))
        worked(CALLS * CALL + len(self.parts) * len(self.y) * (20 + BLAS * self.basis.shape[1]))
        values = list(self.values(constants))
        S = np.concatenate([f for f, _ in values]).T
        size = np.sqrt(np.einsum("nk,nk->k", S, S))
        if not (np.isfinite(size).all() and size.min() > 0):
            return None
        q, r = np.linalg.qr(self._without(S / size))
        if np.abs(np.diag(r)).min() < DEPENDENT:
            return None
        factors = np.linalg.solve(r, q.T @ self.y) / size
        each = np.split(factors, np.cumsum([len(f) for f, _ in values])[:-1])
        slopes = [along @ d for along, (_, by) in zip(each, values, strict=True) for d in by]
        J = self._without(np.stack(slopes, axis=1))
        J = J - q @ (q.T @ J)
        return _At(constants, self.y - q @ (q.T @ self.y), J) if np.isfinite(J).all() else None

    def _without(self, A: Array) -> Array:
        return A - self.basis @ (self.basis.T @ A)


def _problem(rows: Rows, start: Sum, basis: Array) -> _Problem:
    specials = [p.special for p in start.parts]
    around = ((argument(rows.X, s.argument), monomial(rows.X, s.factor) * rows.root) for s in specials)
    y = rows.y - basis @ (basis.T @ rows.y)
    return _Problem(basis, y, start.parts, tuple(around), np.cumsum([len(s.constants) for s in specials]))


def _step(problem: _Problem, at: _At, damping: float) -> tuple[_At | None, float]:
    """The next place, and the damping from there on; None where no step is better."""
    A, b = at.slopes.T @ at.slopes, at.slopes.T @ at.residual
    unit = 1 / np.sqrt(np.where(np.diag(A) > 0, np.diag(A), 1.0))
    A, b = A * unit[:, None] * unit, b * unit
    for _ in range(TRIES):
        step = unit * np.linalg.solve(A + damping * np.eye(len(b)), b)
        found = problem.at(at.constants + step)
        if found is not None and found.left < at.left:
            return found, max(damping * EASES, LEAST_DAMPING)
        damping *= GROWS
    return None, damping
