"""Shapes of a term: functions of one argument with one or two constants inside, and where to start them.

Starts are given in terms of the argument's range, so that its unit does not matter, each with how far its
constants may move from there before the next start is nearer. A shape is scaled to a size of about one where
it would overflow: what it is multiplied by is a matter of linear least squares.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sympy import Expr, cos, exp, log, sin, tanh

from kantools.symbolic.language.language import Language

__all__ = ["Shape", "Starts", "Values", "shapes"]

Array = np.ndarray
Starts = tuple[Array, Array]
"""Constants to start from, shape (starts, constants), and how far each may move."""
Values = tuple[Array, Array]
"""The shape's columns, shape (columns, rows), and their slopes, shape (constants, columns, rows)."""

RATES = 0.25 * 1.5 ** np.arange(13)  # of an exponential, in e-folds over the range
NEAR = 0.003 * 2.2 ** np.arange(11)  # how far a pole is from the range, in ranges
EXPONENTS = np.array([q / 4 for q in range(-12, 17) if q not in (0, 4, 8, 12)])
TURNS = np.arange(0.2, 16, 0.2)  # of a wave over the range
MIDDLES = np.linspace(0, 1, 9)  # of a step or a peak, in ranges from its beginning
STEEP = (4.0, 8.0, 16.0, 32.0)  # a logistic curve, in e-folds over the range
WIDTHS = (0.12, 0.25, 0.5)  # of a peak, in ranges
HALF_WIDTHS = 0.03 * 1.8 ** np.arange(8)  # of a hyperbolic tangent, in ranges
HALFWAY = 0.5  # from one start to the next, in steps of the grid; of a ratio of 1.5, about a quarter
OF_ITSELF = 0.3


@dataclass(frozen=True)
class Shape:
    """A function of an argument ``u``.

    Attributes
    ----------
    needs : str
        A primitive that the language must have; empty for none.
    powers : tuple of int
        Of a column that it is taken of; a negative one where the column is positive.
    joint : bool
        Whether it is taken of products of two columns too.
    starts : callable
        From the argument's values to where to start; no starts where the shape has no values.
    values : callable
        From the argument and the constants to columns and slopes.
    size : callable
        From the argument and the constants to what the columns are beside those that are written.
    written : callable
        From the argument and a symbol for each constant to the columns as expressions.
    price : int
        Symbols of a column around its argument, a rare function as several.
    """

    needs: str
    powers: tuple[int, ...]
    starts: Callable[[Array], Starts]
    values: Callable[[Array, Array], Values]
    written: Callable[[Expr, Sequence[Expr]], tuple[Expr, ...]]
    price: int
    joint: bool = False
    size: Callable[[Array, Array], float] = lambda u, p: 1.0


def shapes(language: Language) -> tuple[Shape, ...]:
    """The shapes that a language can say.

    >>> from kantools.symbolic.language.language import language_of
    >>> [shape.needs or "any" for shape in shapes(language_of(["exp", "reciprocal"]))]
    ['any', 'exp', 'reciprocal', 'exp', 'exp']
    """
    return tuple(shape for shape in SHAPES if not shape.needs or language.has(shape.needs))


def _each(constants: Array, reach: Array) -> Starts:
    return constants[:, None], np.broadcast_to(np.abs(reach), constants.shape)[:, None]


def _rates(u: Array) -> Starts:
    rates = np.concatenate([-RATES, RATES]) / np.ptp(u)
    return _each(rates, OF_ITSELF * rates)


def _exponential(u: Array, p: Array) -> Values:
    away = u - _end(u, p)
    f = np.exp(p[0] * away)
    return f[None], (away * f)[None, None]


def _end(u: Array, p: Array) -> float:
    """Where a growing or falling shape is largest."""
    return float(u.max() if p[0] > 0 else u.min())


def _exponents(u: Array) -> Starts:
    return _each(EXPONENTS if u.min() > 0 else np.zeros(0), np.array(0.15))


def _power(u: Array, p: Array) -> Values:
    logs = np.log(u / _end(u, p))
    f = np.exp(p[0] * logs)
    return f[None], (logs * f)[None, None]


