"""Where to begin: good first guesses for the coefficients of a network.

The loss of a network with few nodes has poor local minima, and a training takes a few hundredths of a
second; so several starts are tried, a few iterations each, and the most promising are trained on. One start
is the network as it is. One is *additive*: the first hidden nodes begin as the best sum of functions of
single inputs, which is the truth already where the target is an invertible function of such a sum. The
others are random. A network that has learned something is trained on alone, unless random starts are asked
for.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import torch

from kantools.training.least_squares import LeastSquares, evaluate
from kantools.training.model import LayerPlan, Plan, State
from kantools.training.quadratic import add_blocks, roughness

__all__ = ["additive_start", "initial_states", "random_start"]

LEARNED = 1e-2
"""A network that leaves less than this share of the variance unexplained has been trained before."""


def initial_states(
    problem: LeastSquares, given: State, number: int, generator: np.random.Generator
) -> Iterator[State]:
    """The given state, an additive start where there is a hidden layer, then ``number`` random ones.

    Without random ones a state that has learned something, a refined network's for one, stays alone.
    """
    yield given
    if problem.plan.linear.all() or (not number and evaluate(problem, given).loss < LEARNED):
        return
    yield additive_start(problem, given)
    for k in range(number):
        yield random_start(problem.plan, given, generator, wild=k % 3 == 2)


def random_start(plan: Plan, like: State, generator: np.random.Generator, wild: bool = False) -> State:
    """Random smooth curves on every learned edge; wild ones bend as much as they slope."""
    amplitude = np.array([1.0, 1.0, 0.7, 0.5]) if wild else np.array([1.0, 0.3, 0.2, 0.0])
    coefficients = []
    for layer, c, knots in zip(plan.layers, like.coefficients, like.knots, strict=True):
        fans = np.bincount(layer.targets, minlength=layer.nodes.subnodes)[layer.targets]
        shape = generator.normal(size=(layer.edges, 4)) * amplitude / np.sqrt(np.maximum(fans, 1))[:, None]
        new = np.zeros_like(c)
        if layer.basis.local:
            new[:, : layer.basis.functions] = shape @ _shapes(layer.basis.functions, 4)
        else:
            new[:, : layer.basis.functions] = np.einsum("es,esk->ek", shape, _fitted(layer, knots))
        coefficients.append(new)
    return replace(like, coefficients=tuple(coefficients))


def _shapes(functions: int, number: int) -> np.ndarray:
    """Chebyshev polynomials 1, 2, … as coefficients of a basis whose functions are ordered along the axis."""
    u = np.linspace(-1, 1, functions)
    return np.stack([np.cos((k + 1) * np.arccos(u)) for k in range(number)])


def _fitted(layer: LayerPlan, knots: np.ndarray) -> np.ndarray:
    """The same polynomials by least squares, for any basis: shape (edges, 4, functions)."""
    points, functions = 6 * layer.size, layer.basis.functions
    low, high = (b.numpy() for b in layer.basis.border(torch.from_numpy(knots[layer.used])))
    x = low + np.linspace(0, 1, points)[:, None] * (high - low)
    features = layer.features_of(x, knots[layer.used])[0, ..., :functions].transpose(1, 2, 0)
    return np.asarray(_shapes(points, 4) @ np.linalg.pinv(features, rcond=1e-3))[layer.places]


def additive_start(problem: LeastSquares, given: State) -> State:
    """The first layer's edges from the least-squares sum of functions of single inputs.

    A node that enters the output through a fixed function is to match the function's inverse of the target.
    """
    layer, rows = problem.plan.layers[0], slice(0, 5000)
    features = layer.features(problem.X[rows], given.knots[0])[0]
    new = given.coefficients[0].copy()
    for subnode in np.unique(layer.targets):
        target = _target(problem, int(subnode))[rows]
        known = np.isfinite(target)
        root = np.sqrt(problem.weight[rows] * known)[:, None]
        fit = _fit(problem.plan, given, features * root[..., None], np.where(known, target, 0.0) * root[:, 0])
        edges = layer.targets == subnode
        new[edges] = fit[layer.places[edges]]
    return replace(given, coefficients=(new, *given.coefficients[1:]))


def _target(problem: LeastSquares, subnode: int) -> np.ndarray:
    """What a subnode of the first layer should be: the target without its mean, or the inverse of it."""
    outputs = problem.plan.outputs
    if len(problem.plan.layers) == 2 and subnode < problem.plan.layers[0].nodes.sums:
        for source, target, function in problem.plan.layers[1].fixed:
            if source == subnode and function.inverse and function.linear is None and target < outputs:
                return function.inverse(torch.from_numpy(problem.Y[:, target])).numpy()
    y = problem.Y[:, subnode % outputs]
    return np.asarray((y - problem.weight @ y) / problem.scale[subnode % outputs])


def _fit(plan: Plan, given: State, features: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Coefficients, shape (used inputs, size), with a little smoothness and a ridge, so that a fit exists."""
    layer = plan.layers[0]
    A = features.reshape(len(features), -1)
    matrix = A.T @ A
    scale = np.trace(matrix) / len(matrix) or 1.0
    first = [int(np.flatnonzero(layer.places == k)[0]) for k in range(len(layer.used))]
    add_blocks(matrix, [roughness(plan, given)[0][first]], 1e-3 * scale)
    matrix[np.diag_indices_from(matrix)] += 1e-8 * scale
    return np.asarray(np.linalg.solve(matrix, A.T @ target).reshape(len(layer.used), layer.size))
