"""Symmetries one at a time: what to test where noise hides the null space of the gradient.

``Σ p_i x_i ∂F/∂x_i = q F`` with two numbers that are not zero says that two columns count by ``x_i x_j^p``
only, or that the target is a power of one column times something without it; ``∂F/∂x_i = ± ∂F/∂x_j``, that
two columns count by their sum or difference. Even a rough gradient ranks these. Each is tested by itself: it
leaves one column fewer, and a polynomial of what is left predicts held-out rows as well as before, or not.
Those that pass are combined.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
from sympy import Matrix, Rational

from kantools.discovery.surrogates.mismatch import mismatch
from kantools.discovery.surrogates.surrogate import Surrogate
from kantools.discovery.views.groups import Row, scaled, translated
from kantools.discovery.views.view import Reduction, View

__all__ = ["Generator", "generators", "reductions", "translations"]

Array = np.ndarray
JOINS = tuple(map(Fraction, ("1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3")))
FACTORS = tuple(map(Fraction, ("1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3", "4", "-4", "3/2", "-3/2")))


@dataclass(frozen=True)
class Generator:
    """One symmetry.

    Attributes
    ----------
    kind : {"product", "sum"}
        A scaling of the columns or a translation.
    numbers : tuple of Fraction
        How much each column takes part; for a scaling the last number is the target's.
    """

    kind: str
    numbers: Row


def generators(surrogate: Surrogate, view: View, simpler: float) -> list[Generator]:
    """Symmetries of two columns, or of one and the target, the likeliest first.

    Sums and differences are preferred by a factor.
    """
    d = view.inputs
    F = surrogate.value
    L = surrogate.gradient * view.rows.X
    found: list[tuple[float, Generator]] = []
    for i, j in permutations(range(d), 2):
        for p in JOINS:
            if abs(p) > 1 or (abs(p) == 1 and i < j):
                found.append((mismatch(L[:, j], float(p) * L[:, i]), _scaling(d, {i: p, j: Fraction(-1)})))
    for i in range(d):
        for p in FACTORS:
            found.append((mismatch(L[:, i], float(p) * F), _scaling(d, {i: Fraction(1), d: -p})))
        found.append((float(np.mean(L[:, i] ** 2) / np.mean(L**2)), _scaling(d, {i: Fraction(1)})))
    found += [(simpler * far, g) for far, g in translations(surrogate)]
    return [g for _, g in sorted(found, key=lambda pair: pair[0])]


def translations(surrogate: Surrogate) -> list[tuple[float, Generator]]:
    """That two columns count by their sum or their difference only, each with how far it is from true."""
    G, found = surrogate.gradient, []
    for i, j in combinations(range(G.shape[1]), 2):
        for s in (1, -1):
            numbers = tuple(Fraction(s * (k == i) - (k == j)) for k in range(G.shape[1]))
            found.append((mismatch(G[:, j], s * G[:, i]), Generator("sum", numbers)))
    return found


def _scaling(columns: int, numbers: dict[int, Fraction]) -> Generator:
    return Generator("product", tuple(numbers.get(k, Fraction(0)) for k in range(columns + 1)))


def reductions(some: Sequence[Generator], view: View) -> tuple[Reduction, ...]:
    """What is left under symmetries of one kind, the simplest choice first; none if they say the same.

    Nothing is left, either, when they contradict each other.
    """
    matrix = Matrix([[Rational(q.numerator, q.denominator) for q in g.numbers] for g in some])
    if matrix.rank() < len(some):
        return ()
    rows = [tuple(Fraction(int(q.p), int(q.q)) for q in vector) for vector in matrix.nullspace()]
    if not rows:
        return ()
    if some[0].kind == "sum":
        return translated(rows, view.inputs)
    return scaled(rows, view.rows.X, prefactor=True)
