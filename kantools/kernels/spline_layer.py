"""Forward and backward of a layer of B-spline curves, by local support.

``y_j = sum_i sum_k W[i, k, j] B_k(x_i) + W[i, last, j] b(x_i)``. Of the many ``B_k`` only ``degree + 1``
differ from zero at a point, so a point meets that many rows of ``W`` and the residual's.

*Forward* takes a few inputs at a time, so that their rows of ``W`` stay in the cache nearest to the
processor, and keeps the sums of a row of outputs in registers. *Backward* takes one input at a time and
sorts the points by knot interval: in an interval all points meet the same rows, so that the gradient of
these rows is a small matrix product held in registers. From one interval to the next the rows move on by
one: each is written once, when it is finished. The slopes of the outputs are combined from the same rows.

The number of outputs is a multiple of the tile's width: the caller fills up with zeros.
"""

import numpy as np

from kantools.kernels.columns import all_pieces, beyond, locate, residuals, scattered, slopes, values
from kantools.kernels.compiled import fused
from kantools.kernels.lanes import (
    combine,
    fma,
    fma_each,
    load,
    load_each,
    move_on,
    store,
    total,
    zero,
    zero_each,
)

__all__ = ["backward", "forward"]

BLOCK = 256
"""Rows of a frame in the forward pass."""

NEAR, MIDDLE = 24_000, 512_000
"""Bytes that fit into the cache nearest to a core and the next, with room for other things."""


