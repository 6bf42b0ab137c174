"""What is given to a training, checked: arrays or a table become rows that a network can be trained on."""

from dataclasses import replace
from typing import Any

import numpy as np
import torch

from kantools.errors import TableError
from kantools.network import KAN
from kantools.network.grid import ROUNDING
from kantools.network.predict import as_tensor
from kantools.table import Table
from kantools.training.held_out import WeightedRows

__all__ = ["rows_for", "table_weights"]

ROOM = 3 / 16
"""Numbers keep this share of their type's decades away from its ends: what is made of them, slopes on narrow
grids above all, must fit in as well."""


def rows_for(network: KAN, X: Any, y: Any = None, weight: Any = None) -> WeightedRows:
    """The rows that count, as numbers of the network's precision.

    Parameters
    ----------
    network : KAN
    X : array, shape (rows, inputs), or Table
        A table brings its target along, and its weights and standard errors as weights ``w/sigma^2``.
    y : array, shape (rows,) or (rows, outputs)
    weight : array, shape (rows,) or (rows, outputs), optional
        Rows of weight zero are left out.

    Raises
    ------
    ValueError
        If shapes do not fit, or a value is no number, not finite, or too large or small for the network.

    >>> rows_for(KAN([1, 1]), [[1], [2]], [True, False], [0, 3])
    WeightedRows(X=array([[2.]]), Y=array([[0.]]), weight=array([3.]))
    """
    if isinstance(X, Table):
        weight = table_weights(X) if weight is None else weight
        X, y = X.X, X.y
    if y is None:
        raise TableError("train needs y, or a Table, which brings its target along.")
    inputs, target = _numbers("X", X), _numbers("y", y)
    _check_shapes(network, inputs, target)
    rows = len(inputs)
    weights = np.ones(rows) if weight is None else _numbers("weight", weight)
    several = weights.ndim == 2 and weights.shape == target.shape
    for column in list(weights.T) if several else [weights]:
        _check_weights(column, rows)
    for name, values in (("X", inputs), ("y", target), ("weight", weights)):
        _check_finite(name, values)
    weights, emphasis = _by_row(weights) if several else (weights, None)
    counted = weights > 0
    found = WeightedRows(inputs, target.reshape(rows, -1), weights, emphasis)
    found = found if counted.all() else found.of(counted)
    _check_range(network, "X", found.X)
    _check_range(network, "y", found.Y)
    return replace(found, X=_seen(network, found.X))


def _by_row(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean weight of each row, and how the outputs share it; no output counts more on the whole."""
    weight = weight / weight.mean(axis=0)
    of_row = weight.mean(axis=1)
    return of_row, weight / np.where(of_row > 0, of_row, 1.0)[:, None]


def _numbers(name: str, values: Any) -> np.ndarray:
    """As float64; what a masked array hides is missing."""
    if isinstance(values, np.ma.MaskedArray):
        values = np.ma.filled(values.astype(float), np.nan)
    try:
        found = np.asarray(values)
        if found.dtype.kind not in "c":
            return np.asarray(found, float)
    except (TypeError, ValueError) as error:
        raise TableError(
            f"{name} must be an array of real numbers: {error}. Encode or drop the rest."
        ) from None
    raise TableError(f"{name} must be real; it is {found.dtype}. Give real and imaginary part as columns.")


def table_weights(table: Table) -> np.ndarray:
    """How much each row counts, ``w/sigma^2`` up to a factor that all rows share."""
    weight = np.ones(table.rows) if table.weight is None else table.weight
    if table.sigma is None:
        return weight
    # Relative to the smallest error: the square of a very small one would be zero.
    return ((table.sigma.min(axis=0) / table.sigma).T ** 2 * weight).T


def _check_shapes(network: KAN, X: np.ndarray, y: np.ndarray) -> None:
    if X.ndim != 2 or X.shape[1] != network.inputs:
        raise TableError(
            f"This network takes {network.inputs} columns; X has the shape {X.shape}. "
            f"Give it the shape (rows, {network.inputs})."
        )
    if not len(X):
        raise TableError(f"Training needs at least one row; X has the shape {X.shape}. Give it rows.")
    many = f"(rows, {network.outputs})"
    shape = f"(rows,) or {many}" if network.outputs == 1 else many
    if y.shape != (len(X), network.outputs) and not (network.outputs == 1 and y.shape == (len(X),)):
        raise TableError(
            f"X has {len(X)} rows and the network {network.outputs} output(s); y has the shape {y.shape}. "
            f"Give y the shape {shape}."
        )


def _check_weights(weight: np.ndarray, rows: int) -> None:
    if weight.shape != (rows,):
        raise TableError(
            f"Every row has one weight: X has {rows} rows; weight has the shape {weight.shape}. "
            f"Give it the shape ({rows},)."
        )
    if (weight < 0).any():
        raise TableError(
            f"Weights must be zero or positive; {int((weight < 0).sum())} are negative, the least "
            f"{weight.min():.3g}. Correct them."
        )
    if not weight.any():
        raise TableError(
            "Weights must be zero or positive, with at least one positive; all are zero. Drop them."
        )


def _check_finite(name: str, values: np.ndarray) -> None:
    if not np.isfinite(values).all():
        bad = int((~np.isfinite(values.reshape(len(values), -1))).any(1).sum())
        raise TableError(f"{name} must be finite; {bad} rows hold NaN or infinity. Drop or mend them.")


def _check_range(network: KAN, name: str, values: np.ndarray) -> None:
    """Neither too large for the network's type, nor so small that what varies would be the same to it."""
    dtype = network.kan_layers()[0].weight.dtype
    info, low, high = torch.finfo(dtype), values.min(0), values.max(0)
    room, size = info.max**ROOM, float(np.maximum(high, -low).max())
    most, least = info.max / room, info.tiny * room
    wider = ", or give the network dtype=torch.float64." if dtype != torch.float64 else "."
    remedy = f"Change the unit{wider}"
    if size > most:
        raise TableError(
            f"A network of {dtype} takes numbers up to {most:.1g}; {name} has {size:.3g}. {remedy}"
        )
    spread = high - low
    if ((spread > 0) & (spread < least)).any():
        faint = float(spread[spread > 0].min())
        raise TableError(
            f"A network of {dtype} tells numbers {least:.1g} apart; "
            f"a column of {name} varies by {faint:.3g}. {remedy}"
        )


def _seen(network: KAN, X: np.ndarray) -> np.ndarray:
    """The columns rounded as the network will round them, and one constant where only rounding varies: what
    it cannot tell apart it shall not learn."""
    dtype = network.kan_layers()[0].weight.dtype
    X = X if dtype == torch.float64 else as_tensor(network, X).double().cpu().numpy()
    low, high = X.min(0), X.max(0)
    noise = ROUNDING * torch.finfo(dtype).eps * np.maximum(np.abs(low), np.abs(high))
    same = high - low <= noise
    return np.where(same, (low + high) / 2, X) if (same & (high > low)).any() else X
