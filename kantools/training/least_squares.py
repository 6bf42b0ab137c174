"""A least-squares problem: rows of a table, their weights, and the network that is to fit them.

Everything is relative: residuals are divided by the standard deviation of the target and weights sum to
one, so that the loss is the share of the target's variance left unexplained.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kantools.clock import CALL, worked
from kantools.training.jacobian import LayerTrace, forward
from kantools.training.model import Plan, State

__all__ = ["Evaluation", "LeastSquares", "evaluate"]

PASSES = 4
"""Over the features of all rows, to make them and to multiply them: counted in the code."""

CACHE = 20_000_000
"""At most this many numbers are kept of the input layer's features."""

Traces = tuple[LayerTrace, ...]


@dataclass(frozen=True)
class LeastSquares:
    """What is to be fitted.

    Attributes
    ----------
    plan : Plan
    X, Y : ndarray, shape (rows, inputs) and (rows, outputs)
    weight : ndarray, shape (rows,)
        Sums to one.
    scale : ndarray, shape (outputs,)
        What residuals are divided by.
    knots : ndarray
        Of the input layer, which does not move.
    block : int
        Rows that are worked on at a time.
    emphasis : ndarray, shape (rows, outputs), or None
        How the outputs of a row share its weight, where they do not count alike.
    """

    plan: Plan
    X: np.ndarray
    Y: np.ndarray
    weight: np.ndarray
    scale: np.ndarray
    knots: np.ndarray
    block: int = 4096
    emphasis: np.ndarray | None = None

    @cached_property
    def blocks(self) -> tuple[slice, ...]:
        return tuple(slice(a, a + self.block) for a in range(0, len(self.X), self.block))

    @cached_property
    def root(self) -> np.ndarray:
        """What a row and output is multiplied by, shape (rows, outputs)."""
        weight = self.weight[:, None]
        return np.sqrt(weight if self.emphasis is None else weight * self.emphasis) / self.scale

    @cached_property
    def _kept(self) -> dict[int, np.ndarray]:
        return {}

    def inputs(self, number: int) -> dict[int, np.ndarray]:
        """The input layer's features for a block, worked out once if they are few enough.

        Only their values: no sensitivity goes further back.
        """
        if number in self._kept:
            return {0: self._kept[number]}
        features = self.plan.layers[0].features(self.X[self.blocks[number]], self.knots, 1)
        if features.size * len(self.blocks) <= CACHE:
            self._kept[number] = features
        return {0: features}


@dataclass(frozen=True)
class Evaluation:
    """A network's state and what it leaves unexplained.

    Attributes
    ----------
    state : State
    residuals : ndarray, shape (rows, outputs)
        Weighted and scaled.
    loss : float
        Their sum of squares.
    traces : tuple of LayerTrace or None
        Of the only block; None if there are several, which would not fit in memory.
    """

    state: State
    residuals: np.ndarray
    loss: float
    traces: Traces | None

    def block_traces(self, problem: LeastSquares, number: int) -> Traces:
        """The traces of one block, worked out again if they were not kept."""
        if self.traces is not None:
            return self.traces
        rows = problem.blocks[number]
        return forward(problem.plan, self.state, problem.X[rows], problem.inputs(number))


def evaluate(problem: LeastSquares, state: State, starts: Sequence[Traces] | None = None) -> Evaluation:
    """Evaluate the network on all rows; ``starts`` are known traces of the first layers."""
    worked(problem.plan.layer_calls * CALL + PASSES * problem.plan.features * len(problem.Y))
    residuals, kept = np.empty(problem.Y.shape), None
    for number, rows in enumerate(problem.blocks):
        start = starts[number] if starts else ()
        kept = forward(problem.plan, state, problem.X[rows], problem.inputs(number), start)
        residuals[rows] = (problem.Y[rows] - kept[-1].nodes) * problem.root[rows]
    loss = float(np.einsum("no,no->", residuals, residuals))
    return Evaluation(state, residuals, loss, kept if len(problem.blocks) == 1 else None)
