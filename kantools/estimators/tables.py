"""Tables from the arrays that scikit-learn's users give, who do not choose columns by hand.

Inputs may be constant here: they stay columns of the table, and whoever has no use for them leaves them out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from sklearn.utils.validation import column_or_1d

from kantools.estimators.inputs import free_name
from kantools.table import Table, TableError, input_errors, table_from_arrays

__all__ = [
    *("Given", "XSigma", "Sigma", "Values"),
    *("sigma_columns", "table_of", "table_to_train_on", "tables_of"),
]

#: One a row, where they are given: targets, weights.
Values: TypeAlias = ArrayLike | None
#: Inputs, or a table with everything, where they are given.
Given: TypeAlias = ArrayLike | Table | None
#: Standard errors: one for all rows, or one a row; for several targets perhaps in columns.
Sigma: TypeAlias = np.ndarray | float | None
#: Those of the inputs: one for all, for each column, for each cell, or by name.
XSigma: TypeAlias = ArrayLike | Mapping[str, ArrayLike] | None


def table_of(
    X: np.ndarray,
    y: np.ndarray,
    columns: Sequence[str],
    target: str,
    sigma: Sigma = None,
    weight: np.ndarray | None = None,
    x_sigma: XSigma = None,
    *,
    some_vary: bool = False,
) -> Table:
    """A checked table in which inputs may be constant; all of them, unless some have to vary.

    Raises
    ------
    TableError
        For everything else that :func:`kantools.table.check` refuses.

    Examples
    --------
    >>> table_of(np.ones((5, 1)), np.arange(5.0), ["gravity"], "time").columns
    ('gravity',)
    """
    varied = X.min(axis=0) < X.max(axis=0)
    if some_vary and not varied.any():
        raise TableError("At least one input has to vary; none does.")
    errors = input_errors(x_sigma, columns, len(X))
    names = [c for c, v in zip(columns, varied, strict=True) if v] or [free_name("row", (target,))]
    checked = X[:, varied] if varied.any() else np.arange(len(X))
    part = None if errors is None or not varied.any() else errors[:, varied]
    table = table_from_arrays(checked, y, names, target=target, sigma=sigma, weight=weight, x_sigma=part)
    return replace(table, columns=tuple(columns), X=X, x_sigma=errors)


def tables_of(
    X: np.ndarray,
    y: np.ndarray,
    columns: Sequence[str],
    targets: Sequence[str],
    sigma: Sigma,
    weight: np.ndarray | None,
    x_sigma: XSigma,
) -> list[Table]:
    """A table to search for each target; all are checked before the first search begins."""
    Y = y[:, None] if y.ndim == 1 else y
    if y.ndim == 2 and len(targets) == 1:
        column_or_1d(y, warn=True)
    parts = zip(targets, Y.T, sigma_columns(sigma, Y.shape), strict=True)
    return [
        table_of(X, one, columns, name, part, weight, x_sigma, some_vary=True) for name, one, part in parts
    ]


def table_to_train_on(
    X: np.ndarray,
    y: np.ndarray,
    columns: Sequence[str],
    target: str,
    sigma: Sigma = None,
    weight: np.ndarray | None = None,
) -> Table:
    """One in which the target may be constant too, and have several columns: networks learn these as well."""
    ramp, shape = np.arange(len(y)), (len(y), y.size // len(y))
    checked = [table_of(X, ramp, columns, target, part, weight) for part in sigma_columns(sigma, shape)]
    errors = [table.sigma for table in checked if table.sigma is not None]
    of_each = len(errors) > 1 and np.ndim(sigma) == 2  # type: ignore[arg-type]
    spread = np.stack(errors, axis=1) if of_each else checked[0].sigma
    return replace(checked[0], y=np.asarray(y, dtype=float), sigma=spread)


def sigma_columns(sigma: Sigma, shape: tuple[int, ...]) -> list[Sigma]:
    """The standard errors of each target.

    Parameters
    ----------
    sigma : float, array of shape (rows,) or (rows, targets), or None
    shape : tuple of int
        Rows and targets.

    Examples
    --------
    >>> [part.tolist() for part in sigma_columns([[1, 2], [1, 2]], (2, 2))], sigma_columns(0.1, (5, 2))
    ([[1, 1], [2, 2]], [0.1, 0.1])
    """
    if sigma is None or np.ndim(sigma) < 2:
        return [sigma] * shape[1]
    if np.shape(sigma) != shape:
        raise TableError(
            f"sigma has the shape (rows,) or that of y, {shape}; got {np.shape(sigma)}. Give one of them."
        )
    return list(np.asarray(sigma).T)
