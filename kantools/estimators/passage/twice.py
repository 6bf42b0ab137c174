"""Columns that say what another one says already, such as one that stands there twice or in another unit.

With ``x_2 = a x_1 + b`` every law of both is one of the first: no data tell them apart, and a search that
carries both has twice the way to go.
"""

import numpy as np

from kantools.estimators.passage.back import Back
from kantools.estimators.passage.columns import ColumnsBack
from kantools.table import Table
from kantools.warn import Notice, warn

__all__ = ["EqualColumns", "columns_once"]

#: Share of a column's spread that is rounding, also of numbers that were written with seven digits.
ROUNDING = 1e-7
#: Different numbers that a column has at least for it to be told whether another follows it in a line.
FEWEST = 3


class EqualColumns(Notice):
    """A column is left out because an earlier one says the same."""


def columns_once(table: Table) -> tuple[Table, Back]:
    """The table without columns that are ``a + b x`` of an earlier column ``x``; the first one stays.

    Warns
    -----
    EqualColumns
        Which columns say the same, and what to do about it.

    Examples
    --------
    >>> import warnings
    >>> x = np.arange(5.0)
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     inner, back = columns_once(Table(("t", "u"), np.column_stack([x, 2 * x + 1]), "y", x**2))
    >>> inner.columns, str(caught[0].message)
    (('t',), 'Each column tells something of its own; "u" is a straight line of "t". It is left out; \
drop one.')
    """
    kept: list[int] = []
    for k, x in enumerate(table.X.T):
        same = next((j for j in kept if _in_line(table.X[:, j], x)), None)
        if same is None:
            kept.append(k)
        else:
            _say(table.columns[same], table.columns[k], equal=bool((table.X[:, same] == x).all()))
    names = tuple(table.columns[k] for k in kept)
    return table.select(names), ColumnsBack(table.columns, names)


def _in_line(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether the other is a straight line of the one, to rounding."""
    if len(np.unique(one)) < FEWEST:
        return bool((one == other).all())
    with np.errstate(all="ignore"):
        u, v = ((x - x.mean()) / np.abs(x - x.mean()).max() for x in (one, other))
        return bool(np.abs(v - u * (u @ v) / (u @ u)).max() <= ROUNDING)


def _say(first: str, second: str, *, equal: bool) -> None:
    how = "equal to" if equal else "a straight line of"
    warn(
        f'Each column tells something of its own; "{second}" is {how} "{first}". It is left out; drop one.',
        EqualColumns,
    )
