"""How many standard deviations each row lies off a formula."""

import numpy as np

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.fitting import deviations
from kantools.symbolic.formula import Formula

__all__ = ["standardised"]


def standardised(formula: Formula, data: Data) -> np.ndarray:
    """Residuals in units of their scatter, errors of the inputs included, shape (rows,)."""
    return deviations(compile_expression(formula.expression, data.symbols), (), data)
