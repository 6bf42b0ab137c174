"""B-splines and the residual function along one column of inputs, many points at a time.

In an interval every spline that differs from zero there is a polynomial of ``t``, the place within it from
0 to 1. The triangle of Cox and de Boor, run on polynomials instead of numbers, gives their coefficients once
and for all, without cancellation between knots; on a uniform grid they are the same for every interval. A
point then costs one Horner scheme for each spline, in loops that the compiler turns into vector instructions.

A *frame* holds what the weights multiply, a row for each spline that differs from zero and the last one for
the residual function.

Source: C. de Boor, "On calculating with B-splines", Journal of Approximation Theory 6 (1972) 50-62.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from kantools.kernels.bspline import find_span
from kantools.kernels.compiled import fused

__all__ = [
    "IDENTITY",
    "NONE",
    "SILU",
    "all_pieces",
    "beyond",
    "locate",
    "residuals",
    "scattered",
    "slopes",
    "values",
]

NONE, IDENTITY, SILU = 0, 1, 2


@fused
def locate(
    x: np.ndarray, knots: np.ndarray, degree: int, uniform: bool, span: np.ndarray, place: np.ndarray
) -> int:
    """The interval of each point and the place in it; a point beyond the grid is taken to its border.

    Returns how many points lie beyond.
    """
    last, outside = knots.size - 2 * degree - 2, 0
    low, high = knots[degree], knots[knots.size - degree - 1]
    if uniform:
        end = x.dtype.type(last + 1)
        scale, zero = end / (high - low), x.dtype.type(0)
        for n in range(x.size):
            u = (x[n] - low) * scale
            outside += (u < zero) | (u > end)
            u = end if u > end else u
            u = zero if u < zero else u
            s = min(max(np.int32(u), np.int32(0)), np.int32(last))
            span[n] = s
            place[n] = u - x.dtype.type(s)
    else:
        for n in range(x.size):
            outside += (x[n] < low) | (x[n] > high)
            at = high if x[n] > high else x[n]
            at = low if at < low else at
            k = find_span(at, knots, degree) if at == at else degree
            span[n] = k - degree
            place[n] = (at - knots[k]) / (knots[k + 1] - knots[k])
    return outside


@fused
def pieces(knots: np.ndarray, degree: int, span: int, out: np.ndarray) -> None:
    """``out[r, k]``: the coefficient of ``t^k`` in the ``r``-th of the splines of an interval."""
    here = degree + span
    width = knots[here + 1] - knots[here]
    saved = np.empty(degree + 1, knots.dtype)
    out[:] = 0
    out[0, 0] = 1
    for p in range(1, degree + 1):
        saved[:] = 0
        for r in range(p):
            left, right = knots[here + r + 1 - p], knots[here + r + 1]
            # (right - x) and (x - left) over (right - left), as polynomials of t
            rise = width / (right - left)
            begin = (right - knots[here]) / (right - left)
            below, lower = knots.dtype.type(0), (knots[here] - left) / (right - left)
            for k in range(p + 1):
                own = out[r, k]
                out[r, k] = saved[k] + begin * own - rise * below
                saved[k] = lower * own + rise * below
                below = own
        out[p] = saved


@fused
def all_pieces(knots: np.ndarray, degree: int, uniform: bool) -> np.ndarray:
    """The polynomials of every interval of every input, or on uniform grids of one that stands for all."""
    inputs, intervals = knots.shape[0], knots.shape[1] - 2 * degree - 1
    if uniform:
        out = np.empty((1, 1, degree + 1, degree + 1), knots.dtype)
        pieces(np.arange(2 * degree + 2).astype(knots.dtype), degree, 0, out[0, 0])
        return out
    out = np.empty((inputs, intervals, degree + 1, degree + 1), knots.dtype)
    for i in range(inputs):
        for s in range(intervals):
            pieces(knots[i], degree, s, out[i, s])
    return out


@fused
def values(place: np.ndarray, piece: np.ndarray, order: tuple[int, ...], frame: np.ndarray) -> None:
    """The splines at points of one interval; ``order`` is a tuple as long as there are splines."""
    degree = len(order) - 1
    for r in range(degree + 1):
        row = frame[r]
        for n in range(place.size):
            y = piece[r, degree]
            for k in range(degree):
                y = y * place[n] + piece[r, degree - 1 - k]
            row[n] = y


@fused
def slopes(
    place: np.ndarray, piece: np.ndarray, order: tuple[int, ...], width: float, frame: np.ndarray
) -> None:
    """Their derivatives with respect to ``x``; ``width`` is that of the interval."""
    degree, number = len(order) - 1, piece.dtype.type
    inverse = number(1) / width
    for r in range(degree + 1):
        row = frame[r]
        for n in range(place.size):
            y = piece[r, degree] * number(degree)
            for k in range(1, degree):
                y = y * place[n] + piece[r, degree - k] * number(degree - k)
            row[n] = y * inverse


@fused
def scattered(
    place: np.ndarray, span: np.ndarray, piece: np.ndarray, order: tuple[int, ...], frame: np.ndarray
) -> None:
    """The splines at points of any intervals, each with its own polynomials."""
    degree = len(order) - 1
    for n in range(place.size):
        for r in range(degree + 1):
            y = piece[span[n], r, degree]
            for k in range(degree):
                y = y * place[n] + piece[span[n], r, degree - 1 - k]
            frame[r, n] = y


@fused
def beyond(x: np.ndarray, low: float, high: float, degree: int, frame: np.ndarray, slope: np.ndarray) -> None:
    """Points beyond the grid: values go on along the tangent, whose slope must be known."""
    for r in range(degree + 1):
        value, tangent = frame[r], slope[r]
        for n in range(x.size):
            value[n] += (x[n] - min(max(x[n], low), high)) * tangent[n]


@intrinsic
def _power_of_two(typing, exponent, like):  # type: ignore[no-untyped-def]
    """``2^exponent`` for an int32, put together from bits."""
    bits, mantissa, bias = (32, 23, 127) if like == types.float32 else (64, 52, 1023)

    def generate(context, builder, signature, args):  # type: ignore[no-untyped-def]
        whole = ir.IntType(bits)
        e = builder.sext(args[0], whole) if bits == 64 else args[0]
        e = builder.shl(builder.add(e, ir.Constant(whole, bias)), ir.Constant(whole, mantissa))
        return builder.bitcast(e, context.get_value_type(like))

    return like(types.int32, like), generate


@fused
def _exp(z: float) -> float:
    """``exp(z)``, between the largest and the smallest power of two, by reduction and a Taylor series."""
    number = type(z)
    z = min(max(z, number(-86)), number(86))
    k = np.int32(z * number(1.4426950408889634) + number(256.5)) - np.int32(256)
    r = z - number(k) * number(0.693145751953125) - number(k) * number(1.4286068203094173e-06)
    p = number(1 / 6227020800)
    p = p * r + number(1 / 479001600)
    p = p * r + number(1 / 39916800)
    p = p * r + number(1 / 3628800)
    p = p * r + number(1 / 362880)
    p = p * r + number(1 / 40320)
    p = p * r + number(1 / 5040)
    p = p * r + number(1 / 720)
    p = p * r + number(1 / 120)
    p = p * r + number(1 / 24)
    p = p * r + number(1 / 6)
    p = p * r + number(1 / 2)
    p = p * r + number(1)
    p = p * r + number(1)
    return p * _power_of_two(np.int32(k), p)


@fused
def residuals(
    x: np.ndarray, low: float, high: float, kind: int, value: np.ndarray, slope: np.ndarray, slopes: bool
) -> None:
    """The residual function and, if wanted, its slope; it acts on the grid mapped to [-1, 1]."""
    one = x.dtype.type(1)
    scale, middle = (one + one) / (high - low), (low + high) / (one + one)
    if kind == NONE:
        value[: x.size] = one - one
        if slopes:
            slope[: x.size] = one - one
    elif kind == IDENTITY:
        for n in range(x.size):
            value[n] = (x[n] - middle) * scale
        if slopes:
            slope[: x.size] = scale
    elif slopes:
        for n in range(x.size):
            u = (x[n] - middle) * scale
            s = one / (one + _exp(-u))
            value[n] = u * s
            slope[n] = scale * s * (one + u * (one - s))
    else:
        for n in range(x.size):
            u = (x[n] - middle) * scale
            value[n] = u / (one + _exp(-u))
