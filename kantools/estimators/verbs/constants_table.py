"""The constants of a formula as a data frame."""

import pandas as pd
from scipy.stats import t

from kantools.symbolic.formula import Formula

__all__ = ["constants_table"]


def constants_table(formula: Formula, level: float = 0.95) -> pd.DataFrame:
    """One row a constant, by name: ``value``, ``error``, ``lower``, ``upper``, ``exact``, ``unit``.

    The bounds are ``value ± t(level, ν) error`` with the formula's degrees of freedom ν. Of a constant that
    was recognised as an exact number ``exact`` is its name, and the other columns tell what a free fit gave.

    Parameters
    ----------
    formula : Formula
    level : float
        Of confidence.

    Examples
    --------
    >>> import numpy as np
    >>> from sympy import symbols
    >>> from kantools.symbolic.formula import Constant
    >>> x, c0 = symbols("x c0")
    >>> errors = Constant(c0, 4.905, 0.002), np.array([[4e-6]])
    >>> constants_table(Formula(("x",), "y", c0 * x**2, errors[:1], errors[1], freedom=10)).round(4)
        value  error   lower   upper exact  unit
    c0  4.905  0.002  4.9005  4.9095  None  None
    """
    q = float(t.ppf(0.5 + level / 2, formula.freedom))
    rows = {
        c.symbol.name: {
            "value": c.value,
            "error": c.error,
            "lower": c.value - q * c.error,
            "upper": c.value + q * c.error,
            "exact": None if c.exact is None else str(c.exact),
            "unit": c.unit,
        }
        for c in formula.constants
    }
    columns = ["value", "error", "lower", "upper", "exact", "unit"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)
