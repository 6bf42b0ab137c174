"""What a formula leaves: noise, or something that still goes with the columns.

Noise has no neighbours: sorted by whatever the formula knows of (a column, a part of the formula, its value),
successive residuals differ as much as any two. Where they differ less, something is left to explain. The
measure is von Neumann's ratio, the mean square successive difference over twice the variance, which is 1 for
noise up to about one over the root of the number of rows. Nor does a polynomial of all columns explain more
of noise than so many numbers explain of any (Fisher's F).

Source: J. von Neumann, "Distribution of the ratio of the mean square successive difference to the variance",
Annals of Mathematical Statistics 12 (1941) 367-395.
"""

from collections.abc import Iterator

import numpy as np
from sympy import preorder_traversal

from kantools.discovery.surrogates.polynomial import monomials
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.evaluate import compile_expression
from kantools.symbolic.formula import Formula

__all__ = ["only_noise_is_left", "polynomials_explain", "successive_ratio"]

Array = np.ndarray
SURE = 4.0  # standard deviations
DEGREE, MOST_TERMS, ROWS_A_TERM = 3, 60, 12  # of the polynomial


def successive_ratio(values: Array, key: Array) -> float:
    """``Σ (v_{k+1} - v_k)² / (2 Σ v²)`` of values sorted by a key.

    >>> x = np.linspace(0, 1, 200)
    >>> noise = np.random.default_rng(0).normal(size=200)
    >>> successive_ratio(np.sin(9 * x) - np.sin(9 * x).mean(), x) < 0.01 < 0.8 < successive_ratio(noise, x)
    True
    """
    power = float(np.sum(values**2))
    return float(np.sum(np.diff(values[np.argsort(key, kind="stable")]) ** 2)) / (2 * power) if power else 1.0


def only_noise_is_left(formula: Formula, data: Data) -> bool:
    """Whether the residuals show no order along anything that the formula knows of."""
    residual = np.sqrt(data.weight) * (data.y - formula.predict(data.X))
    residual = residual - residual.mean()
    least = 1 - SURE / np.sqrt(len(residual))
    if not all(successive_ratio(residual, key) > least for key in _keys(formula, data)):
        return False
    return not polynomials_explain(residual, data)


def polynomials_explain(residual: Array, data: Data) -> bool:
    """Whether a polynomial of all columns leaves significantly less than it would of noise."""
    n = len(residual)
    A = monomials(data.X, min(MOST_TERMS, n // ROWS_A_TERM), DEGREE) * np.sqrt(data.weight)[:, None]
    p = A.shape[1]
    Q = np.linalg.qr(A)[0]
    explained = float(np.sum((Q.T @ residual) ** 2))
    rest = (float(residual @ residual) - explained) / max(n - p, 1)
    return explained > rest * (p + SURE * np.sqrt(2 * p))


def _keys(formula: Formula, data: Data) -> Iterator[Array]:
    """The columns, and every part of the formula that depends on them."""
    yield from data.X.T
    columns = set(data.symbols)
    for part in dict.fromkeys(preorder_traversal(formula.expression)):  # in the same order everywhere
        if part.free_symbols & columns and not part.is_Symbol:
            values = compile_expression(part, data.symbols).value(data.X)
            if np.isfinite(values).all():
                yield values
