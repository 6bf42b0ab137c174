"""Grids that follow hidden nodes, so that none ever leaves its grid.

A hidden node has no scale of its own: what its edges map it to can be learned at any scale. Since a basis
moves with its knots and the residual function is taken relative to them, moving the knots to where the
node's values lie is the same as rescaling the node to fill its grid. Where all edges that leave a node are
linear, they are solved for anew at every step and the knots may follow freely; deeper inside, knots move
only when a node has left its grid or shrunk in it, and the edges are refitted to what they were.
"""

from dataclasses import replace

import numpy as np
import torch

from kantools.training.jacobian import forward
from kantools.training.least_squares import Evaluation, LeastSquares, Traces, evaluate
from kantools.training.model import Plan, State

__all__ = ["follow", "regrid"]

MARGIN = 0.02
SHRUNK = 0.4


def follow(problem: LeastSquares, state: State) -> Evaluation:
    """Move the knots that are free to follow to the range of their nodes, and evaluate."""
    start: Traces = ()
    for number in range(1, len(problem.plan.layers)):
        free = problem.plan.free_to_follow(number)
        if len(free):
            ends = []
            for k, rows in enumerate(problem.blocks):
                start = forward(problem.plan, state, problem.X[rows], problem.inputs(k), start, number)
                ends.append(_ends(start[-1].nodes[:, free]))
                # What several blocks have computed would not fit in memory.
                start = start if len(problem.blocks) == 1 else ()
            low, high = _range(ends)
            state = _with_range(problem.plan, state, number, free, low, high)
    return evaluate(problem, state, [start] if start else None)


def _ends(values: np.ndarray) -> np.ndarray:
    """The least and the greatest of each column."""
    return np.stack([values.min(0), values.max(0)])


def _range(ends: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The range over all blocks, with a margin, from the least and the greatest of each."""
    low, high = np.min([e[0] for e in ends], 0), np.max([e[1] for e in ends], 0)
    # A node that is constant gets a grid of its own size: on a narrow one rounding would be all there is.
    size = np.maximum(np.abs(low), np.abs(high))
    width = np.where(high - low > 1e-9 * size, high - low, np.where(size > 0, size, 1.0))
    middle = (low + high) / 2
    return middle - width * (0.5 + MARGIN), middle + width * (0.5 + MARGIN)


def _with_range(
    plan: Plan, state: State, number: int, inputs: np.ndarray, low: np.ndarray, high: np.ndarray
) -> State:
    """Map the knots of some inputs of a layer to another range."""
    knots = state.knots[number].copy()
    old_low, old_high = plan.layers[number].basis.border(torch.from_numpy(knots[inputs]))
    a, b = old_low.numpy()[:, None], old_high.numpy()[:, None]
    knots[inputs] = low[:, None] + (knots[inputs] - a) * ((high - low)[:, None] / (b - a))
    return state.with_knots(number, knots)


def regrid(problem: LeastSquares, at: Evaluation) -> State | None:
    """Move the knots that nodes have left or shrunk in, refitting the edges; None if all is well."""
    state, moved = at.state, False
    for number in range(1, len(problem.plan.layers)):
        layer = problem.plan.layers[number]
        inputs = np.setdiff1d(layer.used, problem.plan.free_to_follow(number))
        if len(inputs):
            blocks = range(len(problem.blocks))
            ends = [_ends(at.block_traces(problem, k)[number].x[:, inputs]) for k in blocks]
            state, changed = _regrid_layer(problem.plan, state, number, inputs, ends)
            moved |= changed
    return state if moved else None


def _regrid_layer(
    plan: Plan, state: State, number: int, inputs: np.ndarray, ends: list[np.ndarray]
) -> tuple[State, bool]:
    layer = plan.layers[number]
    low, high = _range(ends)
    old_low, old_high = (b.numpy() for b in layer.basis.border(torch.from_numpy(state.knots[number][inputs])))
    slack = 2 * MARGIN * (high - low)
    off = (low < old_low - slack) | (high > old_high + slack) | (high - low < SHRUNK * (old_high - old_low))
    if not off.any():
        return state, False
    moved = _with_range(plan, state, number, inputs[off], low[off], high[off])
    return _refit(plan, state, moved, number, inputs[off]), True


def _refit(plan: Plan, old: State, new: State, number: int, inputs: np.ndarray) -> State:
    """Coefficients on the new knots for the curves that the old ones made, over the new grid."""
    layer, coefficients = plan.layers[number], new.coefficients[number].copy()
    low, high = (b.numpy() for b in layer.basis.border(torch.from_numpy(new.knots[number])))
    x = low + np.linspace(0, 1, 6 * layer.size)[:, None] * (high - low)
    before = layer.features(x, old.knots[number])[0]
    after = layer.features(x, new.knots[number])[0]
    for i in inputs:
        place = np.searchsorted(layer.used, i)
        edges = layer.sources == i
        curves = before[:, place] @ coefficients[edges].T
        coefficients[edges] = np.linalg.lstsq(after[:, place], curves, rcond=1e-12)[0].T
    parts = (*new.coefficients[:number], coefficients, *new.coefficients[number + 1 :])
    return replace(new, coefficients=parts)
