"""The Jacobian's columns by what is not zero of them, for normal equations on fine grids.

At a row, ``degree + 1`` functions of an edge are not zero, and its residual function: with 32 intervals
that is one column in seven, and of the products of two columns one in fifty. Below `FINE` the dense product
is as fast.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kantools.kernels.gram import add_gram, add_product, extents, gather
from kantools.training.jacobian import LayerTrace
from kantools.training.model import LayerPlan, Plan

__all__ = ["Band", "add_normal", "bands", "worth_it"]

FINE = 32
"""Intervals from which on a local basis is treated so."""

MANY = 100
"""Coefficients from which on it pays."""


@dataclass(frozen=True)
class Band:
    """Some columns of one edge.

    Attributes
    ----------
    values : ndarray, shape (rows, few)
        Those that are not zero.
    starts : ndarray of int, shape (rows,)
        Where they begin among the edge's columns.
    columns : slice
        The edge's among all columns.
    """

    values: np.ndarray
    starts: np.ndarray
    columns: slice


def worth_it(plan: Plan) -> bool:
    """Whether all that is trained are curves of local bases on fine grids."""
    learned = [layer for layer in plan.layers if layer.edges]
    fine = all(layer.basis.local and layer.basis.intervals >= FINE for layer in learned)
    return fine and plan.parameters == int(plan.offsets[-1]) >= MANY


def bands(plan: Plan, traces: tuple[LayerTrace, ...], sensitivity: list[np.ndarray]) -> list[Band]:
    """The columns of all edges in their order, scaled as the sensitivities are."""
    parts = zip(plan.layers, traces, sensitivity, plan.offsets[:-1], strict=True)
    found = [band for layer, trace, s, first in parts for band in _of_layer(layer, trace, s, int(first))]
    return sorted(found, key=lambda band: band.columns.start)


def _of_layer(layer: LayerPlan, trace: LayerTrace, sensitivity: np.ndarray, first: int) -> Iterator[Band]:
    functions = layer.basis.functions
    for begin, end in ((0, functions), (functions, layer.size)):
        if layer.edges and end > begin:
            features = trace.features[0][..., begin:end]
            starts, values = _packed(layer, features, sensitivity)
            for e, place in enumerate(layer.places):
                at = first + e * layer.size
                yield Band(values[e], starts[place], slice(at + begin, at + end))


def _packed(layer: LayerPlan, features: np.ndarray, sensitivity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the values of each used input begin, and for each edge the values themselves."""
    rows, inputs, size = features.shape
    starts = np.empty((inputs, rows), np.int64)
    few = extents(features, starts)
    np.minimum(starts, size - few, out=starts)
    values = np.empty((layer.edges, rows, few))
    gather(features, starts, sensitivity, layer.places, layer.targets, values)
    return starts, values


def add_normal(found: list[Band], residuals: np.ndarray, matrix: np.ndarray, vector: np.ndarray) -> None:
    """Add ``J'J`` and ``J'r`` in place; of the matrix only blocks on and above the diagonal."""
    for k, left in enumerate(found):
        add_product(left.values, left.starts, residuals, vector[left.columns])
        for right in found[k:]:
            block = matrix[left.columns, right.columns]
            add_gram(left.values, left.starts, right.values, right.starts, block)
