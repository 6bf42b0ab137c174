"""A table's rows for steering: those that networks are trained on and those they are judged by."""

from dataclasses import dataclass

import numpy as np

from kantools.errors import SettingError
from kantools.network import KAN, predict
from kantools.steering.step import Losses
from kantools.table import Table
from kantools.training.checked_rows import table_weights
from kantools.training.held_out import drawn

__all__ = ["Judges", "judges_of", "losses"]


@dataclass(frozen=True)
class Judges:
    """The two parts of a table."""

    trained: Table
    held_out: Table


def judges_of(table: Table, share: float, seed: int) -> Judges:
    """A share of the rows, drawn at random, held out.

    >>> parts = judges_of(Table(("x",), np.ones((10, 1)), "y", np.ones(10)), 0.2, seed=0)
    >>> parts.trained.rows, parts.held_out.rows
    (8, 2)
    """
    if not 0 < share < 1:
        raise SettingError(f"held_out is a share of the rows between 0 and 1; got {share!r}. Try 0.2.")
    return Judges(*map(table.take, drawn(table.rows, share, seed)))


def losses(network: KAN, judges: Judges) -> Losses:
    """Weighted mean squared errors, both over the variance of the rows trained on."""
    y, weight = judges.trained.y, table_weights(judges.trained)
    variance = float(np.average((y - np.average(y, weights=weight)) ** 2, weights=weight)) or 1.0
    parts = (_squares(network, part) / variance for part in (judges.trained, judges.held_out))
    return Losses(*parts)


def _squares(network: KAN, table: Table) -> float:
    with np.errstate(all="ignore"):
        squares = (table.y - predict(network, table.X)) ** 2
    return float(np.average(squares, weights=table_weights(table)))
