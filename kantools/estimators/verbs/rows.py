"""Rows to compare with, fit to or report on: one rule for figures, reports and steps by hand."""

from typing import TYPE_CHECKING

import numpy as np

from kantools.errors import SettingError
from kantools.estimators.tables import Sigma, XSigma, table_of
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.estimators.fitted import Fitted
    from kantools.estimators.trained import Trained

__all__ = ["rows_to_judge_by"]


def rows_to_judge_by(
    fitted: "Fitted | Trained",
    X: np.ndarray | Table | None = None,
    y: np.ndarray | None = None,
    sigma: Sigma = None,
    weight: np.ndarray | None = None,
    x_sigma: XSigma = None,
) -> Table | None:
    """The rows that are given, else those of the fit; None where it does not have them any more.

    Raises
    ------
    SettingError
        For inputs without their targets, targets without their inputs, and a table of something else.
    """
    if isinstance(X, Table):
        return _of_the_fit(X, fitted.columns, fitted.target)
    if X is None and y is None:
        return fitted.table
    if X is None or y is None:
        got = "y without X" if X is None else "X without y"
        raise SettingError(f"Rows to judge by are inputs and their targets; got {got}. Pass both.")
    return table_of(X, y, fitted.columns, fitted.target, sigma, weight, x_sigma)


def _of_the_fit(table: Table, columns: tuple[str, ...], target: str) -> Table:
    missing = [c for c in columns if c not in table.columns]
    if missing or table.target != target:
        wanted = f"{target} in {', '.join(columns)}"
        raise SettingError(
            f"A table to judge by is that of the fit, {wanted}; got {table.target} in "
            f"{', '.join(table.columns)}. Pass the table of the fit."
        )
    return table.select(columns)
