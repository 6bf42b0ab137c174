"""A curve to be read, in as many points as the reading takes."""

from dataclasses import dataclass, replace

import numpy as np

from kantools.thinning import evenly

__all__ = ["Curve", "curve_of", "spread_of"]

Array = np.ndarray


@dataclass(frozen=True)
class Curve:
    """A curve to be read: sorted points, square roots of the weights, and its own spread."""

    x: Array
    y: Array
    root: Array
    spread: float

    def thin(self, points: int) -> "Curve":
        """So many of the points, evenly, both ends among them."""
        if len(self.x) <= points:
            return self
        some = evenly(len(self.x), points)
        return replace(self, x=self.x[some], y=self.y[some], root=self.root[some])


def curve_of(x: Array, y: Array, weight: Array | None, points: int) -> Curve:
    """The curve through these points, at most so many of them.

    >>> curve_of(np.array([2.0, 0.0, 1.0]), np.array([4.0, 0.0, 1.0]), None, points=2).y.tolist()
    [0.0, 4.0]
    """
    order = np.argsort(x, kind="stable")
    order = order[evenly(len(order), points)]
    root = np.ones(len(order)) if weight is None else np.sqrt(weight[order] / weight.mean())
    x, y = x[order], y[order]
    return Curve(x, y, root, spread_of(y, root))


def spread_of(y: Array, root: Array) -> float:
    """What a candidate's error is relative to: the weighted standard deviation of the curve, in its weights.

    ``sqrt(mean(root² (y - m)²))`` with the weighted mean ``m``.
    """
    unit = float(np.abs(y).max(initial=0.0)) or 1.0  # squares of large numbers leave floating point
    weight, y = root**2, y / unit
    mean = weight @ y / (weight.sum() or 1.0)
    return unit * float(np.sqrt(np.mean((root * (y - mean)) ** 2)))
