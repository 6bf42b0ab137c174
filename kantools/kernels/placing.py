"""Levenberg-Marquardt steps for many small variable projections at once.

A row is one start of one shape ``c w(x) f(centre + width t(x)) + e h(x) + d``. The values and slopes of
``f`` come from outside, for all rows at once; here each row eliminates its linear constants, judges the step
that it tried last, and tries the next one. What the rows share, the curve's tables, is small enough to stay
in the processor's cache:

- ``stretch`` (inner functions, points): the inner functions, scaled to [-1, 1];
- ``front`` (factors, points): the factors ``w`` times the square roots of the weights;
- ``basis`` (further terms, 2, points): orthonormal columns that span the offset and the further term;
- ``rest`` (further terms, points): what of the curve lies outside of them.

Source: L. Kaufman, "A variable projection method for solving separable nonlinear least squares problems",
BIT 15 (1975) 49-57, for the Jacobian.
"""

from typing import Any

import numpy as np

from kantools.kernels.compiled import compiler

__all__ = ["ROW", "advance", "lay_out", "screen"]

Array = np.ndarray
#: Sums may be added up in any order, several terms at a time.
reordered = compiler("contract", "reassoc")

#: A start of a shape on its way. ``next_*`` is the step being tried, ``a**`` and ``g*`` the normal equations.
ROW = np.dtype(
    [(name, np.int64) for name in ("shape", "stretch", "front", "basis")]
    + [(name, np.float64) for name in ("centre", "width", "loss", "damping", "next_centre", "next_width")]
    + [(name, np.float64) for name in ("a00", "a01", "a11", "g0", "g1", "promise")]
    + [("falling", np.bool_), ("done", np.bool_)],
    align=True,
)
VANISHING = 1e-24  # squared norm of a direction relative to its factor's: rounding is left
STUCK = 1e3  # damping at which nothing is to be gained any more
FAST = 0.3  # a step that leaves less than this share of the loss is a row still falling


@reordered
def lay_out(rows: Array, active: Array, stretch: Array, low: float, high: float, u: Array) -> None:
    """The arguments of ``f`` at the steps to be tried, a row each; NaN where one leaves ``f``'s domain."""
    for k in range(active.size):
        row = rows[active[k]]
        _arguments(row.next_centre, row.next_width, stretch[row.stretch], low, high, u[k])


@reordered
def _arguments(centre: float, width: float, t: Array, low: float, high: float, u: Array) -> None:
    inside = True
    for i in range(t.size):
        u[i] = centre + width * t[i]
        inside &= low < u[i] < high
    if not inside:
        u[0] = np.nan


@reordered
def screen(
    values: Array, begin: Array, end: Array, rows: Array, front: Array, basis: Array, rest: Array, keep: int
) -> Array:
    """The starts with the least loss of each shape.

    Parameters
    ----------
    values : ndarray, shape (starts, points)
        ``f`` at every start; starts of shapes with the same inner function are shared.
    begin, end : ndarray of int, shape (shapes,)
        Which starts are a shape's.
    rows : ndarray of ROW, shape (shapes,)
    front, basis, rest : ndarray
        The curve's tables.
    keep : int

    Returns
    -------
    ndarray of int, shape (shapes, keep)
        Indices of starts, the best first; -1 where there are no more.
    """
    chosen = np.full((begin.size, keep), -1)
    best = np.empty(keep)
    for k in range(begin.size):
        best[:] = np.inf
        row = rows[k]
        w, Q, y = front[row.front], basis[row.basis], rest[row.basis]
        for s in range(begin[k], end[k]):
            gain = _explained(values[s], w, Q, y)
            if gain >= 0:
                _insert(-gain, s, best, chosen[k])
    return chosen


@reordered
def _insert(loss: float, start: int, best: Array, chosen: Array) -> None:
    """Put a start among the best ones, least loss first."""
    k = best.size - 1
    if loss >= best[k]:
        return
    while k > 0 and best[k - 1] > loss:
        best[k], chosen[k] = best[k - 1], chosen[k - 1]
        k -= 1
    best[k], chosen[k] = loss, start


@reordered
def _explained(f: Array, w: Array, Q: Array, y: Array) -> float:
    """By how much ``w f`` lowers the sum of squares; negative where it is nothing new."""
    size, d0, d1, along = 0.0, 0.0, 0.0, 0.0
    for i in range(f.size):
        v = w[i] * f[i]
        size += v * v
        d0 += v * Q[0, i]
        d1 += v * Q[1, i]
        along += v * y[i]
    new = 0.0
    for i in range(f.size):
        new += (w[i] * f[i] - d0 * Q[0, i] - d1 * Q[1, i]) ** 2
    return along * along / new if new > VANISHING * size else -1.0


