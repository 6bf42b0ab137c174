"""Which rows of a table lie far off the law that was found."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kantools.discovery.noise.as_found import as_found
from kantools.symbolic.examine.standardised import standardised
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.fit.robust import OUTLYING
from kantools.table import Table

if TYPE_CHECKING:
    from kantools.discovery import Discovery

__all__ = ["outlying"]


def outlying(discovery: "Discovery", table: Table, loss: str) -> np.ndarray:
    """Rows whose residual is beyond 4 times its scatter, errors of the inputs included, shape (rows,).

    Examples
    --------
    >>> from kantools.discovery import discover
    >>> x = np.linspace(1, 9, 60)
    >>> y = 2 * x + np.where(np.arange(60) == 7, 500.0, 0.1 * (-1.0) ** np.arange(60))
    >>> table = Table(("x",), x[:, None], "y", y)
    >>> found = discover(table, loss="huber", time_limit=5)
    >>> np.flatnonzero(outlying(found, table, "huber")).tolist()
    [7]
    """
    rows = as_found(data_of(replace(table, weight=None), loss=loss), discovery)
    return ~(np.abs(standardised(discovery.chosen, rows)) <= OUTLYING)
