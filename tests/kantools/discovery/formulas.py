"""Tables of a law, and formulas fitted to them, for tests of what a search believes."""

import numpy as np
import sympy
from sympy import Expr, Symbol

from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Formula
from kantools.symbolic.whole.draft import Draft, fit_draft
from kantools.symbolic.whole.polish import polish

__all__ = ["C", "data_of_law", "draft", "formula"]

#: The only constant of these drafts.
C = Symbol("c0")


def data_of_law(law: Expr, noise: float = 0.0, rows: int = 200) -> Data:
    """Rows of columns ``a`` and ``b``; noise as a share of the target's spread."""
    rng = np.random.default_rng(0)
    X = rng.uniform(1, 3, (rows, 2))
    y = sympy.lambdify(sympy.symbols("a b"), law, "numpy")(*X.T) * np.ones(rows)
    return Data(("a", "b"), X, y + noise * y.std() * rng.normal(size=rows), np.ones(rows))


def draft(template: Expr, data: Data) -> Draft:
    return fit_draft(template, {C: 1.0} if template.has(C) else {}, data)


def formula(template: Expr, data: Data) -> Formula:
    found = polish(draft(template, data), data, "y")
    assert found is not None
    return found
