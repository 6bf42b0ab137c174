"""Symmetries of a law, read off the null space of a surrogate's gradient.

A law ``F`` keeps its form under a scaling when ``Σ p_i x_i ∂F/∂x_i = q F`` for fixed numbers ``p, q``
(Euler's theorem), under a translation when ``Σ a_i ∂F/∂x_i = 0``. Both say that a matrix with a row for each
row of the table has a null space: ``[x_i ∂F/∂x_i, F]`` and ``[∂F/∂x_i]``. What is orthogonal to it are the
exponents of the dimensionless groups (Buckingham 1914, here found from data alone), or the coefficients of
the differences, that the law depends on. Nothing is believed here: every reduction that has round numbers
is proposed, and the reduced table decides.

Source: P. Constantine, Z. del Rosario, G. Iaccarino, "Data-driven dimensional analysis", arXiv:1708.04303
(2017), for the gradient in logarithms; the null space of the homogeneous form avoids them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import inf

import numpy as np

from kantools.discovery.findings import Finding, Turn
from kantools.discovery.hypothesis import Hypothesis, Scene
from kantools.discovery.surrogates.ridge import fit_ridge
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.threshold import guard, judgement, size
from kantools.discovery.views.groups import LARGEST, PLAIN, Row, scaled, translated
from kantools.discovery.views.view import Reduction, View, reduced

__all__ = ["NullSpace", "Offer"]

Array = np.ndarray


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

    def at(self, pivots: list[int], worst_condition: float) -> Array | None:
        """The basis that is the identity at the pivots; None where they are a bad choice."""
        square = self.basis[:, pivots]
        size = np.linalg.norm(square, axis=0)
        if (size == 0).any() or np.linalg.cond(square / size) > worst_condition:
            return None
        return np.linalg.solve(square, self.basis)


@dataclass(frozen=True)
class NullSpace(Hypothesis):
    """``Σ p_i x_i ∂F/∂x_i = q F`` or ``Σ a_i ∂F/∂x_i = 0`` in round numbers: the groups that are left."""

    name = "null space of the gradient"
    most_offers: int = size(4, "symmetries of one view that are followed until one holds")
    most_tested: int = size(6, "symmetries of one view that are tested by polynomials")
    left_over: float = judgement(0.15, "share of the gradient that may lie outside the groups; a guess")
    narrowest: float = judgement(0.5, "a gap between singular values that says anything; a guess")
    nearest: float = judgement(0.02, "distance from a whole number that is always allowed; a guess")
    farthest: float = judgement(0.1, "distance from a whole number that no gap makes larger; a guess")
    within: float = judgement(
        4.0, "standard errors of a fitted number to a whole one; derived: 1 in 16,000 by chance"
    )
    simpler: float = judgement(0.3, "sums and differences are preferred to quotients by this factor; a guess")
    worst_condition: float = guard(30.0, "condition number of the columns that are held")
    sure: float = guard(1e-6, "gap between singular values: none says more than this")
    most_pivots: int = size(12, "choices of columns to be held")
    most_ranks: int = size(3, "numbers of groups that are tried, those with the widest gaps")

    def shortest(self, columns: int) -> float:
        return 9 if columns > 1 else inf  # a function of a monomial, with constants

    def applies(self, scene: Scene) -> bool:
        return scene.visit.surrogate is not None

    def findings(self, scene: Scene) -> Iterator[Finding]:
        offers = self.symmetries(scene.surrogate, scene.view, scene.budget.deadline)
        for offer in offers[: self.most_offers]:
            views = (reduced(scene.view, reduction) for reduction in offer.choices)
            yield Turn(tuple(v for v in views if v is not None))

    def symmetries(self, surrogate: Surrogate, view: View, deadline: float = np.inf) -> list[Offer]:
        """What the gradient suggests, the least doubtful first.

        Parameters
        ----------
        surrogate : Surrogate
        view : View
        deadline : float
            On the clock that counts (:mod:`kantools.clock`): numbers that do not round are not fitted to the
            data after it.
        """
        kinds = (self._scalings, self._groups, self._translations)
        offers = [offer for kind in kinds for offer in kind(surrogate, view, deadline)]
        return sorted((o for o in offers if o.choices), key=lambda o: o.doubt)

    def _scalings(self, surrogate: Surrogate, view: View, deadline: float) -> Iterator[Offer]:
        """Dimensionless groups and a prefactor."""
        for space in self._spaces(np.column_stack([surrogate.gradient * view.rows.X, surrogate.value])):
            rows = self._round_basis(space, view, deadline, logs=True, prefactor=True)
            yield Offer(space.gap, scaled(rows, view.rows.X, prefactor=True) if rows else ())

    def _groups(self, surrogate: Surrogate, view: View, deadline: float) -> Iterator[Offer]:
        """Groups without a prefactor: what a nearly monomial law shows even in noise."""
        for space in self._spaces(surrogate.gradient * view.rows.X):
            rows = self._round_basis(space, view, deadline, logs=True, prefactor=False)
            yield Offer(space.gap, scaled(rows, view.rows.X, prefactor=False) if rows else ())

    def _translations(self, surrogate: Surrogate, view: View, deadline: float) -> Iterator[Offer]:
        """Sums of multiples of the columns."""
        for space in self._spaces(surrogate.gradient):
            rows = self._round_basis(space, view, deadline, logs=False, prefactor=False)
            yield Offer(self.simpler * space.gap, translated(rows, view.inputs) if rows else ())

    def _spaces(self, matrix: Array) -> Iterator[Space]:
        """Subspaces that end at the widest gaps between singular values."""
        size = np.sqrt(np.mean(matrix**2, axis=0))
        size = np.where(size > 0, size, 1.0)
        _, singular, vectors = np.linalg.svd(matrix / size, full_matrices=False)
        gap = np.maximum(singular[1:] / np.maximum(singular[:-1], 1e-300), self.sure)
        for k in np.argsort(gap)[: self.most_ranks]:
            if singular[k + 1] < self.left_over * singular[0] and gap[k] < self.narrowest:
                yield Space(vectors[: k + 1] * size, float(gap[k]))

    def _round_basis(
        self, space: Space, view: View, deadline: float, *, logs: bool, prefactor: bool
    ) -> list[Row] | None:
        """A basis in round numbers: as the gradient has them, or as the data do where it is not clear."""
        end = [view.inputs] if prefactor else []
        near = float(np.clip(2 * space.gap, self.nearest, self.farthest))
        found: list[tuple[float, list[int], Array]] = []
        for pivots in combinations(range(view.inputs), len(space.basis) - len(end)):
            rows = space.at([*pivots, *end], self.worst_condition)
            if rows is not None:
                found.append((float(np.abs(rows - np.round(2 * rows) / 2).max()), [*pivots], rows))
        for _, _, rows in sorted(found, key=lambda f: f[0])[: self.most_pivots]:
            rounded = _rounded(rows, np.full(rows.shape, near))
            if rounded is not None:
                return rounded
        if not found or (logs and view.rows.X.min() <= 0):
            return None
        _, held, rows = min(found, key=lambda f: np.abs(f[2]).sum())
        return self._fitted(rows, held, view, deadline, logs=logs, prefactor=prefactor)

    def _fitted(
        self, rows: Array, pivots: list[int], view: View, deadline: float, *, logs: bool, prefactor: bool
    ) -> list[Row] | None:
        """Round numbers within the standard errors of a fit to the data."""
        z = np.log(view.rows.X) if logs else view.rows.X
        held = np.zeros((len(rows), view.inputs), dtype=bool)
        held[:, pivots] = True
        ridge = fit_ridge(z, view.rows, rows[:, : view.inputs], held, prefactor, deadline)
        if ridge is None:
            return None
        rounded = _rounded(ridge.rows, np.clip(self.within * ridge.errors, self.nearest, 2 * self.farthest))
        if rounded is None or not prefactor:
            return rounded
        return [(*row, Fraction(int(k == len(rounded) - 1))) for k, row in enumerate(rounded)]


def _rounded(rows: Array, near: Array) -> list[Row] | None:
    """All numbers as fractions; None where one of them is near none."""
    found = [
        [_round(v, n) for v, n in zip(row, some, strict=True)] for row, some in zip(rows, near, strict=True)
    ]
    if any(q is None for row in found for q in row):
        return None
    return [tuple(q for q in row if q is not None) for row in found]


def _round(value: float, near: float) -> Fraction | None:
    """The simplest fraction near a number, if there is one."""
    for denominator, share in PLAIN.items():
        q = Fraction(round(value * denominator), denominator)
        if abs(value - float(q)) < near * share and abs(q) <= LARGEST:
            return q
    return None
