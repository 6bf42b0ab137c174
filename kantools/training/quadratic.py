"""Penalties as quadratic forms of the coefficients, one block an edge.

Smoothness: the squared second differences of an edge's coefficients, times the mean squared sensitivity of
the output to that edge, so that it measures how rough the *output* becomes and does not depend on how
hidden nodes are scaled (Eilers & Marx 1996, for one layer). Sparsity: the root mean square of each edge's
contribution to the output, the group lasso, majorised by a quadratic around the present coefficients
(iteratively reweighted least squares: Daubechies et al., Comm. Pure Appl. Math. 63 (2010) 1-38).
"""

import numpy as np
import torch

from kantools.network.penalty import normalised
from kantools.training.least_squares import Evaluation, LeastSquares
from kantools.training.model import LayerPlan, Plan, State

__all__ = ["add_blocks", "cost_of", "roughness", "smoothness_blocks", "sparsity_blocks", "times"]

Blocks = list[np.ndarray]
"""For each layer an array of shape (edges, size, size)."""

SLOPE = 1e-3
"""A straight line costs this share of its squared rise over an interval: a strong penalty ends in a constant,
so that there is a fit for any number of rows."""

FAINT = 1e-4
"""Edges fainter than this share of the target's deviation are pulled to zero no harder than this one."""


def roughness(plan: Plan, state: State) -> Blocks:
    """``D'D`` of each learned edge; an affine map of the knots does not change it."""
    parts = zip(plan.layers, state.knots, strict=True)
    on_unit = ((layer, normalised(layer.basis, torch.from_numpy(k[layer.used]))) for layer, k in parts)
    return [_rough(layer, knots)[layer.places] for layer, knots in on_unit]


def _rough(layer: LayerPlan, knots: torch.Tensor) -> np.ndarray:
    """``D'D`` with a share of the slopes, for the basis and the residual function, of each used input."""
    basis, functions = layer.basis, layer.basis.functions
    low, high = basis.border(knots)
    steps = (torch.arange(2 * basis.intervals, dtype=knots.dtype) + 0.5) / (2 * basis.intervals)
    x = low + steps[:, None] * (high - low)
    width = ((high - low) / basis.intervals).numpy()[:, None, None]
    form = None if layer.used_form is None else torch.from_numpy(layer.used_form)
    slopes = basis.slopes(x, knots, form).transpose(0, 1).numpy() * width * (SLOPE / 2) ** 0.5
    D = np.concatenate([basis.differences(knots, form).numpy(), slopes], axis=1)
    square = np.zeros((len(D), layer.size, layer.size))
    square[:, :functions, :functions] = D.transpose(0, 2, 1) @ D
    if layer.size > functions:
        # The residual function is as rough as the spline that comes closest to it, and charged apart:
        # together, the two could cancel on the grid at no cost and grow without bound.
        features = layer.features_of(x.numpy(), knots.numpy())[0].transpose(1, 0, 2)
        nearest = np.linalg.pinv(features[..., :functions], rcond=1e-10) @ features[..., functions:]
        square[:, functions, functions] = ((D @ nearest) ** 2).sum((1, 2))
    return square


def smoothness_blocks(plan: Plan, rough: Blocks, reach: tuple[np.ndarray, ...]) -> Blocks:
    """The smoothness penalty of weight one."""
    layers = zip(plan.layers, rough, reach, strict=True)
    return [r * s[layer.targets][:, None, None] for layer, r, s in layers]


def sparsity_blocks(
    problem: LeastSquares, at: Evaluation, reach: tuple[np.ndarray, ...], sparsity: float
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


def _covariance(problem: LeastSquares, at: Evaluation, number: int) -> np.ndarray:
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
    own = [np.zeros(numbers.size) for numbers in state.affine]  # of affine primitives: not penalised
    return np.concatenate([*(np.einsum("ekl,el->ek", b, c).ravel() for b, c in parts), *own])


def cost_of(blocks: Blocks, state: State) -> float:
    """The value of the quadratic form."""
    # Never negative, but for the rounding of very large coefficients, which is no gain.
    return max(float(times(blocks, state) @ state.flat), 0.0)


def add_blocks(matrix: np.ndarray, blocks: Blocks, weight: float = 1.0) -> None:
    """Add a quadratic form to a full matrix, in place."""
    first = 0
    for layer in blocks:
        for block in layer:
            part = slice(first, first + len(block))
            matrix[part, part] += weight * block
            first += len(block)
