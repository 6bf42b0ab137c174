"""Polynomials of parts: ``T(y) = P_1(x_S1) + P_2(x_S2) + …`` with groups of columns that do not meet.

A law that oscillates in several columns needs a degree that no polynomial of all of them can afford: eight
columns in pairs have 45 terms of the eighth degree a pair, and 12,870 together. Which columns meet at all
shows earlier than how: terms of every pair, of a low degree, are fitted together, and pairs whose terms
explain no more than by chance do not meet. What hangs together is a part, and gets all the degrees that the
rows carry.

Source: the decomposition of W. Hoeffding, "A class of statistics with asymptotically normal distribution",
Annals of Mathematical Statistics 19 (1948) 293, cut off after pairs; C. Gu, *Smoothing Spline ANOVA Models*
(Springer, 2013).
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from scipy.sparse.csgraph import connected_components
from scipy.stats import f

from kantools.clock import BLAS, CALL, worked
from kantools.discovery.surrogates.polynomial import (
    Polynomial,
    exponents_of,
    fitted,
    most_coefficients,
    terms,
)

__all__ = ["meeting", "parts", "sums_of_parts"]

Array = np.ndarray
Groups = Sequence[tuple[int, ...]]
HIGHEST = 16  # degree of a part; but for the smallest, rows end it earlier
BY_CHANCE = 1e-3  # probability that any two columns are joined which do not meet
ROUNDING = 1e-10  # of the target: what is less was left by chance of another kind
CALLS = 60  # of arrays, to tell the parts: a guess


def sums_of_parts(Z: Array, eta: Array, weight: Array) -> Iterator[Polynomial]:
    """Least-squares polynomials of rising degree in each part; none where all columns hang together.

    Examples
    --------
    >>> Z = np.random.default_rng(0).uniform(-1, 1, (400, 4))
    >>> eta = np.sin(3 * Z[:, 0] * Z[:, 1]) + np.cos(2 * (Z[:, 2] - Z[:, 3]))
    >>> *_, last = sums_of_parts(Z, eta, np.ones(400))
    >>> bool(np.std(eta - last.value(Z)) < 0.05)
    True
    """
    groups = parts(Z, eta, weight)
    if len(groups) > 1:
        yield from fitted(Z, eta, weight, *_carried(groups, Z.shape[1], most_coefficients(len(Z))))


def parts(Z: Array, eta: Array, weight: Array) -> tuple[tuple[int, ...], ...]:
    """Groups of columns that do not meet in terms of two; one group where the rows do not tell.

    Examples
    --------
    >>> Z = np.random.default_rng(0).uniform(-1, 1, (200, 4))
    >>> parts(Z, Z[:, 0] * Z[:, 3] + Z[:, 1] ** 3 + np.exp(Z[:, 2]), np.ones(200))
    ((0, 3), (1,), (2,))
    """
    meet = meeting(Z, eta, weight)
    if meet is None:
        return (tuple(range(Z.shape[1])),)
    count, label = connected_components(meet, directed=False)
    return tuple(tuple(np.flatnonzero(label == k).tolist()) for k in range(count))


def meeting(Z: Array, eta: Array, weight: Array) -> Array | None:
    """Which two columns have terms in common that explain more than by chance, shape (columns, columns).

    None where the rows are too few for a term of every pair.

    Examples
    --------
    >>> Z = np.random.default_rng(0).uniform(-1, 1, (200, 3))
    >>> meeting(Z, Z[:, 0] * Z[:, 2] + Z[:, 1], np.ones(200)).any(axis=0).tolist()
    [True, False, True]
    """
    columns = Z.shape[1]
    pairs = list(combinations(range(columns), 2))
    exponents, ends = _carried(pairs, columns, most_coefficients(len(Z)))
    if len(ends) < 2:
        return None
    meet = np.zeros((columns, columns), dtype=bool)
    meet[tuple(np.transpose(pairs))] = _by_chance(Z, eta, weight, exponents, pairs) < BY_CHANCE / len(pairs)
    return meet | meet.T


def _by_chance(Z: Array, eta: Array, weight: Array, exponents: Array, pairs: Groups) -> Array:
    """For each pair the probability that its terms explain so much by chance: an F test.

    None does where the target is not finite, as one over nothing is; then nothing is known of parts.
    """
    root = np.sqrt(weight / weight.mean())
    A = terms(Z, exponents) * root[:, None]
    n, m = A.shape
    if not (np.isfinite(A).all() and np.isfinite(eta).all()):
        return np.zeros(len(pairs))
    eta = eta / np.abs(eta).max(initial=1e-300)
    worked(CALLS * CALL + BLAS * n * m**2)
    solution, *_ = np.linalg.lstsq(A, root * eta, rcond=None)
    left = max(np.sum((root * eta - A @ solution) ** 2), ROUNDING**2 * np.sum((root * eta) ** 2))
    covariance = np.linalg.pinv(A.T @ A) * left / (n - m)
    probabilities = []
    for i, j in pairs:
        both = np.flatnonzero((exponents[:, i] > 0) & (exponents[:, j] > 0))
        told = solution[both] @ np.linalg.pinv(covariance[np.ix_(both, both)]) @ solution[both]
        probabilities.append(f.sf(told / len(both), len(both), n - m))
    return np.array(probabilities)


def _carried(groups: Groups, columns: int, most: int) -> tuple[Array, list[int]]:
    """Exponents of terms in one group, all degrees that stay below so many, and where each degree ends."""
    terms_, ends = dict.fromkeys([(0,) * columns]), []
    for degree in range(1, HIGHEST + 1):
        longer = dict(terms_)
        for group in groups:
            inside = np.zeros((len(part := exponents_of(len(group), degree)), columns), dtype=int)
            inside[:, group] = part
            longer.update(dict.fromkeys(map(tuple, inside.tolist())))
        if len(longer) > most:
            break
        terms_ = longer
        ends.append(len(terms_))
    return np.array(list(terms_)), ends
