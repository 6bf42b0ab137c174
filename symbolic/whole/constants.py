"""Recognise a measured constant as an exact number: 3/2, pi, 1/sqrt(2*pi).

A fitted constant is a value and its standard error. Writing it down as a decimal costs about
``ln(|value| / error)`` nats: the more precisely it is known, the more digits there are to tell. Writing
down an exact number costs the length of its name, whatever the precision. An exact number is offered when
its name, together with the misfit it leaves, is shorter than the decimal (minimum description length,
Rissanen, *Automatica* 14, 1978; the price of a parameter is that of Bartlett, Desmond & Ferreira,
"Exhaustive symbolic regression", 2023).

Names are ``p/q * m``: two whole numbers in Rissanen's universal code and a multiplier ``m`` (1, pi, a
square root, …) at a price of its own. The prices form a prefix code, so that by Kraft's inequality random
numbers are rarely mistaken for exact ones, at any precision.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import isfinite, log

import numpy as np
import sympy
from sympy import E, Expr, Integer, Rational, pi, sqrt

from kantools.clock import CALL, worked
from kantools.symbolic.language.rarity import integer_cost

__all__ = ["PRICE_OF_ZERO", "Exact", "candidates", "recognise", "superfluous"]

#: The smaller one of numerator and denominator goes up to here.
LARGEST = 60
#: A candidate lies within so many standard errors; zero, which has no digits to save, within fewer.
WITHIN, WITHIN_OF_ZERO = 4.0, 2.5
#: Nothing computed in floating point is believed beyond this relative error.
ROUNDING = 1e-9
PRICE_OF_ZERO = log(2)
#: Array calls, and passes over all fractions, to find those near a value; the names of those found included.
OFFER_CALLS, OFFER_PASSES = 100, 40


@dataclass(frozen=True)
class Exact:
    """An exact number and what it costs to write it down.

    Attributes
    ----------
    expr : Expr
    cost : float
        Nats.
    """

    expr: Expr
    cost: float


@dataclass(frozen=True)
class Multipliers:
    """The table of ``m``: names, values and prices (nats), one entry each."""

    exprs: tuple[Expr, ...]
    values: np.ndarray
    prices: np.ndarray


def price_of_decimal(value: float, error: float) -> float:
    """Nats to write a value down to its error, sign aside.

    >>> round(price_of_decimal(9.81, 0.01), 2)
    6.34
    """
    return log(abs(value) / error) - 0.5 * log(3) if value else 0.0


def recognise(value: float, error: float, *, most: int = 3) -> tuple[Exact, ...]:
    """Exact numbers that a measured constant may be, best first.

    Parameters
    ----------
    value, error : float
        The constant and its standard error. Where the error is not known (NaN), nothing is offered.
    most : int
        How many at most.

    Returns
    -------
    tuple of Exact
        Sorted by the nats of the name plus those of the misfit, ``((value - exact) / error)**2 / 2``. Empty
        where stating the decimal is shorter.

    Examples
    --------
    >>> [str(e.expr) for e in recognise(1.4998, 0.0005)]
    ['3/2']
    >>> [str(e.expr) for e in recognise(-3.1416, 0.0004)]
    ['-pi']
    >>> recognise(365.2564, 0.0003)
    ()
    """
    if not (isfinite(value) and isfinite(error)):
        return ()
    error = max(abs(error), abs(value) * ROUNDING / WITHIN, np.finfo(float).tiny)
    if abs(value) <= WITHIN_OF_ZERO * error:
        return (Exact(Integer(0), PRICE_OF_ZERO),)
    budget = price_of_decimal(value, error)
    kept = [exact for total, exact in _sorted(_near(abs(value), error, budget)) if total < budget][:most]
    return tuple(Exact(e.expr if value > 0 else -e.expr, e.cost) for e in kept)


def superfluous(value: float, error: float) -> tuple[Exact, ...]:
    """Which of 0 and ±1 a measured constant may be: a term of 0 or a factor of 1 need not be written at all.

    They are offered within :data:`WITHIN` standard errors, whatever their names cost: without the constant
    the whole formula is shorter, and that decides.

    >>> [str(e.expr) for e in superfluous(-0.989, 0.004)]
    ['-1']
    """
    if not (isfinite(value) and isfinite(error)):
        return ()
    reach = WITHIN * max(abs(error), abs(value) * ROUNDING / WITHIN)
    one = 1 if value > 0 else -1
    named = ((0, PRICE_OF_ZERO), (one, float(multipliers().prices[0]) + 2 * integer_cost(1)))
    return tuple(Exact(Integer(n), cost) for n, cost in named if abs(value - n) <= reach)


def candidates(value: float, error: float, least: float) -> tuple[Exact, ...]:
    """Exact numbers around a constant whose error falls to ``least`` once the others are known, best first.

    >>> [str(e.expr) for e in candidates(8.9, 0.3, 0.001)][:2]
    ['9', '3*pi']
    """
    if not (value and isfinite(value) and isfinite(error) and isfinite(least)):
        return ()
    rounding = abs(value) * ROUNDING
    error, least = max(error, rounding / WITHIN), max(least, rounding)
    near = _sorted(_near(abs(value), error, log(abs(value) / least) + 1))
    return tuple(Exact(e.expr if value > 0 else -e.expr, e.cost) for _, e in near)


def _sorted(offers: Iterator[tuple[float, Exact]]) -> list[tuple[float, Exact]]:
    """The shortest first, and each number once."""
    found: dict[Expr, tuple[float, Exact]] = {}
    for total, exact in sorted(offers, key=lambda pair: pair[0]):
        found.setdefault(exact.expr, (total, exact))
    return list(found.values())


def _near(value: float, error: float, budget: float) -> Iterator[tuple[float, Exact]]:
    """The exact numbers around a positive value for no more than so many nats."""
    table = multipliers()
    worked(OFFER_CALLS * CALL + OFFER_PASSES * LARGEST * len(table.values))
    with np.errstate(all="ignore"):
        p, q = _fractions(value / table.values)
        z = (p / q * table.values[:, None] - value) / error
        least = table.prices[:, None] + np.log(p * q) + 0.5 * z * z  # the code costs more than ln(p q)
    for i, j in np.argwhere((abs(z) <= WITHIN) & (least < budget)):
        a, b = int(p[i, j]), int(q[i, j])
        cost = float(table.prices[i]) + integer_cost(a) + integer_cost(b)
        yield cost + 0.5 * float(z[i, j]) ** 2, Exact(Rational(a, b) * table.exprs[i], cost)


def _fractions(ratio: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each ratio the nearest ``p/q`` to every small ``q`` (above 1) or every small ``p`` (below)."""
    small = np.arange(1.0, LARGEST + 1)
    above = (ratio >= 1)[:, None]
    large = np.rint(small * np.maximum(ratio, 1 / ratio)[:, None])
    return np.where(above, large, small), np.where(above, small, large)


