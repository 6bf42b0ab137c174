"""Normal equations, added up over blocks of rows.

``J'J`` and ``J'r`` are sums over rows: a table of any length passes through in blocks, and memory holds one
block of the Jacobian and the square of the number of coefficients. On fine grids only what is not zero of
the Jacobian is multiplied, see `kantools.training.banded`.
"""

from dataclasses import dataclass

import numpy as np

from kantools.clock import BLAS, CALL, worked
from kantools.kernels.jacobian import outer_rows
from kantools.training.banded import add_normal, bands, worth_it
from kantools.training.jacobian import assemble, sensitivities
from kantools.training.least_squares import Evaluation, LeastSquares

__all__ = ["Normal", "linear_normal", "normal"]

CALLS = 20
"""Of arrays, for the linear coefficients: counted in the code."""


@dataclass(frozen=True)
class Normal:
    """``matrix = J'J`` and ``vector = J'r``; ``reach``, for each layer, is the mean squared sensitivity of
    the scaled outputs to each subnode."""

    matrix: np.ndarray
    vector: np.ndarray
    reach: tuple[np.ndarray, ...]


def normal(problem: LeastSquares, at: Evaluation) -> Normal:
    """The normal equations of all that is trained."""
    size = problem.plan.parameters
    worked(problem.plan.layer_calls * CALL + problem.plan.outputs * len(problem.X) * size * (2 + BLAS * size))
    matrix, vector = np.zeros((size, size)), np.zeros(size)
    reach, banded = [np.zeros(p.nodes.subnodes) for p in problem.plan.layers], worth_it(problem.plan)
    for number, rows in enumerate(problem.blocks):
        traces = at.block_traces(problem, number)
        for output in range(problem.plan.outputs):
            root = problem.root[rows, output, None]
            scaled = [s * root for s in sensitivities(problem.plan, traces, output)]
            if banded:
                found = bands(problem.plan, traces, scaled)
                add_normal(found, np.ascontiguousarray(at.residuals[rows, output]), matrix, vector)
            else:
                J = assemble(problem.plan, traces, scaled)
                matrix += J.T @ J
                vector += J.T @ at.residuals[rows, output]
            for total, s in zip(reach, scaled, strict=True):
                total += np.einsum("nj,nj->j", s, s)
    if banded:
        _mirror(matrix)
    return Normal(matrix, vector, tuple(reach))


def _mirror(matrix: np.ndarray) -> None:
    """Copy what is above the diagonal to below it, in place."""
    for k in range(len(matrix)):
        matrix[k + 1 :, k] = matrix[k, k + 1 :]


def linear_normal(problem: LeastSquares, at: Evaluation) -> tuple[np.ndarray, np.ndarray]:
    """``J'J`` and ``J'r`` of the linear coefficients only, whose sensitivities are constants."""
    size = int(problem.plan.linear.sum())
    worked(CALLS * CALL + problem.plan.outputs * len(problem.X) * size * (1 + BLAS * size))
    matrix, vector = np.zeros((size, size)), np.zeros(size)
    for number, rows in enumerate(problem.blocks):
        for output in range(problem.plan.outputs):
            J = _linear_jacobian(problem, at, number, output)
            matrix += J.T @ J
            vector += J.T @ at.residuals[rows, output]
    return matrix, vector


def _linear_jacobian(problem: LeastSquares, at: Evaluation, number: int, output: int) -> np.ndarray:
    plan, rows = problem.plan, problem.blocks[number]
    traces = at.block_traces(problem, number)
    out, first = np.empty((len(traces[0].x), int(plan.linear.sum()))), 0
    parts = zip(plan.layers, traces, plan.gains, plan.linear_edges, strict=True)
    for layer, trace, gain, chosen in parts:
        if chosen.any():
            s = problem.root[rows, output, None] * gain[:, output]
            outer_rows(s, trace.features[0], layer.places[chosen], layer.targets[chosen], first, out)
            first += int(chosen.sum()) * layer.size
    return out
