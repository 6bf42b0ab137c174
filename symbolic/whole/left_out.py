"""Whether a law predicts the rows that it was not fitted to.

A peak can be put on any single row that lies far off, and explains it. Left out of the fit, that row is
predicted by nothing. What a row's residual would have been without it follows from the fit itself, ::

    r_i / (1 - h_i),    h = diag(J (JᵀWJ)⁻¹ JᵀW),

the leverage ``h_i`` being the share that the row has in its own prediction. A law whose squared residuals of
this kind are no smaller than those of a mean tells nothing of the next measurement.

Source: D. M. Allen, "The relationship between variable selection and data augmentation and a method for
prediction", *Technometrics* 16 (1974) 125-127 (the sum of squares is his PRESS).
"""

import numpy as np

from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.directions import directions
from kantools.symbolic.whole.draft import Draft

__all__ = ["left_out", "predicts"]

Array = np.ndarray
#: Of a singular direction: constants that are nearly alike share what they predict.
SINGULAR = 1e-9
#: What a row with all the leverage is divided by.
LEAST = 1e-9


def left_out(residual: Array, J: Array) -> Array:
    """Weighted residuals as they would be, each without its own row; the rows of ``J`` weighted alike.

    >>> y = np.array([1.0, 2.0, 6.0])
    >>> left_out(y - y.mean(), np.ones((3, 1))).round(9).tolist()  # 1 - (2 + 6)/2, ...
    [-3.0, -1.5, 4.5]
    """
    leverage = (directions(J, SINGULAR) ** 2).sum(axis=1)
    return residual / np.maximum(1 - leverage, LEAST)


def predicts(draft: Draft, data: Data) -> bool:
    """Whether rows left out are predicted better than by the mean of the others.

    A law of one constant at most has nothing to follow a row with, and is not asked.

    Examples
    --------
    >>> from sympy import exp, symbols
    >>> from kantools.symbolic.whole.draft import fit_draft
    >>> x, a, b = symbols("x a b")
    >>> noise = np.random.default_rng(0).normal(size=20)
    >>> noise[7] += 9
    >>> rows = Data(("x",), np.arange(20.0)[:, None], noise, np.ones(20))
    >>> predicts(fit_draft(a * exp(-((x - b) ** 2) * 4), {a: 9.0, b: 7.0}, rows), rows)
    False
    """
    if len(draft.constants) < 2:
        return True
    root = np.sqrt(data.weight)
    value, J = draft.program(data).jacobian(data.X, draft.fit.values)
    ours = left_out(root * (data.y - value), root[:, None] * J)
    mean = np.average(data.y, weights=data.weight)
    means = left_out(root * (data.y - mean), root[:, None])
    return bool(np.sum(ours**2) < np.sum(means**2))
