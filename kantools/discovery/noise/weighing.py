"""Weights of the rows while structures are looked for: outliers left out, errors of the inputs counted.

Both need to know the law: whether a row lies far off it, and how steep it is. At first a polynomial stands in
for it that outliers cannot bend, then the best formula so far.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from kantools.discovery.surrogates.polynomial import Polynomial, polynomials
from kantools.discovery.views.link import Link, links_for
from kantools.discovery.views.rows import holdout_split
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.robust import LOSSES, OUTLYING, median_scatter
from kantools.symbolic.fit.scatter import input_variance, with_scatter

__all__ = ["guess", "needs_weighing", "seen_by_logs", "weighed"]

Array = np.ndarray
Predict = Callable[[Array], Array]
ROUNDS = 12  # of weights that follow the residuals of a polynomial
FADING = LOSSES["cauchy"]
ROUGHLY = 1.5  # times as far off a polynomial as off a formula is an outlier
LINKS = ("identity", "log")
FEWEST_KEPT = 0.6  # of the rows: what is more than that is no outlier
MOST_ROWS = 2000  # that the polynomial is fitted to


def needs_weighing(data: Data) -> bool:
    """Whether weights depend on the law."""
    return data.x_sigma is not None or data.loss.name != "squared"


def weighed(data: Data, predict: Predict, *, roughly: bool = False) -> tuple[Data, Array]:
    """The rows as a search takes them, and which of all these are left out as outliers.

    Parameters
    ----------
    data : Data
        As the table has it.
    predict : callable
        From columns, shape (rows, columns), to what stands for the law, shape (rows,).
    roughly : bool
        Whether that is a polynomial, which the law may leave here and there.

    Returns
    -------
    rows : Data
        Weights are ``1/(s² + Σ d_j²)``, with ``s`` the scatter of the target and ``d_j`` what the error of
        column ``j`` makes of it.
    outlying : boolean array, shape (rows of data,)
    """
    told = with_scatter(data, predict)
    weight = 1 / (1 / told.weight + input_variance(data, predict))
    outlying = np.zeros(len(data.y), dtype=bool)
    if data.loss.name != "squared":
        z = np.abs(data.y - predict(data.X)) * np.sqrt(weight)
        outlying = ~(z <= _reach(z, roughly))
    if not data.known:
        weight = weight / weight[~outlying].mean()
    rows = replace(data, weight=weight, x_sigma=None, loss=LOSSES["squared"])
    return rows.take(~outlying), outlying


def _reach(z: Array, roughly: bool) -> float:
    """How many times their scatter residuals may be."""
    usual = OUTLYING * ROUGHLY * max(median_scatter(z), 1.0) if roughly else OUTLYING
    return max(usual, float(np.quantile(np.nan_to_num(z, nan=np.inf), FEWEST_KEPT)))


def guess(data: Data, seed: int) -> Predict:
    """A polynomial of the columns or their logarithms that follows most of the rows.

    Least squares with weights that fade with the residuals (Cauchy's), the degree and the coordinates by the
    median residual of rows held out.
    """
    rows = np.random.default_rng(seed).permutation(len(data.y))[:MOST_ROWS]
    part = data.take(np.sort(rows))
    split = holdout_split(len(part.y), seed)
    return min((_follow(part, way, split) for way in _ways(part)), key=lambda found: found[0])[1]


Way = tuple[Link, Array]
"""A link, and which columns are seen by their logarithm."""


def _ways(data: Data) -> Iterator[Way]:
    positive: Array = np.all(data.X > 0, axis=0)
    links = [link for link in links_for(data.y) if link.name in LINKS]
    for link in links:
        yield link, np.zeros(data.X.shape[1], dtype=bool)
        if positive.any():
            yield link, positive


def _follow(data: Data, way: Way, split: tuple[Array, Array]) -> tuple[float, Predict]:
    """The median residual on rows held out, and the polynomial."""
    link, logs = way
    Z, (fit, held) = seen_by_logs(data.X, logs), split
    eta, base = link.apply(data.y), data.weight * link.weight(data.y)
    weight, found = base[fit], []
    for _ in range(ROUNDS):
        tried = [_predictor(link, logs, p) for p in polynomials(Z[fit], eta[fit], weight)]
        if not tried:
            break
        found.append(min(((_median_off(data, held, p), p) for p in tried), key=lambda pair: pair[0]))
        residual = np.sqrt(base[fit]) * (eta[fit] - link.apply(found[-1][1](data.X[fit])))
        scatter = median_scatter(np.nan_to_num(residual, nan=np.inf))
        if not 0 < scatter < np.inf:
            break
        weight = base[fit] * np.nan_to_num(FADING.weight(residual / scatter))
    return min(found, key=lambda pair: pair[0], default=(np.inf, _middle(data)))


def _middle(data: Data) -> Predict:
    middle = float(np.median(data.y))
    return lambda X: np.full(len(X), middle)


def _median_off(data: Data, rows: Array, predict: Predict) -> float:
    residual = np.sqrt(data.weight[rows]) * (data.y[rows] - predict(data.X[rows]))
    return float(np.median(np.nan_to_num(np.abs(residual), nan=np.inf)))


def seen_by_logs(X: Array, logs: Array) -> Array:
    """The columns, some of them by their logarithm; NaN where it is not real."""
    with np.errstate(all="ignore"):
        return np.where(logs, np.log(np.where(logs & (X > 0), X, np.nan)), X) if logs.any() else X


def _predictor(link: Link, logs: Array, polynomial: Polynomial) -> Predict:
    def predict(X: Array) -> Array:
        with np.errstate(all="ignore"):
            return link.back(polynomial.value(seen_by_logs(X, logs)))

    return predict
