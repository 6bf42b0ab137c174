"""Rows kept out of a training, on which it is judged."""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np

from kantools.training.jacobian import forward
from kantools.training.model import Plan, State

__all__ = ["Validation", "WeightedRows", "drawn", "error_on", "split"]

Validation: TypeAlias = float | tuple[np.ndarray, ...] | None
"""A share of the rows, drawn at random; or ``(X, y)`` or ``(X, y, weight)``; or none."""


@dataclass(frozen=True)
class WeightedRows:
    """Rows of a table: inputs, shape (rows, inputs), outputs, shape (rows, outputs), and weights.

    Where the outputs of a row do not count alike, ``emphasis``, shape (rows, outputs), multiplies its weight.
    """

    X: np.ndarray
    Y: np.ndarray
    weight: np.ndarray
    emphasis: np.ndarray | None = field(default=None, repr=False)

    def of(self, chosen: np.ndarray) -> "WeightedRows":
        """Some of them."""
        emphasis = None if self.emphasis is None else self.emphasis[chosen]
        return WeightedRows(self.X[chosen], self.Y[chosen], self.weight[chosen], emphasis)

    @property
    def relative(self) -> "WeightedRows":
        """The same with weights that sum to one."""
        # Divided by the largest first: the sum of very large ones would be infinite.
        weight = self.weight / self.weight.max()
        return replace(self, weight=weight / weight.sum())

    def over(self, unit: np.ndarray) -> "WeightedRows":
        """The same with outputs divided by these units."""
        return replace(self, Y=self.Y / unit)


def drawn(rows: int, share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Places of the rows to train on and of a share held out, at least one of either.

    >>> trained, held = drawn(10, 0.2, seed=0)
    >>> len(trained), len(held), sorted({*trained, *held}) == list(range(10))
    (8, 2, True)
    """
    order = np.random.default_rng(seed).permutation(rows)
    held = min(max(round(share * rows), 1), rows - 1)
    return np.sort(order[held:]), np.sort(order[:held])


def split(rows: WeightedRows, share: float, seed: int) -> tuple[WeightedRows, WeightedRows]:
    """What is trained on and what is held out, at least a row of either."""
    if not 0 < share < 1:
        raise ValueError(f"validation is a share between 0 and 1, or arrays (X, y), not {share}; try 0.2.")
    number = len(rows.X)
    if number < 2:
        raise ValueError("A single row cannot be divided; train it without validation.")
    trained, held = drawn(number, share, seed)
    parts = rows.of(trained), rows.of(held)
    if not all(part.weight.sum() > 0 for part in parts):
        raise ValueError("All rows on one side of the split weigh nothing; give validation=(X, y) instead.")
    return parts


def error_on(held: WeightedRows, plan: Plan, state: State, scale: np.ndarray) -> float:
    """The weighted mean squared error over the target's variance."""
    nodes = forward(plan, state, held.X)[-1].nodes
    emphasis = 1.0 if held.emphasis is None else held.emphasis
    return float(held.weight @ (emphasis * np.square((held.Y - nodes) / scale)).sum(1))
