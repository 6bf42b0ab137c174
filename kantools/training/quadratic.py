"""Penalties as quadratic forms of the coefficients, one block an edge.

Smoothness: the squared second differences of an edge's coefficients, times the mean squared sensitivity of
the output to that edge, so that it measures how rough the *output* becomes and does not depend on how
hidden nodes are scaled (Eilers & Marx 1996, for one layer). Sparsity: the root mean square of each edge's
contribution to the output, the group lasso, majorised by a quadratic around the present coefficients
(iteratively reweighted least squares: Daubechies et al., Comm. Pure Appl. Math. 63 (2010) 1-38).
"""

import numpy as np
import torch

from kantools.training.model import Plan, State
from kantools.training.problem import Evaluation, Problem

__all__ = ["add_blocks", "cost_of", "roughness", "smoothness_blocks", "sparsity_blocks", "times"]

Blocks = list[np.ndarray]
"""For each layer an array of shape (edges, size, size)."""

FAINT = 1e-4
"""Edges fainter than this share of the target's deviation are pulled to zero no harder than this one."""


def roughness(plan: Plan, state: State) -> Blocks:
    """``D'D`` of each learned edge; an affine map of the knots does not change it."""
    found = []
    for layer, knots in zip(plan.layers, state.knots, strict=True):
        D = layer.basis.differences(torch.from_numpy(knots[layer.used])).numpy()
        square = np.zeros((len(layer.used), layer.size, layer.size))
        functions = layer.basis.functions
        square[:, :functions, :functions] = D.transpose(0, 2, 1) @ D
        found.append(square[layer.places])
    return found


def smoothness_blocks(plan: Plan, rough: Blocks, reach: tuple[np.ndarray, ...]) -> Blocks:
    """The smoothness penalty of weight one."""
    layers = zip(plan.layers, rough, reach, strict=True)
    return [r * s[layer.targets][:, None, None] for layer, r, s in layers]


def sparsity_blocks(
    problem: Problem, at: Evaluation, reach: tuple[np.ndarray, ...], sparsity: float
) -> Blocks:
    """The sparsity penalty, majorised around the present coefficients."""
    found = []
    for number, layer in enumerate(problem.plan.layers):
        gram = _covariance(problem, at, number)[layer.places]
        gram = gram * reach[number][layer.targets][:, None, None]
        c = at.state.coefficients[number]
        size = np.sqrt(np.maximum(np.einsum("ek,ekl,el->e", c, gram, c), FAINT**2))
        found.append(gram * (sparsity / (2 * size))[:, None, None])
    return found


def _covariance(problem: Problem, at: Evaluation, number: int) -> np.ndarray:
    """Covariance of the features of each used input of a layer, shape (used, size, size)."""
    second, first = 0.0, 0.0
    for k, rows in enumerate(problem.blocks):
        f, w = at.block_traces(problem, k)[number].features[0], problem.weight[rows]
        second = second + np.einsum("nik,n,nil->ikl", f, w, f, optimize=True)
        first = first + np.einsum("nik,n->ik", f, w)
    return np.asarray(second - np.einsum("ik,il->ikl", first, first))


def times(blocks: Blocks, state: State) -> np.ndarray:
    """The quadratic form's matrix times the coefficients, as a flat array."""
    parts = zip(blocks, state.coefficients, strict=True)
    return np.concatenate([np.einsum("ekl,el->ek", b, c).ravel() for b, c in parts])


def cost_of(blocks: Blocks, state: State) -> float:
    """The value of the quadratic form."""
    return float(times(blocks, state) @ state.flat)


def add_blocks(matrix: np.ndarray, blocks: Blocks, weight: float = 1.0) -> None:
    """Add a quadratic form to a full matrix, in place."""
    first = 0
    for layer in blocks:
        for block in layer:
            part = slice(first, first + len(block))
            matrix[part, part] += weight * block
            first += len(block)
