"""Whether a formula explains its rows: to rounding error, or to the standard errors that were given."""

import numpy as np

from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula

__all__ = ["explained"]


def explained(formula: Formula, data: Data) -> bool:
    """Nothing but rounding is left, or chi² lies within its spread around the number of rows.

    That a target is counts is concluded from it, so chi² of a law of counts says less, and ends nothing.
    """
    if data.known and data.scatter != "counts" and formula.loss <= 1 + np.sqrt(2 / len(data.y)):
        return True
    return data.explained(formula.loss)
