"""Ridge functions: exponents and coefficients fitted to the data themselves.

A gradient tells roughly which groups a law depends on; noise makes it rougher. The model
``y = exp(a·z) G(B z)`` with ``z`` the columns or their logarithms has few unknowns beside the function ``G``
of one or two variables, a spline that is linear in its coefficients: variable projection (Golub & Pereyra
1973) leaves the entries of ``a`` and ``B``, and their standard errors say which round numbers the data allow.
"""

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import BSpline
from scipy.optimize import least_squares

from kantools.clock import now
from kantools.discovery.views.rows import Rows

__all__ = ["Ridge", "fit_ridge"]

Array = np.ndarray
DEGREE = 3
INTERVALS = {1: 10, 2: 5}  # of the spline, by the number of groups
EVALUATIONS = 15  # a parameter
WORST = 1e6  # a residual no model is asked to have


@dataclass(frozen=True)
class Ridge:
    """A fitted ridge function.

    Attributes
    ----------
    rows : ndarray, shape (groups or groups + 1, inputs)
        The groups and, where there is one, the prefactor's exponents last.
    errors : ndarray
        Their standard errors; zero where an entry was held.
    """

    rows: Array
    errors: Array


def fit_ridge(
    z: Array, data: Rows, start: Array, held: Array, prefactor: bool, deadline: float = np.inf
) -> Ridge | None:
    """Improve rough exponents; None where that is not possible, or not until the deadline.

    Parameters
    ----------
    z : ndarray, shape (rows, inputs)
        The columns, or their logarithms.
    data : Rows
        Target and weights.
    start, held : ndarray, shape (groups [+ 1], inputs)
        The rough numbers, and which of them stay.
    prefactor : bool
        Whether the last row is one.
    deadline : float
        On the clock that counts (:mod:`kantools.clock`), at which the fit is given up.
    """
    groups = len(start) - prefactor
    if groups not in INTERVALS or len(z) < 3 * (INTERVALS[groups] + DEGREE) ** groups:
        return None
    free, root = ~held, np.sqrt(data.weight)

    def numbers(p: Array) -> Array:
        rows = start.copy()
        rows[free] = p
        return rows

    def residual(p: Array) -> Array:
        if now() > deadline:
            raise TimeoutError
        rows = numbers(p)
        with np.errstate(all="ignore"):
            A = _columns(z @ rows[:groups].T, INTERVALS[groups])
            A = A * (root * (np.exp(z @ rows[-1]) if prefactor else 1.0))[:, None]
        if not np.isfinite(A).all():
            return np.full(len(z), WORST)
        norm = np.maximum(np.linalg.norm(A, axis=0), 1e-300)
        solution, *_ = np.linalg.lstsq(A / norm, root * data.y, rcond=1e-10)
        return root * data.y - A / norm @ solution

    p = start[free]
    try:
        found = least_squares(residual, p, method="lm", max_nfev=EVALUATIONS * (len(p) + 1), x_scale=1.0)
    except TimeoutError:
        return None
    return Ridge(numbers(found.x), _errors(found, free)) if np.isfinite(found.cost) else None


def _errors(found, free: Array) -> Array:  # type: ignore[no-untyped-def]
    """Standard errors from the Jacobian at the end."""
    errors = np.zeros(free.shape)
    freedom = max(len(found.fun) - len(found.x), 1)
    inverse = np.linalg.pinv(found.jac.T @ found.jac, rcond=1e-12)
    errors[free] = np.sqrt(np.diag(inverse).clip(0) * 2 * found.cost / freedom)
    return errors


def _columns(u: Array, intervals: int) -> Array:
    """The tensor product of the B-splines of each group, knots at quantiles."""
    A = np.ones((len(u), 1))
    for x in u.T:
        inner = np.quantile(x, np.linspace(0, 1, intervals + 1))
        if np.ptp(inner) == 0:
            return np.full((len(u), 1), np.nan)
        step = np.diff(inner)
        inner = inner[0] + np.concatenate([[0], np.cumsum(step + np.ptp(inner) / intervals)]) / 2
        knots = np.concatenate([[inner[0]] * DEGREE, inner, [inner[-1]] * DEGREE])
        B = BSpline.design_matrix(np.clip(x, knots[0], knots[-1]), knots, DEGREE).toarray()
        A = (A[:, :, None] * B[:, None, :]).reshape(len(u), -1)
    return A
