"""Where the search for a given form's constants begins.

Constants in which the form is linear need no first values: whatever the others are, the best ones are a
linear least-squares solution (the idea of variable projection, G. H. Golub, V. Pereyra, *SIAM Journal on
Numerical Analysis* 10 (1973) 413). For the others values are tried that spread over many decades, both signs,
in numbers and in multiples of what the columns are and of their inverses: ``exp(-b*x)`` with x in thousands
has a b in thousandths.
"""

from collections.abc import Sequence

import numpy as np
from sympy import Expr, Symbol

from kantools.symbolic.evaluate import Program

__all__ = ["around", "best_linear", "linear_constants", "spread"]

Array = np.ndarray

DECADES = 3.0  # around each scale to both sides
NEAR = 2.0  # decades around a value that was given


def linear_constants(template: Expr, constants: Sequence[Symbol]) -> tuple[bool, ...]:
    """Which of the constants the form is linear in, all of them together.

    >>> from sympy import exp, symbols
    >>> x, a, b, c = symbols("x a b c")
    >>> linear_constants(a * exp(-b * x) + a * c, (a, b, c))
    (True, False, False)
    """
    chosen: list[Symbol] = []
    for symbol in constants:
        slope = template.diff(symbol)
        if not slope.free_symbols & {symbol, *chosen}:
            chosen.append(symbol)
    return tuple(symbol in chosen for symbol in constants)


def best_linear(program: Program, p: Array, linear: Array, X: Array, y: Array, weight: Array) -> Array:
    """The same constants, those that are linear at their best; NaN where the form is not real.

    Parameters
    ----------
    program : Program
    p : ndarray, shape (parameters,)
    linear : boolean ndarray, shape (parameters,)
    X, y, weight : ndarray
    """
    p = np.where(linear, 0.0, p)
    value, J = program.jacobian(X, p)
    root = np.sqrt(weight)
    A, b = J[:, linear] * root[:, None], (y - value) * root
    if not (np.isfinite(A).all() and np.isfinite(b).all()):
        return np.full(len(p), np.nan)
    size = np.linalg.norm(A, axis=0)
    size = np.where(size > 0, size, 1.0)
    p[linear] = np.linalg.lstsq(A / size, b, rcond=None)[0] / size
    return p


def spread(count: int, X: Array, tries: int) -> Array:
    """Values over many decades and both signs, shape (tries, count); the same ones every time.

    Parameters
    ----------
    count : int
        How many constants.
    X : ndarray, shape (rows, columns)
    """
    sizes = np.median(np.abs(X), axis=0)
    sizes = sizes[sizes > 0]
    scales = np.concatenate([[1.0], sizes, 1 / sizes])
    u = _points(3 * count, tries)
    magnitude = 10.0 ** (DECADES * (2 * u[:, :count] - 1))
    scale = scales[(u[:, count : 2 * count] * len(scales)).astype(int)]
    return magnitude * scale * np.where(u[:, 2 * count :] < 0.5, -1.0, 1.0)


def around(p: Array, tries: int) -> Array:
    """Values within two decades of given ones, their signs kept, shape (tries, parameters)."""
    return p * 10.0 ** (NEAR * (2 * _points(len(p), tries) - 1))


def _points(dimensions: int, tries: int) -> Array:
    return np.random.default_rng(0).random((tries, dimensions))