@cache
def multipliers() -> Multipliers:
    """What a fraction may be multiplied with, and the price of saying so.

    The probabilities add up to less than a half (the other half says "no exact number"): a quarter for 1
    alone, then pi and its inverse, powers of ten by their exponent, square roots by their radicand, the
    square roots of pi that come with Gaussians, and at last a few constants that are rare as factors.

    >>> bool(np.exp(-multipliers().prices).sum() < 1 / 2)
    True
    """
    chance = {Integer(1): 1 / 4, pi: 1 / 16, 1 / pi: 1 / 32}
    chance |= {Rational(10) ** k: np.exp(-integer_cost(abs(k))) / 32 for k in range(-9, 10) if k}
    chance |= {sqrt(n): np.exp(-integer_cost(n)) / 8 for n in range(2, 31) if _squarefree(n)}
    chance |= {sqrt(pi): 1 / 128, 1 / sqrt(pi): 1 / 128, sqrt(2 * pi): 1 / 128, 1 / sqrt(2 * pi): 1 / 128}
    chance |= {pi**2: 1 / 128, 1 / pi**2: 1 / 128}
    chance |= {E: 1 / 1024, 1 / E: 1 / 1024, sympy.log(2): 1 / 1024, sympy.log(10): 1 / 1024}
    values = np.array([float(m) for m in chance])
    return Multipliers(tuple(chance), values, -np.log(list(chance.values())))


def _squarefree(n: int) -> bool:
    return all(n % (k * k) for k in range(2, n))
