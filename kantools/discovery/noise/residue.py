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
from dataclasses import dataclass

import numpy as np
from sympy import preorder_traversal

from kantools.discovery.surrogates.polynomial import monomials
from kantools.discovery.threshold import judgement, size
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula

__all__ = ["NoiseTest", "only_noise_is_left", "polynomials_explain", "successive_ratio"]

Array = np.ndarray


@dataclass(frozen=True)
class NoiseTest:
    """How sure order in the residuals must be, and the polynomial that looks for it."""

    sure: float = judgement(
        4.0, "standard deviations that noise does not reach; derived: 1 in 16,000 by chance"
    )
    degree: int = size(3, "degree of the polynomial: what is left of a law shows in its lowest terms")
    most_terms: int = size(60, "terms of the polynomial")
    rows_a_term: int = size(12, "rows for each term, so that the polynomial does not follow the noise")


TEST = NoiseTest()


def successive_ratio(values: Array, key: Array) -> float:
    """``Σ (v_{k+1} - v_k)² / (2 Σ v²)`` of values sorted by a key.

    >>> x = np.linspace(0, 1, 200)
    >>> noise = np.random.default_rng(0).normal(size=200)
    >>> successive_ratio(np.sin(9 * x) - np.sin(9 * x).mean(), x) < 0.01 < 0.8 < successive_ratio(noise, x)
    True
    """
    power = float(np.sum(values**2))
    return float(np.sum(np.diff(values[np.argsort(key, kind="stable")]) ** 2)) / (2 * power) if power else 1.0


def only_noise_is_left(formula: Formula, data: Data, test: NoiseTest = TEST) -> bool:
    """Whether the residuals show no order along anything that the formula knows of."""
    residual = np.sqrt(data.weight) * (data.y - formula.predict(data.X))
    residual = residual - residual.mean()
    least = 1 - test.sure / np.sqrt(len(residual))
    if not all(successive_ratio(residual, key) > least for key in _keys(formula, data)):
        return False
    return not polynomials_explain(residual, data, test)


def polynomials_explain(residual: Array, data: Data, test: NoiseTest = TEST) -> bool:
    """Whether a polynomial of all columns leaves significantly less than it would of noise."""
    n = len(residual)
    A = (
        monomials(data.X, min(test.most_terms, n // test.rows_a_term), test.degree)
        * np.sqrt(data.weight)[:, None]
    )
    p = A.shape[1]
    Q = np.linalg.qr(A)[0]
    explained = float(np.sum((Q.T @ residual) ** 2))
    rest = (float(residual @ residual) - explained) / max(n - p, 1)
    return explained > rest * (p + test.sure * np.sqrt(2 * p))


def _keys(formula: Formula, data: Data) -> Iterator[Array]:
    """The columns, and every part of the formula that depends on them."""
    yield from data.X.T
    columns = set(data.symbols)
    for part in dict.fromkeys(preorder_traversal(formula.expression)):  # in the same order everywhere
        if part.free_symbols & columns and not part.is_Symbol:
            values = compile_expression(part, data.symbols).value(data.X)
            if np.isfinite(values).all():
                yield values
