"""Constants that the data know together better than each alone, recognised together.

The three constants of ``a/(b - x) + d`` may each be uncertain by some percent, so that no exact number is
worth its name, while any two of them tell the third to a thousandth. Near the fit the misfit is quadratic, ::

    Δ(θ) = ½ (θ - θ̂)ᵀ P (θ - θ̂),    P = JᵀWJ / s²,

so what it costs to set some constants to numbers while the others follow is known without a fit. A beam
search over sets of exact numbers adds this, their names and the digits of the constants that are left, and
proposes the shortest. Only the first propositions are fitted.

Of two constants the data may know the ratio best: ``c*h*w/(exp(c*h*w/(k*T)) - 1)`` has one constant twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kantools.clock import CALL, worked
from kantools.symbolic.whole.constants import Exact, candidates, recognise

__all__ = ["Together", "digits", "ratios", "together"]

BEAM = 6
BRANCHES = 3
MOST = 5  # constants; with more of them a formula is no law yet
LONGER_CALLS = 100  # of arrays and sympy's numbers, to make a set longer and to weigh it; measured


@dataclass(frozen=True)
class Together:
    """Exact numbers for some of the constants.

    Attributes
    ----------
    exact : dict of int to Exact
        By the place of the constant.
    saved : float
        Nats that the description becomes shorter by, as far as the misfit is quadratic.
    """

    exact: dict[int, Exact]
    saved: float


def together(values: np.ndarray, precision: np.ndarray, *, most: int = 3) -> list[Together]:
    """Sets of at least two exact numbers that shorten the description, the best first.

    Parameters
    ----------
    values : array, shape (constants,)
    precision : array, shape (constants, constants)
        Inverse of the covariance.
    most : int
        How many sets at most.

    Examples
    --------
    Neither constant is worth a name, and both together are: their ratio is known.

    >>> values, spread = np.array([2.98, 8.94]), np.array([[16, 47.96], [47.96, 144]]) * 1e-4
    >>> found = together(values, np.linalg.inv(spread))[0]
    >>> {i: str(e.expr) for i, e in sorted(found.exact.items())}
    {0: '3', 1: '9'}
    """
    told = np.isfinite(values).all() and np.isfinite(precision).all() and (np.diag(precision) > 0).all()
    if not 2 <= len(values) <= MOST or not told:
        return []
    before = digits(values, precision)
    beam, found = [Together({}, 0.0)], []
    for _ in values:
        worked(len(beam) * len(values) * BRANCHES * LONGER_CALLS * CALL)
        longer = {
            frozenset(t.exact.items()): t
            for state in beam
            for t in _one_more(state, values, precision, before)
        }
        beam = sorted(longer.values(), key=lambda t: -t.saved)[:BEAM]
        found += beam
    better = (t for t in found if len(t.exact) > 1 and t.saved > 0)
    return sorted(better, key=lambda t: -t.saved)[:most]


def ratios(values: np.ndarray, covariance: np.ndarray) -> list[tuple[int, int, Exact]]:
    """Which constants are another one times an exact number: ``(which, of which, number)``.

    >>> spread = np.array([[1.0, 0.9999], [0.9999, 1.0]]) * 1e-6
    >>> [(i, j, str(e.expr)) for i, j, e in ratios(np.array([0.1591, 0.1591]), spread)]
    [(1, 0, '1')]
    """
    found = []
    for j in range(len(values) if len(values) <= MOST else 0):
        for i in range(j + 1, len(values)):
            both = covariance[np.ix_((i, j), (i, j))]
            if not (values[i] and values[j] and np.isfinite(both).all()):
                continue
            ratio, slope = values[i] / values[j], np.array([1 / values[i], -1 / values[j]])
            variance = slope @ both @ slope
            if variance >= 0:
                offers = recognise(float(ratio), float(abs(ratio) * np.sqrt(variance)), most=1)
                found += [(i, j, exact) for exact in offers if exact.expr]
    return found


def digits(values: np.ndarray, precision: np.ndarray) -> float:
    """``½ ln det(1 + |θ| P |θ|) + 1`` each: nats to write the constants down to what the data tell.

    Along every direction of the constants the logarithm of how much narrower the data make it than the
    constants' own size; a direction that the data leave open costs nothing. The price is the same however
    well-determined constants are combined into monomials of each other.
    """
    size = np.abs(values)
    spectrum = np.linalg.eigvalsh(np.nan_to_num(precision * size[:, None] * size))
    return 0.5 * float(np.log1p(spectrum.clip(0)).sum()) + len(size)


def _one_more(
    state: Together, values: np.ndarray, precision: np.ndarray, before: float
) -> Iterator[Together]:
    """The state with one exact number more, for each constant its best ones."""
    free = [i for i in range(len(values)) if i not in state.exact]
    mean, covariance = _given(state.exact, free, values, precision)
    for place, i in enumerate(free):
        error, least = np.sqrt(max(covariance[place, place], 0.0)), 1 / np.sqrt(precision[i, i])
        for exact in candidates(float(mean[place]), float(error), float(least))[:BRANCHES]:
            longer = {**state.exact, i: exact}
            yield Together(longer, before - _length(longer, values, precision))


def _length(exact: dict[int, Exact], values: np.ndarray, precision: np.ndarray) -> float:
    """Nats of misfit, names, and digits of what is left."""
    free = [i for i in range(len(values)) if i not in exact]
    mean, _ = _given(exact, free, values, precision)
    off = values.copy()
    off[free] = mean
    off[list(exact)] = [float(e.expr) for e in exact.values()]
    off -= values
    left = digits(mean, precision[np.ix_(free, free)]) if free else 0.0
    return 0.5 * float(off @ precision @ off) + sum(e.cost for e in exact.values()) + left


def _given(
    exact: dict[int, Exact], free: list[int], values: np.ndarray, precision: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Means and covariance of the free constants where the others are these numbers."""
    if not free:
        return np.zeros(0), np.zeros((0, 0))
    fixed = list(exact)
    off = np.array([float(e.expr) for e in exact.values()]) - values[fixed]
    scale = np.sqrt(np.diag(precision))[free]  # constants are of all sizes
    covariance = np.linalg.pinv(precision[np.ix_(free, free)] / scale[:, None] / scale, hermitian=True)
    covariance = covariance / scale[:, None] / scale
    return values[free] - covariance @ (precision[np.ix_(free, fixed)] @ off), covariance