@reordered
def advance(
    values: Array,
    slopes: Array,
    rows: Array,
    active: Array,
    stretch: Array,
    front: Array,
    basis: Array,
    rest: Array,
    moves: Array,
    low: float,
    high: float,
    enough: float,
    loose: float,
    u: Array,
) -> int:
    """Judge the step that each active row tried, and lay out its next one.

    Parameters
    ----------
    values, slopes : ndarray, shape (active or more, points)
        ``f`` and its slope at the arguments ``u``.
    rows : ndarray of ROW
        Changed in place.
    active : ndarray of int
        The rows at work; those still at work move to the front of it.
    stretch, front, basis, rest : ndarray
        The curve's tables.
    moves : ndarray of bool, shape (2,)
        Whether centre and width may move.
    low, high : float
        The domain of ``f``.
    enough : float
        A loss at which a row is done.
    loose : float
        A row is done as well when no more than this share of its loss is to be gained.
    u : ndarray, shape (active or more, points)
        Receives the arguments of the next steps.

    Returns
    -------
    int
        How many rows are still at work.
    """
    work = np.empty((3, stretch.shape[1]))
    busy = 0
    for k in range(active.size):
        row = rows[active[k]]
        t = stretch[row.stretch]
        Q, y = basis[row.basis], rest[row.basis]
        better = _judge(row, values[k], slopes[k], t, front[row.front], Q, y, work)
        _propose(row, better, moves, enough, loose)
        if not row.done:
            _arguments(row.next_centre, row.next_width, t, low, high, u[busy])
            active[busy] = active[k]
            busy += 1
    return busy


@reordered
def _judge(row: Any, f: Array, slope: Array, t: Array, w: Array, Q: Array, y: Array, work: Array) -> bool:
    """Take the step that was tried if it is better, with its normal equations."""
    v, s0, s1 = work[0], work[1], work[2]
    for i in range(f.size):
        v[i] = w[i] * f[i]
        s0[i] = w[i] * slope[i]
        s1[i] = s0[i] * t[i]
    size = _outside(v, Q)
    _outside(s0, Q)
    _outside(s1, Q)
    norm, along = _dot(v, v), _dot(v, y)
    if not norm > VANISHING * size:
        return False
    c = along / norm
    loss = _residual_square(y, v, c)
    if not loss < row.loss:
        return False
    row.falling = loss < FAST * row.loss
    row.loss, row.centre, row.width = loss, row.next_centre, row.next_width
    _set_normal_equations(row, c, y, v, s0, s1, _dot(v, s0) / norm, _dot(v, s1) / norm)
    return True


@reordered
def _dot(a: Array, b: Array) -> float:
    total = 0.0
    for i in range(a.size):
        total += a[i] * b[i]
    return total


@reordered
def _outside(v: Array, Q: Array) -> float:
    """Leave of ``v`` what is outside the rows of ``Q``; the square of what it was is returned."""
    size, d0, d1 = _dot(v, v), _dot(v, Q[0]), _dot(v, Q[1])
    for i in range(v.size):
        v[i] -= d0 * Q[0, i] + d1 * Q[1, i]
    return size


@reordered
def _residual_square(y: Array, v: Array, c: float) -> float:
    total = 0.0
    for i in range(y.size):
        total += (y[i] - c * v[i]) ** 2
    return total


@reordered
def _set_normal_equations(
    row: Any, c: float, y: Array, v: Array, s0: Array, s1: Array, along0: float, along1: float
) -> None:
    """``JᵀJ`` and ``Jᵀr``, each column without its part along the direction ``v``."""
    a00, a01, a11, g0, g1 = 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(y.size):
        r = y[i] - c * v[i]
        j0 = s0[i] - along0 * v[i]
        j1 = s1[i] - along1 * v[i]
        a00 += j0 * j0
        a01 += j0 * j1
        a11 += j1 * j1
        g0 += j0 * r
        g1 += j1 * r
    row.a00, row.a01, row.a11 = c * c * a00, c * c * a01, c * c * a11
    row.g0, row.g1 = c * g0, c * g1


@reordered
def _propose(row: Any, better: bool, moves: Array, enough: float, loose: float) -> None:
    """The damped Gauss-Newton step by Cramer's rule, the columns scaled to one."""
    row.damping *= 0.2 if better else 6.0
    k0 = 1 / np.sqrt(row.a00) if moves[0] and 1e-300 < row.a00 < 1e300 else 0.0
    k1 = 1 / np.sqrt(row.a11) if moves[1] and 1e-300 < row.a11 < 1e300 else 0.0
    g0, g1, across = row.g0 * k0, row.g1 * k1, row.a01 * k0 * k1
    diagonal = 1 + row.damping
    determinant = diagonal * diagonal - across * across
    step0 = (diagonal * g0 - across * g1) / determinant
    step1 = (diagonal * g1 - across * g0) / determinant
    row.next_centre, row.next_width = row.centre + k0 * step0, row.width + k1 * step1
    row.promise = (g0 * g0 + g1 * g1 - 2 * across * g0 * g1) / max(1 - across * across, 1e-12)
    row.done = (
        not row.loss > enough or not row.promise > loose * row.loss or (not better and row.damping > STUCK)
    )
    row.falling = better and row.falling and not row.done
