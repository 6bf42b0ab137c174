"""How well a formula fits a table: residuals, in units of their scatter too, and which rows lie far off."""

from dataclasses import dataclass, replace

import numpy as np

from kantools.symbolic.examine.standardised import standardised
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.fit.noisy import with_noise, with_rounded_inputs
from kantools.symbolic.fit.robust import OUTLYING, median_scatter
from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = ["GoodnessOfFit", "goodness_of"]


#: A share of the rows that single rows can be said to lie off.
FEW = 0.05


@dataclass(frozen=True)
class GoodnessOfFit:
    """A formula's residuals.

    Attributes
    ----------
    predicted, residual : ndarray, shape (rows,)
        ``residual = y - predicted``, in the target's unit; NaN where the formula has no value.
    standard : ndarray, shape (rows,)
        Residuals in units of their scatter: the given standard errors, else a robust estimate of it.
    unexplained : float
        ``1 - R²``.
    deviation : float
        Root mean square of the residuals over that of the target.
    rounding : bool
        Whether nothing but rounding error is left.
    undefined : int
        Rows where the formula has no finite value.
    """

    predicted: np.ndarray
    residual: np.ndarray
    standard: np.ndarray
    unexplained: float
    deviation: float
    rounding: bool
    undefined: int

    @property
    def outlying(self) -> np.ndarray:
        """Places of the rows that lie more than 4 times the scatter off the formula."""
        if self.rounding:
            return np.zeros(0, dtype=int)
        return np.flatnonzero(np.abs(self.standard) > OUTLYING)

    @property
    def marked(self) -> np.ndarray:
        """The outlying rows to be marked in a chart; none where they are so many that nothing stands out."""
        rows = self.outlying
        return rows if len(rows) <= FEW * len(self.residual) else rows[:0]


def goodness_of(
    formula: Formula, table: Table, noise: str = "constant", loss: str = "squared"
) -> GoodnessOfFit:
    """The residuals of a formula in a table.

    Parameters
    ----------
    formula : Formula
    table : Table
    noise : str
        The noise model, where standard errors are not given.
    loss : str
        What the formula was fitted with.

    Examples
    --------
    >>> from sympy import Symbol
    >>> x = np.arange(6.0)
    >>> law = Formula(("x",), "y", 2 * Symbol("x"))
    >>> fit = goodness_of(law, Table(("x",), x[:, None], "y", 2 * x + [1, -1, 1, -1, 1, 50]))
    >>> fit.residual.tolist(), fit.outlying.tolist()
    ([1.0, -1.0, 1.0, -1.0, 1.0, 50.0], [5])
    """
    data = data_of(replace(table, weight=None), loss=loss)
    predicted = np.broadcast_to(formula.predict(table.X), table.y.shape).astype(float)
    if noise != "given" and np.isfinite(predicted).all():
        data = with_rounded_inputs(with_noise(data, noise, predicted), formula.predict)
    residual = table.y - predicted
    with np.errstate(all="ignore"):
        standard = standardised(formula, data)
        if not data.known:
            standard = standard / median_scatter(standard[np.isfinite(standard)])
    there = np.isfinite(residual)
    squares = float(residual[there] @ residual[there])
    return GoodnessOfFit(
        predicted,
        residual,
        standard,
        squares / float(np.sum((table.y - table.y.mean()) ** 2)),
        float(np.sqrt(squares / np.sum(table.y**2))),
        data.explained(float(np.mean(data.weight[there] * residual[there] ** 2))) if there.any() else False,
        int((~there).sum()),
    )
