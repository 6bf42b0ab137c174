"""Rows drawn again from a table: with repeats, or a part of them."""

from collections.abc import Callable

import numpy as np

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError
from kantools.estimators.tables import table_of
from kantools.table import Table

__all__ = ["METHODS", "counts_of", "drawn"]

Draw = Callable[[np.random.Generator, int, float], np.ndarray]


def bootstrap(generator: np.random.Generator, rows: int, fraction: float) -> np.ndarray:
    """As many rows as there are, each drawn from all: ``Multinomial(n, 1/n)`` (Efron 1979)."""
    return np.bincount(generator.integers(rows, size=round(fraction * rows)), minlength=rows)


def subsample(generator: np.random.Generator, rows: int, fraction: float) -> np.ndarray:
    """A part of the rows, each at most once."""
    counts = np.zeros(rows, dtype=int)
    counts[generator.permutation(rows)[: round(fraction * rows)]] = 1
    return counts


#: A way to draw rows, and the share that it draws where none is given.
METHODS: dict[str, tuple[Draw, float]] = {"bootstrap": (bootstrap, 1.0), "subsample": (subsample, 0.8)}


def counts_of(
    rows: int, method: str, fraction: float | None, seeds: list[np.random.SeedSequence]
) -> list[np.ndarray]:
    """How often each row is drawn, for every seed.

    Raises
    ------
    SettingError
        For an unknown method, and a fraction that is not above 0 and at most 1.

    Examples
    --------
    >>> (counts,) = counts_of(6, "bootstrap", None, [np.random.SeedSequence(0)])
    >>> int(counts.sum()), int(counts_of(10, "subsample", 0.5, [np.random.SeedSequence(0)])[0].max())
    (6, 1)
    """
    if method not in METHODS:
        raise SettingError(f'There is no method "{method}"; {did_you_mean(str(method), METHODS)}')
    draw, usual = METHODS[method]
    share = usual if fraction is None else fraction
    if not 0 < share <= 1:
        raise SettingError(f"fraction is a share of the rows, above 0 and at most 1; got {fraction!r}.")
    return [draw(np.random.default_rng(seed), rows, share) for seed in seeds]


def drawn(table: Table, counts: np.ndarray) -> Table:
    """The rows that were drawn, each once with so many times its weight, checked as any table to search."""
    kept = np.flatnonzero(counts)
    weight = np.ones(table.rows) if table.weight is None else table.weight
    times = (weight * counts)[kept]
    part = table.take(kept)
    weights = None if (times == 1).all() else times
    told = part.X, part.y, part.columns, part.target, part.sigma, weights, part.x_sigma
    return table_of(*told, some_vary=True)
