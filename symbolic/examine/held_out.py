"""How well a formula predicts rows that its constants were not fitted to.

The rows are dealt into folds at random. For each fold the constants are fitted anew to the other rows, from
the values they have, and the fold is predicted. Only constants are told anew: the form of the formula and
its exact numbers were chosen with all rows in sight, so the loss is honest about the constants and no more.
"""

import numpy as np

from kantools.clock import now
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.fitting import fit_constants, row_losses
from kantools.symbolic.formula import Formula

__all__ = ["held_out_loss"]

FOLDS = 5
MOST_ROWS = 20_000  # of a longer table a sample tells as much
ITERATIONS = 30


def held_out_loss(
    formula: Formula, data: Data, *, folds: int = FOLDS, seed: int = 0, deadline: float = np.inf
) -> float:
    """Mean loss on rows held out, weighted as the fit was; squared residuals unless the loss is another.

    ``Σ_k Σ_{i in fold k} w_i (y_i - f(x_i; p_k))² / n`` with the constants ``p_k`` fitted to the rows outside
    of fold ``k`` (cross-validation: Stone, *J. R. Stat. Soc. B* 36, 1974).

    Parameters
    ----------
    formula : Formula
    data : Data
        The rows that it was fitted to.
    folds : int
        At most; fewer where there are fewer rows.
    seed : int
        Of how the rows are dealt.
    deadline : float
        On the clock that counts (:mod:`kantools.clock`): no fold begins after it.

    Returns
    -------
    float
        NaN where time ran out or the rows outside of a fold are too few for the constants; infinite where
        the formula is not real on a row held out.

    Examples
    --------
    >>> import sympy
    >>> from kantools.symbolic.formula import Constant
    >>> x, c0 = sympy.symbols("x c0")
    >>> rows = Data(("x",), np.ones((4, 1)), np.array([0.0, 0.0, 0.0, 4.0]), np.ones(4))
    >>> mean = Formula(("x",), "y", c0 * x, (Constant(c0, 1.0, 1.0),), loss=3.0)
    >>> round(held_out_loss(mean, rows), 3)  # leaving one out of four: residuals 4/3 three times, then 4
    5.333
    """
    rows = _sample(data, seed)
    free = {c.symbol: c.value for c in formula.free}
    program = compile_expression(formula.free_template, rows.symbols, tuple(free))
    place = np.random.default_rng(seed).permutation(len(rows.y)) % min(folds, len(rows.y))
    squares = np.full(len(rows.y), np.nan)
    for fold in range(place.max() + 1):
        held = place == fold
        if now() > deadline or (~held).sum() < max(len(free), 1):
            return float("nan")
        seen, out = rows.take(~held), rows.take(held)
        fit = fit_constants(program, list(free.values()), seen, max_iterations=ITERATIONS)
        squares[held] = row_losses(program, fit.values, out)
    mean = float(squares.mean())
    return mean if np.isfinite(mean) else float("inf")


def _sample(data: Data, seed: int) -> Data:
    if len(data.y) <= MOST_ROWS:
        return data
    return data.take(np.sort(np.random.default_rng(seed).choice(len(data.y), MOST_ROWS, replace=False)))
