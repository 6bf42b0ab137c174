"""The data in brief: for each column its range, its unit, its errors and how its values are spread."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from kantools.table import Table

__all__ = ["Column", "columns_of"]

BINS = 24


@dataclass(frozen=True)
class Column:
    """A column in brief.

    Attributes
    ----------
    name : str
    role : {"input", "target"}
    unit : str
        Empty where it is not known.
    low, median, high : float
    distinct : int
        How many different values there are.
    error : float
        The median standard error; NaN where there is none.
    counts : tuple of int
        Rows in equal bins from the least to the greatest value.
    """

    name: str
    role: str
    unit: str
    low: float
    median: float
    high: float
    distinct: int
    error: float
    counts: tuple[int, ...]


def columns_of(table: Table, units: Mapping[str, str]) -> tuple[Column, ...]:
    """The target first, then the inputs.

    >>> table = Table(("x",), np.array([[1.0], [2.0], [4.0], [4.0]]), "y", np.arange(4.0))
    >>> [(c.name, c.low, c.median, c.high, c.distinct) for c in columns_of(table, {})]
    [('y', 0.0, 1.5, 3.0, 4), ('x', 1.0, 3.0, 4.0, 3)]
    """
    return tuple(
        _column(name, role, {**table.units, **units}.get(name, ""), values, errors)
        for name, role, values, errors in _parts(table)
    )


def _parts(table: Table) -> Iterator[tuple[str, str, np.ndarray, np.ndarray | None]]:
    yield table.target, "target", table.y, table.sigma
    for j, name in enumerate(table.columns):
        yield name, "input", table.X[:, j], None if table.x_sigma is None else table.x_sigma[:, j]


def _column(name: str, role: str, unit: str, values: np.ndarray, errors: np.ndarray | None) -> Column:
    counts, _ = np.histogram(values, bins=BINS)
    return Column(
        name,
        role,
        unit,
        float(values.min()),
        float(np.median(values)),
        float(values.max()),
        len(np.unique(values)),
        float("nan") if errors is None or not errors.any() else float(np.median(errors)),
        tuple(counts.tolist()),
    )
