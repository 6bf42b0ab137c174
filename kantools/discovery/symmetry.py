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
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np

from kantools.discovery.surrogate import Surrogate
from kantools.discovery.view import Reduction, View

__all__ = ["Offer", "symmetries"]

Array = np.ndarray
LEFT_OVER = 0.15  # share of the gradient that may lie outside the groups
WORST_CONDITION = 30.0
LARGEST = 6
NEAREST, FARTHEST = 0.02, 0.1  # how near a number must be to a whole one, at least and at most
PLAIN = {1: 1.0, 2: 0.6, 3: 0.4}  # … and to a fraction with this denominator, by comparison
MOST = 4  # of the choices of groups for one number of them
MOST_RANKS = 3
NARROWEST = 0.5  # of the gaps between singular values that say anything
SIMPLER = 0.3  # sums and differences are preferred to quotients by this factor


@dataclass(frozen=True)
class Offer:
    """Choices of groups that the same symmetries allow.

    Attributes
    ----------
    doubt : float
        The first singular value left out over the last one kept.
    choices : tuple of Reduction
        The simplest first.
    """

    doubt: float
    choices: tuple[Reduction, ...]


@dataclass(frozen=True)
class Space:
    """What the rows of a matrix span but for little: a basis, and the gap that ends it."""

    basis: Array
    gap: float

    def at(self, pivots: list[int]) -> tuple[tuple[Fraction, ...], ...] | None:
        """The basis that is the identity at the pivots, in round numbers; None if they are not."""
        square = self.basis[:, pivots]
        if np.linalg.cond(square / np.linalg.norm(square, axis=0)) > WORST_CONDITION:
            return None
        near = float(np.clip(2 * self.gap, NEAREST, FARTHEST))
        rows = [[_round(v, near) for v in row] for row in np.linalg.solve(square, self.basis)]
        if any(q is None for row in rows for q in row):
            return None
        return tuple(tuple(q for q in row if q is not None) for row in rows)


def symmetries(surrogate: Surrogate, view: View) -> list[Offer]:
    """What the gradient suggests, the least doubtful first."""
    offers = [*_scalings(surrogate, view), *_translations(surrogate, view)]
    return sorted((o for o in offers if o.choices), key=lambda o: o.doubt)


def _scalings(surrogate: Surrogate, view: View) -> Iterator[Offer]:
    """Dimensionless groups and a prefactor."""
    matrix = np.column_stack([surrogate.gradient * view.rows.X, surrogate.value])
    for space in _spaces(matrix):
        choices = combinations(range(view.inputs), len(space.basis) - 1)
        yield Offer(space.gap, _simplest([_scaling(space, pivots, view) for pivots in choices]))


def _translations(surrogate: Surrogate, view: View) -> Iterator[Offer]:
    """Sums of multiples of the columns."""
    none = (Fraction(0),) * view.inputs
    for space in _spaces(surrogate.gradient):
        choices = combinations(range(view.inputs), len(space.basis))
        groups = (space.at(list(pivots)) for pivots in choices)
        offers = [Reduction("sum", g, none) if g else None for g in groups]
        yield Offer(SIMPLER * space.gap, _simplest(offers))


def _spaces(matrix: Array) -> Iterator[Space]:
    """Subspaces that end at the widest gaps between singular values."""
    size = np.sqrt(np.mean(matrix**2, axis=0))
    size = np.where(size > 0, size, 1.0)
    _, singular, vectors = np.linalg.svd(matrix / size, full_matrices=False)
    gap = singular[1:] / singular[:-1]
    for k in np.argsort(gap)[:MOST_RANKS]:
        if singular[k + 1] < LEFT_OVER * singular[0] and gap[k] < NARROWEST:
            yield Space(vectors[: k + 1] * size, float(gap[k]))


def _scaling(space: Space, pivots: tuple[int, ...], view: View) -> Reduction | None:
    """The groups with these pivots, each in one group only; the target's row becomes the prefactor."""
    rows = space.at([*pivots, view.inputs])
    if rows is None:
        return None
    groups, prefactor = tuple(row[:-1] for row in rows[:-1]), rows[-1][:-1]
    return Reduction("product", groups, prefactor) if _real(groups, prefactor, view.rows.X) else None


def _real(groups: tuple[tuple[Fraction, ...], ...], prefactor: tuple[Fraction, ...], X: Array) -> bool:
    """Whether no column that changes sign is divided by or put to a broken power."""
    crossing = np.flatnonzero(X.min(axis=0) <= 0)
    return all(row[i].denominator == 1 and row[i] >= 0 for row in (*groups, prefactor) for i in crossing)


def _round(value: float, near: float) -> Fraction | None:
    """The simplest fraction near a number, if there is one."""
    for denominator, share in PLAIN.items():
        q = Fraction(round(value * denominator), denominator)
        if abs(value - float(q)) < near * share and abs(q) <= LARGEST:
            return q
    return None


def _simplest(found: list[Reduction | None]) -> tuple[Reduction, ...]:
    """The shortest ones, groups that are each other's reciprocal or negative counted once."""
    offers = sorted((r for r in found if r is not None), key=lambda r: r.size)
    return tuple({_up_to_sign(r): r for r in reversed(offers)}.values())[::-1][:MOST]


def _up_to_sign(reduction: Reduction) -> tuple[frozenset[tuple[Fraction, ...]], tuple[Fraction, ...]]:
    groups = frozenset(max(row, tuple(-q for q in row)) for row in reduction.groups)
    return groups, reduction.prefactor