@fused
def forward(
    x: np.ndarray,
    knots: np.ndarray,
    uniform: bool,
    kind: int,
    weight: np.ndarray,
    first_row: int,
    last_row: int,
    tile: tuple[int, ...],
    order: tuple[int, ...],
    out: np.ndarray,
) -> None:
    """Fill the rows ``[first_row, last_row)`` of ``out``.

    Parameters
    ----------
    x : ndarray, shape (rows, inputs)
    knots : ndarray, shape (inputs, functions + degree + 1)
    uniform : bool
        Whether all rows of the knots are uniform.
    kind : int
        The residual function: `NONE`, `IDENTITY` or `SILU`.
    weight : ndarray, shape (inputs, functions + 1, width)
    tile, order : tuple of int
        See `kantools.kernels.lanes`: outputs worked on at a time, and ``degree + 1`` entries.
    out : ndarray, shape (rows, width)
    """
    inputs, size, width = weight.shape
    degree = len(order) - 1
    chunk = min(max(NEAR // (size * width * x.itemsize), 1), inputs)
    frame, span = np.empty((chunk, degree + 2, BLOCK), x.dtype), np.empty((chunk, BLOCK), np.int32)
    slope, place = np.empty((degree + 1, BLOCK), x.dtype), np.empty(BLOCK, x.dtype)
    piece, column = all_pieces(knots, degree, uniform), np.empty(BLOCK, x.dtype)
    for begin in range(first_row, last_row, BLOCK):
        end = min(begin + BLOCK, last_row)
        for first in range(0, inputs, chunk):
            last = min(first + chunk, inputs)
            for i in range(first, last):
                c, points = i - first, column[: end - begin]
                for n in range(points.size):
                    points[n] = x[begin + n, i]
                _frame(points, knots[i], uniform, kind, piece, i, order, span[c], place, frame[c], slope)
            _add_up(weight, first, last, frame, span, begin, end, tile, order, out)


@fused
def _frame(
    x: np.ndarray,
    knots: np.ndarray,
    uniform: bool,
    kind: int,
    piece: np.ndarray,
    i: int,
    order: tuple[int, ...],
    span: np.ndarray,
    place: np.ndarray,
    frame: np.ndarray,
    slope: np.ndarray,
) -> None:
    """What the weights of one input multiply at some points."""
    degree = len(order) - 1
    low, high = knots[degree], knots[knots.size - degree - 1]
    outside = locate(x, knots, degree, uniform, span, place)
    if uniform:
        values(place[: x.size], piece[0, 0], order, frame)
    else:
        scattered(place[: x.size], span, piece[i], order, frame)
    if outside:
        _tangents(x, knots, uniform, piece, i, order, span, place, frame)
    residuals(x, low, high, kind, frame[degree + 1], slope[0], False)


@fused
def _tangents(
    x: np.ndarray,
    knots: np.ndarray,
    uniform: bool,
    piece: np.ndarray,
    i: int,
    order: tuple[int, ...],
    span: np.ndarray,
    place: np.ndarray,
    frame: np.ndarray,
) -> None:
    """Continue the splines linearly at the points beyond the grid, which are few."""
    degree = len(order) - 1
    low, high = knots[degree], knots[knots.size - degree - 1]
    slope = np.empty((degree + 1, 1), x.dtype)
    for n in range(x.size):
        if x[n] < low or x[n] > high:
            s = span[n]
            p = piece[0, 0] if uniform else piece[i, s]
            slopes(place[n : n + 1], p, order, knots[degree + s + 1] - knots[degree + s], slope)
            beyond(x[n : n + 1], low, high, degree, frame[:, n : n + 1], slope)


@fused
def _add_up(
    weight: np.ndarray,
    first: int,
    last: int,
    frame: np.ndarray,
    span: np.ndarray,
    begin: int,
    end: int,
    tile: tuple[int, ...],
    order: tuple[int, ...],
    out: np.ndarray,
) -> None:
    """Add the curves of some inputs to some rows of the outputs."""
    _, size, width = weight.shape
    step, block, rows = 2 ** (len(tile) - 1), frame.shape[2], len(order)
    flat, basis, sums = weight.reshape(-1), frame.reshape(-1), out.reshape(-1)
    for n in range(end - begin):
        for j in range(0, width, step):
            at = (begin + n) * width + j
            acc = zero(sums, tile) if first == 0 else load(sums, at, tile)
            for i in range(first, last):
                c, w = i - first, i * size * width + j
                b = c * (rows + 1) * block + n
                family = load_each(flat, w + span[c, n] * width, width, tile, order)
                residual = load(flat, w + (size - 1) * width, tile)
                if len(tile) < 6:
                    # A short vector has no other to wait beside: begin a sum of its own.
                    own = fma(basis[b + rows * block], residual, zero(sums, tile))
                    acc = fma(sums.dtype.type(1), combine(basis, b, block, family, own), acc)
                else:
                    acc = fma(basis[b + rows * block], residual, combine(basis, b, block, family, acc))
            store(sums, at, acc)


@fused
def backward(
    x: np.ndarray,
    knots: np.ndarray,
    uniform: bool,
    kind: int,
    weight: np.ndarray,
    above: np.ndarray,
    first: int,
    last: int,
    wanted: bool,
    tile: tuple[int, ...],
    order: tuple[int, ...],
    of_weight: np.ndarray,
    of_x: np.ndarray,
) -> None:
    """Gradients for the inputs ``[first, last)`` from ``above``, shape (rows, width), that of the output.

    ``of_weight`` has the shape of the weights, ``of_x`` that of ``x``; the latter is filled if ``wanted``.
    """
    rows = x.shape[0]
    degree, intervals = len(order) - 1, knots.shape[1] - 2 * len(order) + 1
    block = min(max(MIDDLE // (weight.shape[2] * x.itemsize), BLOCK), rows)
    frame, slope = np.empty((degree + 2, block), x.dtype), np.empty((degree + 2, block), x.dtype)
    span, who = np.empty(block, np.int32), np.empty(block, np.int32)
    place, sorted_place = np.empty(block, x.dtype), np.empty(block, x.dtype)
    sorted_x, of_sorted = np.empty(block, x.dtype), np.empty(block, x.dtype)
    starts, every = np.empty(intervals + 1, np.int32), np.empty(block, x.dtype)
    piece = all_pieces(knots[first:last], degree, uniform)
    for begin in range(0, rows, block):
        size = min(block, rows - begin)
        for i in range(first, last):
            column, low, high = every[:size], knots[i, degree], knots[i, degree + intervals]
            for n in range(size):
                column[n] = x[begin + n, i]
            outside = locate(column, knots[i], degree, uniform, span, place)
            _sort(span[:size], starts, who)
            for k in range(size):
                sorted_x[k], sorted_place[k] = column[who[k]], place[who[k]]
            _slopes(sorted_place[:size], starts, knots[i], uniform, piece, i - first, order, frame, slope)
            if outside:
                beyond(sorted_x[:size], low, high, degree, frame, slope)
            residuals(sorted_x[:size], low, high, kind, frame[degree + 1], slope[degree + 1], wanted)
            _of_weight(frame, who, starts, above, begin, i, tile, order, of_weight)
            if wanted:
                of_sorted[:size] = 0
                _of_x(slope, who, starts, above, begin, i, tile, order, weight, of_sorted)
                for k in range(size):
                    of_x[begin + who[k], i] = of_sorted[k]


@fused
def _sort(span: np.ndarray, starts: np.ndarray, who: np.ndarray) -> None:
    """Counting sort: ``who[starts[s]:starts[s + 1]]`` are the points in interval ``s``."""
    starts[:] = 0
    for n in range(span.size):
        starts[span[n]] += 1
    behind = 0
    for s in range(starts.size):
        behind, starts[s] = behind + starts[s], behind
    for n in range(span.size):
        k = starts[span[n]]
        who[k] = n
        starts[span[n]] = k + 1
    for s in range(starts.size - 1, 0, -1):
        starts[s] = starts[s - 1]
    starts[0] = 0


@fused
def _slopes(
    place: np.ndarray,
    starts: np.ndarray,
    knots: np.ndarray,
    uniform: bool,
    piece: np.ndarray,
    i: int,
    order: tuple[int, ...],
    frame: np.ndarray,
    slope: np.ndarray,
) -> None:
    """Values and slopes of the splines at sorted points."""
    degree = len(order) - 1
    if uniform:
        width = (knots[knots.size - degree - 1] - knots[degree]) / knots.dtype.type(starts.size - 1)
        values(place, piece[0, 0], order, frame)
        slopes(place, piece[0, 0], order, width, slope)
        return
    for s in range(starts.size - 1):
        a, b = starts[s], starts[s + 1]
        width = knots[degree + s + 1] - knots[degree + s]
        values(place[a:b], piece[i, s], order, frame[:, a:b])
        slopes(place[a:b], piece[i, s], order, width, slope[:, a:b])


@fused
def _of_weight(
    frame: np.ndarray,
    who: np.ndarray,
    starts: np.ndarray,
    above: np.ndarray,
    begin: int,
    i: int,
    tile: tuple[int, ...],
    order: tuple[int, ...],
    of_weight: np.ndarray,
) -> None:
    """The gradient of the weights of one input; rows of weights move on with the intervals."""
    _, size, width = of_weight.shape
    step, block, rows = 2 ** (len(tile) - 1), frame.shape[1], len(order)
    basis, g, flat = frame.reshape(-1), above.reshape(-1), of_weight.reshape(-1)
    for j in range(0, width, step):
        at, last = i * size * width + j, (i + 1) * size * width - width + j
        family, residual = zero_each(g, tile, order), zero(g, tile)
        for s in range(starts.size - 1):
            for k in range(starts[s], starts[s + 1]):
                value = load(g, (begin + who[k]) * width + j, tile)
                family = fma_each(basis, k, block, value, family)
                residual = fma(basis[k + rows * block], value, residual)
            _put(flat, at, family[0], begin, tile)
            family = move_on(family)
            at += width
        for _ in range(rows - 1):
            _put(flat, at, family[0], begin, tile)
            family = move_on(family)
            at += width
        _put(flat, last, residual, begin, tile)


@fused
def _put(flat, at, value, begin, tile):  # type: ignore[no-untyped-def]
    """Store what the first block of rows gives, add what the others give."""
    if begin:
        value = fma(flat.dtype.type(1), load(flat, at, tile), value)
    store(flat, at, value)


@fused
def _of_x(
    slope: np.ndarray,
    who: np.ndarray,
    starts: np.ndarray,
    above: np.ndarray,
    begin: int,
    i: int,
    tile: tuple[int, ...],
    order: tuple[int, ...],
    weight: np.ndarray,
    of_sorted: np.ndarray,
) -> None:
    """The gradient of one input's values, in sorted order."""
    _, size, width = weight.shape
    step, block, rows = 2 ** (len(tile) - 1), slope.shape[1], len(order)
    basis, g, flat = slope.reshape(-1), above.reshape(-1), weight.reshape(-1)
    for j in range(0, width, step):
        at = i * size * width + j
        residual = load(flat, at + (size - 1) * width, tile)
        for s in range(starts.size - 1):
            family = load_each(flat, at + s * width, width, tile, order)
            for k in range(starts[s], starts[s + 1]):
                value = fma(basis[k + rows * block], residual, zero(g, tile))
                value = combine(basis, k, block, family, value)
                value = fma(value, load(g, (begin + who[k]) * width + j, tile), zero(g, tile))
                of_sorted[k] += total(value)
