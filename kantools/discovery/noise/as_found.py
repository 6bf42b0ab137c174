"""Rows weighed as a search has found their noise."""

from dataclasses import replace
from typing import TYPE_CHECKING

from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.noisy import with_noise

if TYPE_CHECKING:
    from kantools.discovery.result import Discovery

__all__ = ["as_found"]


def as_found(data: Data, found: "Discovery") -> Data:
    """The rows of a table with the weights that they had for the formulas of a search.

    As the noise model has it around the chosen formula; in units of the scatter that was found, where a
    robust loss or errors of the inputs asked for one.
    """
    rows = with_noise(data, found.noise, found.chosen.predict(data.X))
    if rows.known or found.scale == 1:
        return rows
    return replace(rows, weight=rows.weight / found.scale**2, known=True, estimated=True)
