"""Inner functions: two columns that count only through one short expression of both.

If ``F = G(u(x_i, x_j), …)``, the gradients of F and u in these two columns point the same way on every row,
whatever G is. So every entry of a dictionary of short expressions can be held against the gradient of a
surrogate, without knowing the outer function; products, quotients, sums and differences are special cases,
``n sin(θ)`` and ``x² + y²`` others. Applied again to what is left, this takes a law apart from the inside.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from kantools.discovery.dictionary import Dictionary, dictionary
from kantools.discovery.surrogate import Surrogate
from kantools.discovery.view import LEFT, RIGHT, View, joined
from kantools.symbolic.primitive import Primitive

__all__ = ["inner_views"]

Array = np.ndarray
MOST_COLUMNS = 5
WORDS = 8000
POINTS = 40  # rows on which directions are compared
STEP = 1e-4  # of a column's range, for differences
FLOOR = 1e-9  # mean square of the sine between two directions below which they are the same
WEIGHT = 20  # rows that so many points are worth: neighbours know of each other
A_PAIR, MOST = 2, 10
LARGEST = 0.05  # mean square of the sine that is worth a test


def inner_views(surrogate: Surrogate, view: View, primitives: Sequence[Primitive], seed: int) -> list[View]:
    """Views in which a short expression stands for two columns, the likeliest first."""
    if not 2 <= view.inputs <= MOST_COLUMNS:
        return []
    rows = np.sort(np.random.default_rng(seed).permutation(len(view.rows.y))[:POINTS])
    found: list[tuple[float, View]] = []
    for i, j in combinations(range(view.inputs), 2):
        scores, words = _compared(surrogate, view, primitives, rows, (i, j))
        for k in np.argsort(scores)[:A_PAIR]:
            if np.isfinite(scores[k]):
                child = joined(view, (i, j), words.expression(int(k)))
                found += [(float(scores[k]), child)] if child is not None else []
    return [child for _, child in sorted(found, key=lambda pair: pair[0])[:MOST]]


def _compared(
    surrogate: Surrogate, view: View, primitives: Sequence[Primitive], rows: Array, pair: tuple[int, int]
) -> tuple[Array, Dictionary]:
    """Nats of every expression of two columns: how far its gradient turns from the law's, and its symbols."""
    X = view.rows.X[:, list(pair)]
    low, high = X.min(axis=0), X.max(axis=0)
    step = STEP * np.where(high > low, high - low, 1.0)
    middle = X[rows].clip(low + step, high - step)
    moved = [middle, *(middle + s * step * e for e in np.eye(2) for s in (1, -1))]
    words = dictionary([LEFT, RIGHT], np.concatenate(moved), primitives, WORDS)
    values = words.values.reshape(len(words), 5, len(rows))
    slopes = np.stack([values[:, 1] - values[:, 2], values[:, 3] - values[:, 4]], axis=-1)
    true = surrogate.gradient[rows][:, list(pair)] * step
    size = np.sum(slopes**2, axis=2)
    across = slopes[:, :, 0] * true[:, 1] - slopes[:, :, 1] * true[:, 0]
    with np.errstate(all="ignore"):
        turned = np.mean(across**2 / size, axis=1) / np.mean(np.sum(true**2, axis=1))
    both = (np.abs(slopes) > 0).any(axis=1).all(axis=1)
    good = both & (turned < LARGEST)
    return np.where(good, 0.5 * WEIGHT * np.log(turned + FLOOR) + words.nats, np.inf), words
