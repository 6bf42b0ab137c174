"""Interval arithmetic: between which values an expression lies while its columns run through boxes.

The bounds are never too narrow but for rounding. They are too wide where a column occurs more than once, and
the less so the smaller the box; so many boxes are taken at once, one a row. Where a function is not real on
part of an interval, the bounds are those of the real part.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce

import numpy as np
import sympy
from sympy import Expr, Symbol

__all__ = ["Interval", "bounds", "halved", "split"]

Array = np.ndarray
Interval = tuple[Array, Array]
"""Lower and upper ends, an array each."""

Ends = Callable[[Array], Array]
#: Functions that rise on the whole of where they are real, with the ends of that range.
RISING: dict[type, tuple[Ends, float, float]] = {
    sympy.exp: (np.exp, -np.inf, np.inf),
    sympy.log: (np.log, 0.0, np.inf),
    sympy.sinh: (np.sinh, -np.inf, np.inf),
    sympy.tanh: (np.tanh, -np.inf, np.inf),
    sympy.asin: (np.arcsin, -1.0, 1.0),
    sympy.atan: (np.arctan, -np.inf, np.inf),
    sympy.asinh: (np.arcsinh, -np.inf, np.inf),
    sympy.acosh: (np.arccosh, 1.0, np.inf),
    sympy.atanh: (np.arctanh, -1.0, 1.0),
}


def bounds(expr: Expr, box: Mapping[Symbol, Interval]) -> Interval:
    """Lower and upper ends of an expression over each of several boxes.

    Parameters
    ----------
    expr : Expr
    box : mapping of Symbol to (ndarray, ndarray)
        The ends of every column, shape (boxes,).

    Returns
    -------
    (ndarray, ndarray)
        Infinite where nothing is known.

    Examples
    --------
    >>> x = Symbol("x")
    >>> low, high = bounds(2 / (1 + sympy.exp(x)), {x: (np.array([0.0]), np.array([np.inf]))})
    >>> low.tolist(), high.tolist()
    ([0.0], [1.0])
    """
    with np.errstate(all="ignore"):
        return _bounds(expr, box)


def split(ranges: Mapping[Symbol, tuple[float, float]], most: int) -> dict[Symbol, Interval]:
    """A box cut into at most so many, each column into equally many parts.

    >>> low, high = split({Symbol("x"): (0.0, 1.0)}, 2)[Symbol("x")]
    >>> low.tolist(), high.tolist()
    ([0.0, 0.5], [0.5, 1.0])
    """
    parts = max(int(most ** (1 / max(len(ranges), 1)) + 1e-9), 1)
    cuts = [np.linspace(low, high, parts + 1) for low, high in ranges.values()]
    lows = np.meshgrid(*(c[:-1] for c in cuts), indexing="ij")
    highs = np.meshgrid(*(c[1:] for c in cuts), indexing="ij")
    ends = zip(lows, highs, strict=True)
    return {s: (low.ravel(), high.ravel()) for s, (low, high) in zip(ranges, ends, strict=True)}


def halved(box: Mapping[Symbol, Interval]) -> dict[Symbol, Interval]:
    """Every box cut in two along every column.

    >>> low, high = halved({Symbol("x"): (np.array([0.0]), np.array([1.0]))})[Symbol("x")]
    >>> low.tolist(), high.tolist()
    ([0.0, 0.5], [0.5, 1.0])
    """
    parts = dict(box)
    for symbol, (low, high) in box.items():
        times = len(next(iter(parts.values()))[0]) // len(low)
        middle = np.tile((low + high) / 2, times)
        low, high = parts[symbol]
        parts = {s: (np.tile(a, 2), np.tile(b, 2)) for s, (a, b) in parts.items()}
        parts[symbol] = np.concatenate([low, middle]), np.concatenate([middle, high])
    return parts


def _bounds(expr: Expr, box: Mapping[Symbol, Interval]) -> Interval:
    if expr in box:
        return box[expr]
    if expr.is_number:
        return _whole(expr)
    parts = [_bounds(a, box) for a in expr.args]
    if expr.is_Add:
        return _known(_sum(p[0] for p in parts), _sum(p[1] for p in parts))
    if expr.is_Mul:
        return _product(parts)
    if expr.is_Pow:
        return _power(expr, parts)
    return _function(expr.func, parts[0])


def _whole(number: Expr) -> Interval:
    value = complex(number)
    real = value.real if abs(value.imag) < 1e-14 else np.nan
    return _known(np.array(real), np.array(real))


def _known(low: Array, high: Array) -> Interval:
    """Without ends that are no numbers: there nothing is known."""
    return np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)


def _sum(ends: Iterable[Array]) -> Array:
    return reduce(np.add, ends)


def _product(parts: Sequence[Interval]) -> Interval:
    low, high = parts[0]
    for other in parts[1:]:
        corners = np.array(np.broadcast_arrays(*(_times(a, b) for a in (low, high) for b in other)))
        low, high = corners.min(axis=0), corners.max(axis=0)
    return low, high


def _times(a: Array, b: Array) -> Array:
    """Zero times infinity is zero: the end of a range is not reached."""
    return np.where((a == 0) | (b == 0), 0.0, a * b)


def _power(expr: sympy.Pow, parts: Sequence[Interval]) -> Interval:
    base, exponent = parts
    if not expr.exp.is_number:
        low, high = _rising(base, *RISING[sympy.log])
        return _rising(_product([(low, high), exponent]), *RISING[sympy.exp])
    n = float(expr.exp)
    if n < 0:
        return _reciprocal(_positive_power(base, -n))
    return _positive_power(base, n)


def _positive_power(base: Interval, n: float) -> Interval:
    low, high = base
    if n != int(n):
        return np.clip(low, 0, None) ** n, np.clip(high, 0, None) ** n
    if n % 2:
        return low**n, high**n
    across = (low < 0) & (high > 0)
    ends = np.abs(low) ** n, np.abs(high) ** n
    return np.where(across, 0.0, np.minimum(*ends)), np.maximum(*ends)


def _reciprocal(interval: Interval) -> Interval:
    low, high = interval
    positive, negative = low >= 0, high <= 0
    return (
        np.where(positive, 1 / high, np.where(negative, np.where(high == 0, -np.inf, 1 / high), -np.inf)),
        np.where(positive, np.where(low == 0, np.inf, 1 / low), np.where(negative, 1 / low, np.inf)),
    )


def _function(function: type, u: Interval) -> Interval:
    low, high = u
    if function in RISING:
        return _rising(u, *RISING[function])
    if function is sympy.acos:
        low, high = _rising(u, *RISING[sympy.asin])
        return np.pi / 2 - high, np.pi / 2 - low
    if function in (sympy.Abs, sympy.cosh):
        low, high = (
            np.where((low < 0) & (high > 0), 0.0, np.minimum(abs(low), abs(high))),
            np.maximum(abs(low), abs(high)),
        )
        return (low, high) if function is sympy.Abs else (np.cosh(low), np.cosh(high))
    if function in (sympy.sin, sympy.cos):
        return _wave(low, high, np.pi / 2 if function is sympy.sin else 0.0)
    return np.full_like(low, -np.inf), np.full_like(high, np.inf)


def _rising(u: Interval, f: Ends, least: float, most: float) -> Interval:
    return _known(f(np.clip(u[0], least, most)), f(np.clip(u[1], least, most)))


def _wave(low: Array, high: Array, top: float) -> Interval:
    """Of ``cos(u - top)``: whether a crest or a trough lies in between, else the ends."""
    ends = np.cos(low - top), np.cos(high - top)

    def has(place: float) -> Array:
        return np.floor((high - place) / (2 * np.pi)) >= np.ceil((low - place) / (2 * np.pi))

    known = np.isfinite(low) & np.isfinite(high)
    least = np.where(has(top + np.pi) | ~known, -1.0, np.minimum(*ends))
    return least, np.where(has(top) | ~known, 1.0, np.maximum(*ends))
