"""Polynomials: the one shape with many terms, trimmed term by term."""

from collections.abc import Iterator, Sequence

import numpy as np
from sympy import Add, Symbol

from kantools.symbolic.curves.candidate import Candidate
from kantools.symbolic.curves.curve import spread_of
from kantools.symbolic.primitive import ARGUMENT, Primitive

__all__ = ["polynomials"]

Array = np.ndarray
HIGHEST = 6
OFFSET = Symbol("d")


def polynomials(x: Array, y: Array, root: Array, primitives: Sequence[Primitive]) -> Iterator[Candidate]:
    """Polynomials of rising degree (to 6) and, of the highest, what is left as its least needed terms go.

    Only where whole powers are among the primitives. A constant term always stays.
    """
    if not {"square", "cube"} & {p.name for p in primitives}:
        return
    top = min(HIGHEST, len(np.unique(x)) - 2)
    done: set[tuple[int, ...]] = set()
    for degree in range(1, top + 1):
        terms = tuple(range(1, degree + 1))
        while terms and terms not in done:
            done.add(terms)
            candidate, needed = _fit(x, y, root, terms)
            yield candidate
            terms = tuple(t for i, t in enumerate(terms) if i != int(np.argmin(needed)))


def _fit(x: Array, y: Array, root: Array, terms: tuple[int, ...]) -> tuple[Candidate, Array]:
    """Least squares, and each term's t-value."""
    scale = np.abs(x).max()
    A = np.stack([np.ones_like(x), *((x / scale) ** k for k in terms)], axis=1) * root[:, None]
    solution, *_ = np.linalg.lstsq(A, root * y, rcond=1e-14)
    residual = root * y - A @ solution
    spread = spread_of(y, root) or 1.0
    inverse = np.linalg.pinv(A.T @ A)
    needed = np.abs(solution) / np.sqrt(np.diag(inverse).clip(1e-300))
    symbols = [Symbol(f"c{k}") for k in terms]
    values = [float(v / scale**k) for v, k in zip(solution[1:], terms, strict=True)]
    template = Add(*(s * ARGUMENT**k for s, k in zip(symbols, terms, strict=True)), OFFSET)
    constants = (*zip(symbols, values, strict=True), (OFFSET, float(solution[0])))
    error = float(np.sqrt(np.mean(residual**2)) / spread)
    name = f"polynomial({max(terms)})"
    return Candidate(name, template, constants, OFFSET, error), needed[1:]
