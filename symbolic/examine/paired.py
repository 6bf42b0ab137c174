"""Two formulas on the same rows, compared row by row.

Both meet the same noise, so what they lose to it goes up and down together, and their difference is known
far better than either loss: the standard error is that of a paired test, not of two samples. Q. H. Vuong
compares log-likelihoods in this way (*Econometrica* 57, 307, 1989), which under normal noise are the squares
here; that a model within one standard error of another fits as well is the rule of L. Breiman, J. Friedman,
R. Olshen and C. Stone (*Classification and Regression Trees*, 1984, section 3.4.3).
"""

from dataclasses import dataclass

import numpy as np

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.fitting import row_losses
from kantools.symbolic.formula import Formula

__all__ = ["Paired", "losses_of", "paired"]


@dataclass(frozen=True)
class Paired:
    """How much more one formula loses than another, a row.

    Attributes
    ----------
    difference : float
        Of the losses; negative where the one fits better than the other.
    error : float
        Standard error of that; NaN of a single row.

    Examples
    --------
    >>> Paired(0.1, 0.3).as_good, Paired(0.4, 0.3).as_good
    (True, False)
    """

    difference: float
    error: float

    @property
    def as_good(self) -> bool:
        """Whether the one fits as well as the other or better, within one standard error."""
        return self.difference <= self.error


def paired(one: Formula, other: Formula, data: Data) -> Paired:
    """``mean(d) ± sqrt(var(d) / n)`` of ``d_i = w_i (y_i - f(x_i))² - w_i (y_i - g(x_i))²``.

    Parameters
    ----------
    one, other : Formula
        ``f`` and ``g``. Where one has no real value, it is infinitely worse.
    data : Data
        The rows that both were fitted to; its loss may be another than the squared one, and errors of the
        inputs count.

    Examples
    --------
    >>> from sympy import Symbol
    >>> rows = Data(("x",), np.arange(4.0)[:, None], np.array([1.0, 0.0, 3.0, 2.0]), np.ones(4))
    >>> x = Symbol("x")
    >>> paired(Formula(("x",), "y", x + 0.5), Formula(("x",), "y", x), rows)
    Paired(difference=0.25, error=0.5773502691896257)
    """
    with np.errstate(all="ignore"):
        more = losses_of(one, data) - losses_of(other, data)
    if not np.isfinite(more).all():
        return Paired(np.inf, np.nan)
    error = float(more.std(ddof=1) / np.sqrt(len(more))) if len(more) > 1 else np.nan
    return Paired(float(more.mean()), error)


def losses_of(formula: Formula, data: Data) -> np.ndarray:
    """What a formula loses on each row as the rows are weighed here, shape (rows,)."""
    return row_losses(compile_expression(formula.expression, data.symbols), (), data)
