"""A table of measurements: named columns, a target, and how well the target was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

__all__ = ["Table"]


@dataclass(frozen=True)
class Table:
    """Named input columns and one target.

    Attributes
    ----------
    columns : tuple of str
        Names of the inputs.
    X : ndarray, shape (rows, len(columns)), float64
    target : str
        Name of the target.
    y : ndarray, shape (rows,), float64
    sigma : ndarray, shape (rows,), or None
        Standard error of each target value, in the target's unit; None where it is not known.
    weight : ndarray, shape (rows,), or None
        How much a row counts (scikit-learn's ``sample_weight``).
    units : mapping of str to str
        Units of the columns, for labels.
    """

    columns: tuple[str, ...]
    X: np.ndarray
    target: str
    y: np.ndarray
    sigma: np.ndarray | None = None
    weight: np.ndarray | None = None
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(self.y)

    def take(self, rows: np.ndarray | Sequence[int] | slice) -> "Table":
        """The same table with these rows only."""
        part = {k: v[rows] for k in ("X", "y", "sigma", "weight") if (v := getattr(self, k)) is not None}
        return replace(self, **part)

    def select(self, columns: Sequence[str]) -> "Table":
        """The same table with these input columns only, in this order."""
        index = [self.columns.index(c) for c in columns]
        return replace(self, columns=tuple(columns), X=self.X[:, index])
