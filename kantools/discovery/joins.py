"""Joins: two columns in the place of which one may do.

Where a law oscillates, no surrogate of all columns is good enough for the null space of its gradient. But
even a poor one ranks the simple hypotheses about two columns, that only their product, quotient, sum or
difference counts: the right one becomes visible when the joined columns are far easier to learn.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

import numpy as np

from kantools.discovery.surrogate import Surrogate
from kantools.discovery.view import Reduction, View

__all__ = ["joins", "powers"]

Array = np.ndarray
MOST = 4
LARGEST = 2  # exponent
MOST_COLUMNS = 4
SMOOTH = 0.3  # share of the variance that may lie between neighbours
CLEAR = 0.7  # … and that of the second best, by comparison


def joins(surrogate: Surrogate, view: View) -> list[Reduction]:
    """Products, quotients, sums and differences of two columns, the likeliest first."""
    G, X = surrogate.gradient, view.rows.X
    L = G * X
    found = []
    for i, j in combinations(range(view.inputs), 2):
        found += [(_mismatch(G[:, i], s * G[:, j]), _joined(view, "sum", i, j, s)) for s in (1, -1)]
        found += [(_mismatch(L[:, i], s * L[:, j]), _joined(view, "product", i, j, s)) for s in (1, -1)]
    found = [(m, r) for m, r in found if r is not None]
    return [r for _, r in sorted(found, key=lambda pair: pair[0])[:MOST] if r is not None]


def _mismatch(a: Array, b: Array) -> float:
    """How far two columns of a gradient are from being the same."""
    return float(np.mean((a - b) ** 2) / max(np.mean(a**2) + np.mean(b**2), 1e-300))


def _joined(view: View, kind: str, i: int, j: int, sign: int) -> Reduction | None:
    """One column for two; None for a quotient by a column that changes its sign."""
    if kind == "product" and sign < 0 and view.rows.X[:, j].min() <= 0 <= view.rows.X[:, j].max():
        return None
    unit = np.eye(view.inputs, dtype=int)
    rows = [unit[k] for k in range(view.inputs) if k not in (i, j)] + [unit[i] + sign * unit[j]]
    return Reduction(kind, tuple(_fractions(r) for r in rows), _fractions(np.zeros(view.inputs, dtype=int)))


def _fractions(row: Array) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(v)) for v in row)


def powers(view: View) -> Iterator[Reduction]:
    """The product of small powers of all columns that the target is a smooth function of, if there is one.

    Rows are sorted by each product in turn, and the target's jumps between neighbours are compared (von
    Neumann 1941): no model is needed, however fast the law oscillates.
    """
    X, y = view.rows.X, view.rows.y
    if not 2 <= view.inputs <= MOST_COLUMNS or X.min() <= 0 or np.ptp(y) == 0:
        return
    logs, spread = np.log(X), 2 * float(np.mean((y - y.mean()) ** 2))
    found = []
    for exponents in product(range(-LARGEST, LARGEST + 1), repeat=view.inputs):
        nonzero = [e for e in exponents if e]
        if not nonzero or nonzero[0] < 0 or np.gcd.reduce(nonzero) > 1:
            continue
        jumps = np.diff(y[np.argsort(logs @ np.array(exponents))])
        found.append((float(np.mean(jumps**2)) / spread, exponents))
    found.sort()
    if found[0][0] < SMOOTH and found[0][0] < CLEAR * found[1][0]:
        zero = _fractions(np.zeros(view.inputs, dtype=int))
        yield Reduction("product", (_fractions(np.array(found[0][1])),), zero)
