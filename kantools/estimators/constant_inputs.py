"""Inputs that never vary, in an estimator.

They cannot matter, so the search does not see them; but scikit-learn's users do not choose columns by hand,
so the formula still takes them, and nobody is warned.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kantools.symbolic.trust.domain import Range
from kantools.table import Table, TableError, input_errors, table_from_arrays, varying

__all__ = ["in_all_columns", "table_with_constants", "without_constants"]


def table_with_constants(
    X: np.ndarray,
    y: np.ndarray,
    columns: Sequence[str],
    target: str,
    sigma: Any,
    weight: Any,
    x_sigma: Any = None,
) -> Table:
    """A checked table in which inputs may be constant: scikit-learn's users do not choose them by hand."""
    varied = X.min(axis=0) < X.max(axis=0)
    if not varied.any():
        raise TableError("At least one input has to vary; none does.")
    kept = [c for c, v in zip(columns, varied, strict=True) if v]
    errors = input_errors(x_sigma, columns, len(y))
    part = None if errors is None else errors[:, varied]
    table = table_from_arrays(X[:, varied], y, kept, target=target, sigma=sigma, weight=weight, x_sigma=part)
    return replace(table, columns=tuple(columns), X=X, x_sigma=errors)


def without_constants(table: Table) -> Table:
    """The table that is searched: inputs that never vary cannot matter."""
    return table.select(varying(table))


def in_all_columns(discovery: Any, table: Table) -> Any:
    """The discovery with formulas that take every column, also those that never varied.

    These have a place in the formulas' domains: at another value nothing is known of the law.
    """
    if discovery.chosen.columns == table.columns:
        return discovery
    varied = varying(table)  # of many columns some varied and were not searched all the same
    fixed = [(c, float(x[0])) for c, x in zip(table.columns, table.X.T, strict=True) if c not in varied]
    front = tuple(_with(f, table.columns, fixed) for f in discovery.front)
    return replace(discovery, front=front, chosen=_with(discovery.chosen, table.columns, fixed))


def _with(formula: Any, columns: tuple[str, ...], fixed: Sequence[tuple[str, float]]) -> Any:
    domain = formula.domain
    if domain is not None:
        domain = replace(domain, ranges=(*domain.ranges, *(Range(c, value, value) for c, value in fixed)))
    return replace(formula, columns=columns, domain=domain)
