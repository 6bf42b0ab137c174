"""Constants fitted to rows as their errors are: plain least squares, errors of the inputs, robust losses.

With standard errors of the inputs a residual counts in units of its *effective* standard deviation, ::

    σ_eff² = σ_y² + Σ_j d_j²,   d_j = (f(x + σ_j e_j) - f(x - σ_j e_j)) / 2,

which moves with the constants; ``Σ (y - f)² / σ_eff²`` is minimised as a whole, because weights that are held
while the constants are fitted bias them towards zero (Orear, *Am. J. Phys.* 50, 912, 1982; Lybanon, ibid. 52,
22, 1984). For straight lines that is York's solution. A robust loss (:mod:`kantools.symbolic.fit.robust`) is
minimised by least squares with weights that follow the residuals.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kantools.symbolic.evaluate import Program
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.least_squares import Fit, least_squares

__all__ = ["deviations", "effective_scatter", "fit_constants", "row_losses", "weighed"]

Array = np.ndarray
ROUNDS = 50  # of weights that follow residuals
SETTLED = 1e-10  # relative change of the constants


def fit_constants(
    program: Program,
    start: Sequence[float] | Array,
    data: Data,
    *,
    max_iterations: int = 60,
    free: Array | None = None,
) -> Fit:
    """The constants that minimise the mean of :func:`row_losses`.

    Parameters
    ----------
    program : Program
    start : array, shape (parameters,)
    data : Data
    max_iterations : int
        Of least squares.
    free : boolean array, shape (parameters,), or None
        Which parameters move; None means all.

    Returns
    -------
    Fit
        Its information is the inverse covariance where the scatter of the residuals is 1.
    """
    model, weight = weighed(program, data)
    if data.loss.name == "squared":
        return least_squares(model, start, data.X, data.y, weight, max_iterations=max_iterations, free=free)
    return _robust(model, np.array(start, dtype=float), data, weight, max_iterations, free)


def weighed(program: Program, data: Data) -> tuple[Any, Array | None]:
    """What least squares is to fit, and with which weights (None for one).

    With errors of the inputs its values are such that residuals come out in units of their scatter.
    """
    return (program, data.weight) if data.x_sigma is None else (_Effective(program, data), None)


def _robust(
    model: Any,
    start: Array,
    data: Data,
    weight: Array | None,
    max_iterations: int,
    free: Array | None,
) -> Fit:
    """Iteratively reweighted least squares (Holland & Welsch, *Commun. Stat.* A6, 813, 1977)."""
    base = np.ones(len(data.y)) if weight is None else weight
    values, fit = start, Fit(start, np.inf, np.full((len(start),) * 2, np.nan), False)
    for _ in range(ROUNDS):
        z = np.sqrt(base) * (data.y - model.value(data.X, values))
        if not np.isfinite(z).all():
            return replace(fit, values=values, loss=np.inf)
        count = base * data.loss.weight(z)
        fit = least_squares(model, values, data.X, data.y, count, max_iterations=max_iterations, free=free)
        moved = np.abs(fit.values - values) > SETTLED * np.abs(fit.values)
        values = fit.values
        if not moved.any():
            break
    value, J = model.jacobian(data.X, values)
    z, J = np.sqrt(base) * (data.y - value), J * np.sqrt(base)[:, None]
    loss = float(np.mean(data.loss.cost(z)))
    return Fit(values, loss, data.loss.certainty(z, len(values)) * (J.T @ J), fit.converged)


def deviations(program: Program, values: Sequence[float] | Array, data: Data) -> Array:
    """Residuals in units of their scatter (known errors) or of the weights, shape (rows,)."""
    residual = data.y - program.value(data.X, values)
    return (
        residual * np.sqrt(data.weight)
        if data.x_sigma is None
        else (residual / effective_scatter(program, values, data))
    )


def row_losses(program: Program, values: Sequence[float] | Array, data: Data) -> Array:
    """What each row adds to the loss, shape (rows,)."""
    return data.loss.cost(deviations(program, values, data))


def effective_scatter(program: Program, values: Sequence[float] | Array, data: Data) -> Array:
    """``σ_eff`` of each row: what target and inputs are uncertain by, together, shape (rows,)."""
    return _Effective(program, data).scatter(np.asarray(values, dtype=float))[0]


@dataclass(frozen=True)
class _Effective:
    """A program whose residuals come out in units of their effective standard deviation.

    Least squares subtracts the value from the target, so the value is ``y - (y - f)/σ_eff``.
    """

    program: Program
    data: Data

    def value(self, X: Array, p: Array) -> Array:
        value = self.program.value(X, p)
        return self.data.y - (self.data.y - value) / self.scatter(p)[0]

    def jacobian(self, X: Array, p: Array) -> tuple[Array, Array]:
        value, J = self.program.jacobian(X, p)
        scatter, turn = self.scatter(p)
        residual = self.data.y - value
        return self.data.y - residual / scatter, J / scatter[:, None] + (residual / scatter**3)[
            :, None
        ] * turn

    def scatter(self, p: Array) -> tuple[Array, Array]:
        """``σ_eff``, and half the derivatives of its square by the parameters."""
        variance, turn = 1 / self.data.weight, np.zeros((len(self.data.y), self.program.parameters))
        for shift in _shifts(self.data):
            above, J_above = self.program.jacobian(self.data.X + shift, p)
            below, J_below = self.program.jacobian(self.data.X - shift, p)
            d, D = (above - below) / 2, (J_above - J_below) / 2
            real = np.isfinite(d) & np.isfinite(D).all(axis=1)  # σ may reach beyond a formula's domain
            variance = variance + np.where(real, d, 0.0) ** 2
            turn = turn + np.where(real, d, 0.0)[:, None] * np.where(real[:, None], D, 0.0)
        return np.sqrt(variance), turn


def _shifts(data: Data) -> list[Array]:
    """For each input with an error: that error in its column, zero in the others."""
    if data.x_sigma is None:
        return []
    columns = [j for j in range(data.X.shape[1]) if data.x_sigma[:, j].any()]
    return [np.where(np.arange(data.X.shape[1]) == j, data.x_sigma, 0.0) for j in columns]
