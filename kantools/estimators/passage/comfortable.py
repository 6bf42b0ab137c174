"""Units in which the numbers of a table and their squares are floats, and tables for which there are none.

Squares of 1e200 are no floats, and laws are full of powers. A column whose largest number lies beyond the
range of single precision is divided by a power of two, which rounds nothing; so is the target.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from kantools.errors import TableError
from kantools.estimators.passage.magnitudes import Magnitudes
from kantools.table import Table

__all__ = ["comfortable"]

#: Largest exponent of two of a column that is left as it is.
COMFORTABLE = 128
#: Exponent of two of the smallest float with all its digits.
SMALLEST = -1021
#: Standard errors lie within this factor of the target's size, up and down; their squares are weights.
FARTHEST = 1e100
#: How often a row may count, beside another row or, where its error is known, at all.
MOST_TIMES = 1e30


def comfortable(table: Table) -> tuple[Table, Magnitudes]:
    """The table in units in which its numbers and their squares are floats, and the way back from these.

    Raises
    ------
    TableError
        Where numbers of one column or weights differ so much that there is no such unit, or standard errors
        are so much larger or smaller than the target that their squares are no floats.

    Examples
    --------
    >>> x = np.linspace(1, 2, 5)
    >>> small, magnitudes = comfortable(Table(("x",), 1e200 * x[:, None], "y", x))
    >>> magnitudes.columns, magnitudes.target, bool(small.X.max() <= 1)
    ((666,), 0, True)
    """
    columns = tuple(_exponent(x) for x in table.X.T)
    found = Magnitudes(columns, _exponent(table.y), table)
    _refuse_far_weights(table)
    table = _with_usual_weights(table)
    for name, values in zip((*table.columns, table.target), (*table.X.T, table.y), strict=True):
        _refuse_wide(name, values)
    _refuse_far_errors(table)
    if not found.plain:
        sigma = None if table.sigma is None else np.ldexp(table.sigma, -found.target)
        x_sigma = None if table.x_sigma is None else found.divided(table.x_sigma)
        X, y = found.divided(table.X), np.ldexp(table.y, -found.target)
        table = replace(table, X=X, y=y, sigma=sigma, x_sigma=x_sigma)
    return table, found


def _exponent(values: np.ndarray) -> int:
    """The power of two to divide by; zero for usual numbers, and no more than the smallest of them bears."""
    size = np.abs(values[values != 0])
    if not len(size):
        return 0
    high, low = int(np.frexp(size.max())[1]), int(np.frexp(size.min())[1])
    if abs(high) <= COMFORTABLE:
        return 0
    return min(high, max(low - SMALLEST, 0)) if high > 0 else high


def _refuse_wide(name: str, values: np.ndarray) -> None:
    size = np.abs(values[values != 0])
    if np.frexp(size.max())[1] - _exponent(values) > COMFORTABLE:
        raise TableError(
            f"The sizes of a column's numbers lie within 2**{COMFORTABLE - SMALLEST} of each other; "
            f'"{name}" has {size.min():.3g} and {size.max():.3g}. Correct it; where one stands for a missing '
            "cell, leave the row out."
        )


def _with_usual_weights(table: Table) -> Table:
    """Weights count relative to each other, unless standard errors give them a size."""
    if table.weight is None or table.sigma is not None:
        return table
    exponent = int(np.frexp(table.weight.max())[1])
    return table if abs(exponent) <= COMFORTABLE else replace(table, weight=np.ldexp(table.weight, -exponent))


def _refuse_far_weights(table: Table) -> None:
    """Raise where rows weigh nothing beside others, or are counted so often that squares are no floats."""
    if table.weight is None:
        return
    counted = table.weight[table.weight > 0]
    low, high = float(counted.min()), float(counted.max())
    least = 1 / MOST_TIMES if table.sigma is not None else high / MOST_TIMES
    most = MOST_TIMES if table.sigma is not None else high
    if low < least or high > most:
        raise TableError(
            f"Weights say how often a row counts, within a factor of {MOST_TIMES:g} of each other and, "
            f"beside standard errors, of 1; they go from {low:.3g} to {high:.3g}. Correct them, or give 0 to "
            "rows that do not count."
        )


def _refuse_far_errors(table: Table) -> None:
    size = float(np.abs(table.y).max())
    for name, errors, whole in _errors(table, size):
        far = (errors > 0) & ~((errors > whole / FARTHEST) & (errors < whole * FARTHEST))
        if far.any():
            with np.errstate(over="ignore"):
                worst = float(errors[far][0] / whole)
            raise TableError(
                f"A standard error lies within a factor of {FARTHEST:g} of the size of what it belongs to; "
                f"{name} is {worst:.3g} of it in {far.sum()} rows. Correct it, or leave it out."
            )


def _errors(table: Table, size: float) -> Iterator[tuple[str, np.ndarray, float]]:
    if table.sigma is not None:
        yield "sigma", table.sigma, size
    if table.x_sigma is not None:
        for column, errors, x in zip(table.columns, table.x_sigma.T, table.X.T, strict=True):
            yield f"x_sigma of {column}", errors, float(np.abs(x).max()) or 1.0
