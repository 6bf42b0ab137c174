"""How far measurements lie off a law: the target's scatter where it is not known, and that of the inputs."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy.optimize import brentq

from kantools.symbolic.fit.data import ROUNDING, Data
from kantools.symbolic.fit.robust import median_scatter

__all__ = ["input_variance", "with_scatter"]

Array = np.ndarray
Predict = Callable[[Array], Array]
LEAST = 1e-3  # of the scatter that inputs make: the least that is left to the target


def with_scatter(data: Data, predict: Predict, constants: int = 0) -> Data:
    """The rows with the scatter of the target as known, estimated from what a law leaves where it was not.

    Under a robust loss from the median of the residuals; else such that ``Σ r²/(s² + v)`` is the number of
    rows less that of the constants, ``v`` being what the errors of the inputs make of it (Paule & Mandel,
    *J. Res. Nat. Bur. Stand.* 87, 377, 1982).

    Examples
    --------
    >>> x = np.arange(5.0)
    >>> rows = Data(("x",), x[:, None], x + [1, -1, 1, -1, 1], np.ones(5))
    >>> (1 / with_scatter(rows, lambda X: X[:, 0]).weight).round(12).tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0]
    """
    if data.known:
        return data
    residual = np.sqrt(data.weight) * (data.y - predict(data.X))
    spread = data.weight * input_variance(data, predict)
    if data.loss.name == "squared":
        s2 = _paule_mandel(residual**2, spread, max(len(residual) - constants, 1))
    else:
        s2 = median_scatter(residual) ** 2 - float(np.median(spread))
    s2 = max(s2, LEAST * float(np.median(spread)), ROUNDING**2 * data.power)
    return replace(data, weight=data.weight / s2, known=True, estimated=True)


def input_variance(data: Data, predict: Predict) -> Array:
    """What the errors of the inputs add to the variance of the target, ``Σ_j d_j²``, shape (rows,)."""
    variance = np.zeros(len(data.y))
    if data.x_sigma is None:
        return variance
    for j in np.flatnonzero(data.x_sigma.any(axis=0)):
        shift = np.zeros_like(data.X)
        shift[:, j] = data.x_sigma[:, j]
        d = (predict(data.X + shift) - predict(data.X - shift)) / 2
        variance += np.where(np.isfinite(d), d, 0.0) ** 2
    return variance


def _paule_mandel(squares: Array, spread: Array, freedom: int) -> float:
    def excess(s2: float) -> float:
        return float((squares / (s2 + spread)).sum()) - freedom

    most = float(squares.sum()) / freedom
    least = 1e-12 * most + 1e-300
    return least if most <= least or excess(least) <= 0 else float(brentq(excess, least, most + least))
