"""Rows weighed as a search has found their noise."""

from dataclasses import replace
from typing import TYPE_CHECKING

from kantools.symbolic.fit.data import Data

if TYPE_CHECKING:
    from kantools.discovery.result import Discovery

__all__ = ["as_found"]


def as_found(data: Data, found: "Discovery") -> Data:
    """The rows of a table with the weights that they had for the formulas of a search.

    In proportion to the chosen formula where the scatter goes with the target; in units of the scatter that
    was found, where a robust loss or errors of the inputs asked for one.
    """
    if data.known:
        return data
    if found.noise == "relative":
        data = data.relative(found.chosen.predict(data.X))
    if found.scale == 1:
        return data
    return replace(data, weight=data.weight / found.scale**2, known=True, estimated=True)