def _frequencies(u: Array) -> Starts:
    return _each(2 * np.pi * TURNS / np.ptp(u), np.array(0.0))


def _wave(u: Array, p: Array) -> Values:
    s, c = np.sin(p[0] * u), np.cos(p[0] * u)
    return np.stack([s, c]), np.stack([u * c, -u * s])[None]


def _above(u: Array) -> Array:
    """What to add to the argument so that it is positive."""
    return max(-u.min(), 0.0) + NEAR * np.ptp(u)


def _offsets(u: Array) -> Starts:
    return _each(_above(u), HALFWAY * (_above(u) + min(u.min(), 0.0)))


def _logarithm(u: Array, p: Array) -> Values:
    return np.log1p(u / p[0])[None], (-u / (p[0] * (p[0] + u)))[None, None]


def _poles(u: Array) -> Starts:
    below, beyond = _above(u), -max(u.max(), 0.0) - NEAR * np.ptp(u)
    reach = HALFWAY * NEAR * np.ptp(u)
    return _each(np.concatenate([below, beyond]), np.concatenate([reach, reach]))


def _pole(u: Array, p: Array) -> Values:
    f = p[0] / (p[0] + u)
    if f.min() <= 0:  # the pole lies between the rows
        f = np.full(len(u), np.nan)
    return f[None], (u / (p[0] + u) ** 2)[None, None]


def _grid(u: Array, second: Array) -> Starts:
    middles = u.min() + MIDDLES * np.ptp(u)
    constants = np.array([(m, s) for m in middles for s in second])
    step = np.ptp(u) * (MIDDLES[1] - MIDDLES[0]) * HALFWAY
    return constants, np.column_stack([np.full(len(constants), step), OF_ITSELF * constants[:, 1]])


def _steps(u: Array) -> Starts:
    return _grid(u, np.array(STEEP) / np.ptp(u))


def _logistic(u: Array, p: Array) -> Values:
    f = 0.5 + 0.5 * np.tanh(0.5 * p[1] * (u - p[0]))
    g = f * (1 - f)
    return f[None], np.stack([-p[1] * g, (u - p[0]) * g])[:, None]


def _peaks(u: Array) -> Starts:
    return _grid(u, np.array(WIDTHS) * np.ptp(u))


def _peak(u: Array, p: Array) -> Values:
    z = (u - p[0]) / p[1]
    f = np.exp(-z * z)
    return f[None], np.stack([2 * z / p[1] * f, 2 * z * z / p[1] * f])[:, None]


def _slopes(u: Array) -> Starts:
    slopes = 1 / (HALF_WIDTHS * np.ptp(u))
    return _each(slopes, OF_ITSELF * slopes)


def _tanh(u: Array, p: Array) -> Values:
    f = np.tanh(p[0] * u)
    return f[None], (u * (1 - f * f))[None, None]


SHAPES = (
    Shape("", (1,), _exponents, _power, lambda u, p: (u ** p[0],), 2, size=lambda u, p: _end(u, p) ** -p[0]),
    Shape(
        "exp",
        (1, 2, -1),
        _rates,
        _exponential,
        lambda u, p: (exp(p[0] * u),),
        5,
        joint=True,
        size=lambda u, p: float(np.exp(-p[0] * _end(u, p))),
    ),
    Shape("sin", (1,), _frequencies, _wave, lambda u, p: (sin(p[0] * u), cos(p[0] * u)), 5, joint=True),
    Shape("log", (1,), _offsets, _logarithm, lambda u, p: (log(1 + u / p[0]),), 7),
    Shape(
        "reciprocal", (1, 2, 3, 4), _poles, _pole, lambda u, p: (1 / (p[0] + u),), 4, size=lambda u, p: p[0]
    ),
    Shape("tanh", (1,), _slopes, _tanh, lambda u, p: (tanh(p[0] * u),), 6),
    Shape("exp", (1,), _steps, _logistic, lambda u, p: (1 / (1 + exp(-p[1] * (u - p[0]))),), 11),
    Shape("exp", (1,), _peaks, _peak, lambda u, p: (exp(-(((u - p[0]) / p[1]) ** 2)),), 11),
)
