"""Rows weighed as a noise model has it, once something stands in for the law."""

from dataclasses import replace

import numpy as np

from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.scatter import Predict, input_variance
from kantools.symbolic.noise import NOISE
from kantools.symbolic.noise.written import rounded_inputs

__all__ = ["with_noise", "with_rounded_inputs"]

Array = np.ndarray
#: Names with which all rows count as they do already.
ALIKE = ("constant", "given")
#: Times less than measured that a law may lie, and still say how far the row scatters.
FAR = 100.0
#: Of the largest deviation that any is at least.
LEAST = 1e-12


def with_noise(data: Data, name: str, f: Array) -> Data:
    """The rows with weights ``1/σ²(f)`` as a noise model has it where a law has the values ``f``.

    Parameters
    ----------
    data : Data
        With constant noise, or as its standard errors say: then nothing changes.
    name : str
        Of a noise model, see :data:`kantools.symbolic.noise.NOISE`.
    f : ndarray, shape (rows,)

    Returns
    -------
    Data
        Variances are known where nothing of the model is estimated; else the weights have mean 1.

    Examples
    --------
    >>> rows = Data(("x",), np.ones((2, 1)), np.array([1.1, 2.9]), np.ones(2))
    >>> with_noise(rows, "proportional", np.array([1.0, 3.0])).weight.round(3).tolist()
    [1.8, 0.2]
    """
    if data.known or name in ALIKE:
        return data
    model = NOISE[name]
    if name == "rounding" and data.rounded is not None:
        model = replace(model, squares=data.rounded)  # type: ignore[call-arg]
    parameters = model.fitted(data.y, f)
    size = np.sqrt(model.variance(f, parameters))
    size = np.maximum(size, _least(data, size))
    weight, known = data.weight / size**2, model.parameters == 0
    if not known:
        weight = weight / weight.mean()
    return replace(data, weight=weight, known=known, scatter=name, size=size, parameters=parameters)


def _least(data: Data, size: Array) -> Array:
    """What a deviation is at least, so that no single row where a law vanishes outweighs all others."""
    there = data.y != 0
    typical = float(np.median(size[there] / np.abs(data.y[there]))) if there.any() else 0.0
    return np.maximum(np.abs(data.y) * typical / FAR, LEAST * float(size.max()) or 1.0)


def with_rounded_inputs(data: Data, predict: Predict) -> Data:
    """The rows with what the digits of the inputs make of the target added to its rounding."""
    errors = None if data.rounded is None else rounded_inputs(data.X, data.y)
    if errors is None or data.rounded is None:
        return data
    return replace(data, rounded=data.rounded + input_variance(replace(data, x_sigma=errors), predict))
