"""Constants under a robust loss, or with errors of the inputs: the last step of a fit.

Plain least squares comes first. Then the scatter of the target is estimated from what the program leaves,
where it was not told, and the constants follow it (:mod:`kantools.symbolic.fit.fitting`), in turn, until
neither moves.
"""

from dataclasses import replace

import numpy as np

from kantools.symbolic.evaluate import Program
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.fitting import fit_constants
from kantools.symbolic.fit.least_squares import Fit
from kantools.symbolic.fit.scatter import with_scatter
from kantools.symbolic.fit.settle import Settled

__all__ = ["with_all_errors"]

ROUNDS = 40
SAME = 1e-9  # relative change of the scatter


def with_all_errors(program: Program, end: Settled, told: Data) -> tuple[Settled, Data, float]:
    """The constants at their best, the rows with known scatter, and the unit of their squared residuals."""
    values, rows, before = end.values, told, np.inf
    for _ in range(ROUNDS):
        rows = with_scatter(told, lambda X, p=values: program.value(X, p), end.rank)  # type: ignore[misc]
        fit = fit_constants(program, values, rows, max_iterations=200)
        values, unit = fit.values, float(told.weight.mean() / rows.weight.mean())
        if abs(unit - before) <= SAME * unit:
            break
        before = unit
    return _settled(fit, end, len(rows.y)), rows, 1.0 if told.known else unit


def _settled(fit: Fit, end: Settled, rows: int) -> Settled:
    scaled, scale = fit.scaled_information
    inverse = np.linalg.pinv(scaled) / scale[:, None] / scale
    inverse[end.open] = inverse[:, end.open] = np.nan
    offset = end.offset if fit.converged else np.inf
    return replace(
        end,
        values=fit.values,
        rss=fit.loss * rows,
        inverse=inverse,
        information=fit.information,
        offset=offset,
        certain=end.certain and fit.converged,
    )
