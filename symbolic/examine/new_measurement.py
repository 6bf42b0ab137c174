"""How far a new measurement will lie from a formula, told from the rows that it was fitted to.

Where the noise is not known, it is the residual deviation with the formula's constants paid for,
``s² = Σ w r² / (n - p)``, as the noise model has it that the residuals clearly speak for, also if the fit has
weighed all rows alike. Where standard errors were given they are believed; a new row has none yet and may
be as good or as bad as any of them, or of their ratios to the value, whichever vary less; what errors of the
inputs make of the target is among them, because new inputs are measured too. A mixture of normal
distributions has heavier tails than one: it is told as Student's distribution of the same second and fourth
moment, ``ν = 4 + 2 mean(σ²)² / var(σ²)`` and ``s² = mean(σ²) (ν - 2)/ν``.
"""

from dataclasses import replace

import numpy as np

from kantools.symbolic.examine.noise_model import noise_of
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.noisy import with_noise
from kantools.symbolic.fit.scatter import input_variance
from kantools.symbolic.formula import Formula
from kantools.symbolic.noise import NOISE
from kantools.symbolic.trust.prediction import Kind, Scatter

__all__ = ["scatter_of"]


def scatter_of(formula: Formula, data: Data) -> Scatter:
    """How far a single measurement lies from a formula.

    Parameters
    ----------
    formula : Formula
    data : Data
        The rows that it was fitted to.

    Examples
    --------
    >>> import sympy
    >>> from kantools.symbolic.formula import Constant
    >>> x, c0 = sympy.symbols("x c0")
    >>> rows = Data(("x",), np.ones((4, 1)), np.array([0.0, 0.0, 0.0, 4.0]), np.ones(4))
    >>> scatter_of(Formula(("x",), "y", c0 * x, (Constant(c0, 1.0, 1.0),), loss=3.0), rows)
    Scatter(kind='constant', size=2.0, freedom=3.0, share=0.0)
    """
    constants = len(formula.free)
    freedom = data.freedom(constants)
    if data.scatter in ("counts", "rounding"):
        return _of_model(data.scatter, formula, data, freedom)
    if data.known:
        sigma = np.sqrt(1 / data.weight + input_variance(data, formula.predict))
        told = _of_given(sigma, np.abs(formula.predict(data.X)))
        return replace(told, freedom=min(told.freedom, freedom)) if data.estimated else told
    kind = data.scatter if data.size is not None else noise_of(formula, data)
    return _of_model(kind, formula, data, freedom)


def _of_model(kind: str, formula: Formula, data: Data, freedom: float) -> Scatter:
    """What a noise model makes of the residuals, with the formula's constants paid for."""
    if kind == "counts":
        return Scatter("counts", 1.0, np.inf)
    if kind == "rounding":
        return Scatter("rounding", float(np.sqrt(data.rounding)), np.inf)
    value = formula.predict(data.X)
    rows = data if data.size is not None else with_noise(data, kind, value)
    paid = (rows.effective_rows / freedom) ** 0.5
    if kind == "constant":
        return Scatter("constant", float(np.sqrt(data.noise_level(formula.loss, len(formula.free)))), freedom)
    parameters = NOISE[kind].fitted(data.y, value) * paid
    if kind == "mixed":
        return Scatter("mixed", float(parameters[0]), freedom, share=float(parameters[1]))
    return Scatter("proportional", float(parameters[0]), freedom)


def _of_given(sigma: np.ndarray, size: np.ndarray) -> Scatter:
    """What is typical of given standard errors: themselves, or their ratio to the value."""
    ratio = sigma / np.where(size > 0, size, np.nan)
    if np.isfinite(ratio).all() and np.std(np.log(ratio)) < np.std(np.log(sigma)):
        return _mixture("proportional", ratio)
    return _mixture("constant", sigma)


def _mixture(kind: Kind, sigma: np.ndarray) -> Scatter:
    """Of one of these deviations, any of them.

    >>> _mixture("constant", np.array([1.0, 1.0])), _mixture("constant", np.array([1.0, 3.0])).freedom
    (Scatter(kind='constant', size=1.0, freedom=inf, share=0.0), 7.125)
    """
    largest = float(sigma.max())
    square = (sigma / largest) ** 2
    mean, variance = float(square.mean()), float(square.var())
    if variance <= np.finfo(float).eps * mean**2:
        return Scatter(kind, largest * mean**0.5, np.inf)
    freedom = 4 + 2 * mean**2 / variance
    return Scatter(kind, largest * (mean * (freedom - 2) / freedom) ** 0.5, freedom)
