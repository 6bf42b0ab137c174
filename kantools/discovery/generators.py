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

from kantools.discovery.groups import Row, scaled, translated
from kantools.discovery.surrogate import Surrogate
from kantools.discovery.view import Reduction, View

__all__ = ["Generator", "generators", "reductions", "translations"]

Array = np.ndarray
JOINS = tuple(map(Fraction, ("1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3")))
FACTORS = tuple(map(Fraction, ("1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3", "4", "-4", "3/2", "-3/2")))
SIMPLER = 0.7  # sums and differences are preferred by this factor
MOST = 20
MOST_COLUMNS = 10


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


def generators(surrogate: Surrogate, view: View) -> list[Generator]:
    """Symmetries of two columns, or of one and the target, the likeliest first."""
    d = view.inputs
    if not 2 <= d <= MOST_COLUMNS:
        return []
    F = surrogate.value
    L = surrogate.gradient * view.rows.X
    found: list[tuple[float, Generator]] = []
    for i, j in permutations(range(d), 2):
        for p in JOINS:
            if abs(p) > 1 or (abs(p) == 1 and i < j):
                found.append((_mismatch(L[:, j], float(p) * L[:, i]), _scaling(d, {i: p, j: Fraction(-1)})))
    for i in range(d):
        for p in FACTORS:
            found.append((_mismatch(L[:, i], float(p) * F), _scaling(d, {i: Fraction(1), d: -p})))
        found.append((float(np.mean(L[:, i] ** 2) / np.mean(L**2)), _scaling(d, {i: Fraction(1)})))
    found += [(SIMPLER * mismatch, g) for mismatch, g in translations(surrogate)]
    return [g for _, g in sorted(found, key=lambda pair: pair[0])[:MOST]]


def translations(surrogate: Surrogate) -> list[tuple[float, Generator]]:
    """That two columns count by their sum or their difference only, each with how far it is from true."""
    G, found = surrogate.gradient, []
    for i, j in combinations(range(G.shape[1]), 2):
        for s in (1, -1):
            numbers = tuple(Fraction(s * (k == i) - (k == j)) for k in range(G.shape[1]))
            found.append((_mismatch(G[:, j], s * G[:, i]), Generator("sum", numbers)))
    return found


def _scaling(columns: int, numbers: dict[int, Fraction]) -> Generator:
    return Generator("product", tuple(numbers.get(k, Fraction(0)) for k in range(columns + 1)))


def _mismatch(a: Array, b: Array) -> float:
    """How far two columns are from being the same."""
    return float(np.mean((a - b) ** 2) / max(np.mean(a**2) + np.mean(b**2), 1e-300))


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
