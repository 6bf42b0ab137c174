"""Forward and backward of a layer of B-spline curves with a single output, or a few.

With one output there is nothing to share between the points of an interval but the curve itself: there it
is one polynomial of the place ``t``, a few coefficients put together once. Backward, the gradient of the
weights depends on the points only through the moments ``sum_n g_n t_n^k`` over each interval. Points need not
be sorted, and no basis function is ever worked out.
"""

import numpy as np

from kantools.kernels.columns import all_pieces, locate, residuals
from kantools.kernels.compiled import fused

__all__ = ["curves_backward", "curves_forward"]

BLOCK = 1024
"""Points of a column that are worked on at a time."""


@fused
def curves_forward(
    x: np.ndarray,
    knots: np.ndarray,
    uniform: bool,
    kind: int,
    weight: np.ndarray,
    first_row: int,
    last_row: int,
    order: tuple[int, ...],
    out: np.ndarray,
) -> None:
    """As `kantools.kernels.spline_layer.forward`, for any number of outputs."""
    inputs, size, width = weight.shape
    piece, curve = (
        all_pieces(knots, len(order) - 1, uniform),
        np.empty((size - len(order), len(order)), x.dtype),
    )
    column, place, value = np.empty(BLOCK, x.dtype), np.empty(BLOCK, x.dtype), np.empty(BLOCK, x.dtype)
    span, total = np.empty(BLOCK, np.int32), np.empty(BLOCK, x.dtype)
    degree = len(order) - 1
    for begin in range(first_row, last_row, BLOCK):
        points = min(BLOCK, last_row - begin)
        for j in range(width):
            total[:points] = 0
            for i in range(inputs):
                for n in range(points):
                    column[n] = x[begin + n, i]
                low, high = knots[i, degree], knots[i, size - 1]
                outside = locate(column[:points], knots[i], degree, uniform, span, place)
                residuals(column[:points], low, high, kind, value, value, False)
                _curve(weight, i, j, uniform, piece, order, curve)
                share = weight[i, size - 1, j]
                for n in range(points):
                    y = curve[span[n], degree]
                    for k in range(degree):
                        y = y * place[n] + curve[span[n], degree - 1 - k]
                    total[n] += y + share * value[n]
                if outside:
                    for n in range(points):
                        if column[n] < low or column[n] > high:
                            gap = _gap(column[n], knots[i], degree, span[n])
                            total[n] += gap * _slope(curve[span[n]], place[n], order)
            for n in range(points):
                out[begin + n, j] = total[n]


@fused
def _curve(
    weight: np.ndarray,
    i: int,
    j: int,
    uniform: bool,
    piece: np.ndarray,
    order: tuple[int, ...],
    curve: np.ndarray,
) -> None:
    """``curve[s, k]``: the coefficient of ``t^k`` in interval ``s`` of the curve from ``i`` to ``j``."""
    for s in range(len(curve)):
        p = piece[0, 0] if uniform else piece[i, s]
        for k in range(len(order)):
            curve[s, k] = 0
            for r in range(len(order)):
                curve[s, k] += weight[i, s + r, j] * p[r, k]


@fused
def _slope(curve: np.ndarray, place: float, order: tuple[int, ...]) -> float:
    """The derivative of a polynomial with respect to the place."""
    degree, number = len(order) - 1, curve.dtype.type
    y = curve[degree] * number(degree)
    for k in range(1, degree):
        y = y * place + curve[degree - k] * number(degree - k)
    return y


@fused
def _gap(x: float, knots: np.ndarray, degree: int, span: int) -> float:
    """How far a point lies beyond the grid, in units of its interval."""
    border = min(max(x, knots[degree]), knots[knots.size - degree - 1])
    return (x - border) / (knots[degree + span + 1] - knots[degree + span])


@fused
def curves_backward(
    x: np.ndarray,
    knots: np.ndarray,
    uniform: bool,
    kind: int,
    weight: np.ndarray,
    above: np.ndarray,
    first: int,
    last: int,
    wanted: bool,
    order: tuple[int, ...],
    of_weight: np.ndarray,
    of_x: np.ndarray,
) -> None:
    """As `kantools.kernels.spline_layer.backward`, for any number of outputs."""
    rows, degree = len(x), len(order) - 1
    _, size, width = weight.shape
    piece = all_pieces(knots[first:last], degree, uniform)
    curve = np.empty((size - len(order), len(order)), x.dtype)
    moment = np.empty_like(curve)
    column, place, value = np.empty(BLOCK, x.dtype), np.empty(BLOCK, x.dtype), np.empty(BLOCK, x.dtype)
    span, slope, g = np.empty(BLOCK, np.int32), np.empty(BLOCK, x.dtype), np.empty(BLOCK, x.dtype)
    scale = np.empty(size - len(order), x.dtype)
    for i in range(first, last):
        low, high = knots[i, degree], knots[i, size - 1]
        of_weight[i] = 0
        for s in range(scale.size):
            scale[s] = 1 / (knots[i, degree + s + 1] - knots[i, degree + s])
        for begin in range(0, rows, BLOCK):
            points = min(BLOCK, rows - begin)
            for n in range(points):
                column[n] = x[begin + n, i]
            outside = locate(column[:points], knots[i], degree, uniform, span, place)
            residuals(column[:points], low, high, kind, value, slope, wanted)
            for j in range(width):
                for n in range(points):
                    g[n] = above[begin + n, j]
                moment[:] = 0
                _moments(span, place, g[:points], order, moment)
                if outside:
                    _moments_beyond(column, knots[i], span, place, g[:points], order, moment)
                share = x.dtype.type(0)
                for n in range(points):
                    share += g[n] * value[n]
                of_weight[i, size - 1, j] += share
                for s in range(len(moment)):
                    p = piece[0, 0] if uniform else piece[i - first, s]
                    for r in range(len(order)):
                        for k in range(len(order)):
                            of_weight[i, s + r, j] += p[r, k] * moment[s, k]
                if wanted:
                    _curve(weight[first:last], i - first, j, uniform, piece, order, curve)
                    share = weight[i, size - 1, j]
                    for n in range(points):
                        s = span[n]
                        y = g[n] * (_slope(curve[s], place[n], order) * scale[s] + share * slope[n])
                        of_x[begin + n, i] = y if j == 0 else of_x[begin + n, i] + y


@fused
def _moments(
    span: np.ndarray, place: np.ndarray, g: np.ndarray, order: tuple[int, ...], moment: np.ndarray
) -> None:
    """Add ``g t^k`` to the moments of each point's interval."""
    for n in range(g.size):
        power, row = g[n], moment[np.uint32(span[n])]
        for k in range(len(order)):
            row[k] += power
            power = power * place[n]


@fused
def _moments_beyond(
    x: np.ndarray,
    knots: np.ndarray,
    span: np.ndarray,
    place: np.ndarray,
    g: np.ndarray,
    order: tuple[int, ...],
    moment: np.ndarray,
) -> None:
    """What points beyond the grid add: the tangent's share, ``gap k t^(k-1)``."""
    low, high = knots[len(order) - 1], knots[knots.size - len(order)]
    for n in range(g.size):
        if x[n] < low or x[n] > high:
            power = g[n] * _gap(x[n], knots, len(order) - 1, span[n])
            for k in range(1, len(order)):
                moment[span[n], k] += power * moment.dtype.type(k)
                power = power * place[n]
