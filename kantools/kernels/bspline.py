"""B-spline values and derivatives by the Cox-de Boor triangle.

Of all B-splines of degree ``p`` only ``p + 1`` differ from zero at a point. The kernels find the knot
interval of each point and fill these few by the triangle of Cox and de Boor, which divides by interval
lengths only and therefore neither cancels nor meets a zero. Derivatives come from the lower rows of the
same triangle. Beyond the grid every basis function goes on along its tangent at the border, so that a
point that leaves the grid keeps a gradient that leads it back.

A row of knots holds ``degree`` knots to the left of the grid, the grid itself (``intervals + 1`` knots,
increasing) and ``degree`` knots to its right.

Source: C. de Boor, "On calculating with B-splines", Journal of Approximation Theory 6 (1972) 50-62.
"""

import numpy as np

from kantools.kernels.compiled import compiled

__all__ = ["dense", "find_span", "nonzero"]


@compiled
def find_span(x: float, knots: np.ndarray, degree: int) -> int:
    """The index ``s`` of the interval with ``knots[s] <= x < knots[s + 1]`` inside the grid.

    The right border belongs to the last interval. A uniform grid is guessed at once; otherwise the
    interval is bisected.
    """
    low, high = degree, knots.size - degree - 1
    if x >= knots[high]:
        return high - 1
    if x <= knots[low]:
        return low
    guess = low + int((x - knots[low]) / (knots[high] - knots[low]) * (high - low))
    guess = min(max(guess, low), high - 1)
    if knots[guess] <= x < knots[guess + 1]:
        return guess
    while high - low > 1:
        middle = (low + high) // 2
        if x < knots[middle]:
            high = middle
        else:
            low = middle
    return low


@compiled
def _raise_degree(x: float, knots: np.ndarray, span: int, degree: int, table: np.ndarray) -> None:
    """From the values of degree ``degree - 1`` to those of ``degree``, in place in the first row."""
    saved = table.dtype.type(0.0)
    for r in range(degree):
        right, left = knots[span + r + 1], knots[span + r + 1 - degree]
        share = table[0, r] / (right - left)
        table[0, r] = saved + (right - x) * share
        saved = (x - left) * share
    table[0, degree] = saved


@compiled
def _differentiate(knots: np.ndarray, span: int, degree: int, table: np.ndarray, d: int) -> None:
    """``B'_j = p (B_j/(t_{j+p} - t_j) - B_{j+1}/(t_{j+p+1} - t_{j+1}))`` in row ``d``."""
    saved = table.dtype.type(0.0)
    for r in range(degree):
        share = degree * table[d, r] / (knots[span + r + 1] - knots[span + r + 1 - degree])
        table[d, r] = saved - share
        saved = share
    table[d, degree] = saved


@compiled
def nonzero(x: float, knots: np.ndarray, span: int, degree: int, order: int, table: np.ndarray) -> None:
    """Fill ``table[d, :degree + 1]`` with the ``d``-th derivatives, ``d = 0 … order``, at ``x``.

    Entry ``r`` belongs to the basis function ``span - degree + r``. Derivatives above the degree are zero.
    """
    table[:] = 0.0
    table[0, 0] = 1.0
    for p in range(1, degree + 1):
        # The d-th derivative leaves the triangle d rows before its end.
        leaving = degree - p + 1
        if leaving <= order:
            for r in range(p):
                table[leaving, r] = table[0, r]
        _raise_degree(x, knots, span, p, table)
        for d in range(leaving, min(order, degree) + 1):
            _differentiate(knots, span, p, table, d)


@compiled
def _continue_linearly(gap: float, order: int, table: np.ndarray) -> None:
    """Replace the derivatives at the border by those of the tangent, ``gap`` away from it."""
    for r in range(table.shape[1]):
        table[0, r] += gap * table[1, r]
        for d in range(2, order + 1):
            table[d, r] = 0.0


@compiled
def dense(x: np.ndarray, knots: np.ndarray, degree: int, order: int, out: np.ndarray) -> None:
    """Fill ``out[d, row, input, j]`` with the ``d``-th derivative of basis function ``j``.

    Parameters
    ----------
    x : ndarray, shape (rows, inputs)
    knots : ndarray, shape (inputs, n_basis + degree + 1)
        Increasing along each row.
    degree : int
        At least 1.
    order : int
        Highest derivative, from 0.
    out : ndarray, shape (order + 1, rows, inputs, at least n_basis)
        Further entries of the last axis are left alone. A point that is NaN gives NaN.
    """
    rows, inputs = x.shape
    functions = knots.shape[1] - degree - 1
    table = np.empty((max(order, 1) + 1, degree + 1), x.dtype)
    for i in range(inputs):
        row = knots[i]
        for n in range(rows):
            at = x[n, i]
            if np.isnan(at):
                out[:, n, i, :functions] = np.nan
                continue
            for d in range(order + 1):
                for j in range(functions):
                    out[d, n, i, j] = 0.0
            border = min(max(at, row[degree]), row[functions])
            span = find_span(border, row, degree)
            if at == border:
                nonzero(at, row, span, degree, order, table)
            else:
                nonzero(border, row, span, degree, max(order, 1), table)
                _continue_linearly(at - border, order, table)
            for d in range(order + 1):
                for r in range(degree + 1):
                    out[d, n, i, span - degree + r] = table[d, r]
