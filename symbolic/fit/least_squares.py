"""All constants of a formula together, by Levenberg-Marquardt in float64.

The Jacobian is exact (:mod:`kantools.symbolic.evaluate`), so a noise-free law is recovered to rounding
error and the covariance ``s² (JᵀWJ)⁻¹`` can be trusted. A step into a region where the formula is not
real is rejected like any other bad step.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kantools.clock import CALL, worked
from kantools.symbolic.evaluate import Program

__all__ = ["Fit", "least_squares"]

Array = np.ndarray
#: What a step of least squares takes beside the Jacobian: array calls, and passes over the Jacobian.
STEP_CALLS, J_PASSES = 12, 4


@dataclass(frozen=True)
class Fit:
    """Fitted constants.

    Attributes
    ----------
    values : ndarray, shape (parameters,)
    loss : float
        Mean of the squared weighted residuals; infinite where the formula is not real on some row.
    information : ndarray, shape (parameters, parameters)
        ``JᵀWJ`` at the optimum.
    converged : bool

    Examples
    --------
    >>> fit = Fit(np.array([2.0]), 0.25, np.array([[16.0]]), True)
    >>> error = np.sqrt(np.linalg.inv(fit.information).diagonal())  # where sigma is known
    >>> float(fit.values[0]), error.tolist()
    (2.0, [0.25])
    """

    values: Array
    loss: float
    information: Array
    converged: bool

    @property
    def scaled_information(self) -> tuple[Array, Array]:
        """The information with a diagonal of 1, and what each constant's row and column were divided by.

        Constants are of all sizes; what depends on another is to be seen whatever its unit.
        """
        scale = np.sqrt(np.diag(self.information))
        scale = np.where(scale > 0, scale, 1.0)
        return self.information / scale[:, None] / scale, scale


def least_squares(
    program: Program,
    start: Sequence[float] | Array,
    X: Array,
    y: Array,
    weight: Array | None = None,
    *,
    max_iterations: int = 60,
    free: Array | None = None,
) -> Fit:
    """Minimise ``mean(weight * (y - f(X; p))²)`` over ``p``.

    Parameters
    ----------
    program : Program
    start : array, shape (parameters,)
    X, y, weight : arrays
        ``weight`` multiplies the squared residuals; None means one.
    free : boolean array, shape (parameters,), or None
        Which parameters move; None means all.

    Notes
    -----
    Marquardt's (1963) scaling by the largest diagonal seen so far, as in Moré (1978); the damping follows
    Nielsen's (1999) gain-ratio rule.

    Examples
    --------
    >>> import sympy
    >>> from kantools.symbolic.evaluate import compile_expression
    >>> x, b = sympy.symbols("x b")
    >>> X = np.linspace(0, 2, 9)[:, None]
    >>> fit = least_squares(compile_expression(sympy.exp(-b * x), [x], [b]), [1.0], X, np.exp(-2 * X[:, 0]))
    >>> fit.values.round(9).tolist(), fit.converged
    ([2.0], True)
    """
    with np.errstate(all="ignore"):
        return _minimise(program, np.array(start, dtype=float), X, y, weight, max_iterations, free)


def _minimise(
    program: Program,
    p: Array,
    X: Array,
    y: Array,
    weight: Array | None,
    max_iterations: int,
    free: Array | None,
) -> Fit:
    free = np.ones(len(p), dtype=bool) if free is None else free
    root = np.ones(len(y)) if weight is None else np.sqrt(weight)

    def evaluate(p: Array) -> tuple[Array, Array, float]:
        worked(STEP_CALLS * CALL + J_PASSES * len(y) * len(p))
        value, J = program.jacobian(X, p)
        residual, J = (y - value) * root, J * root[:, None]
        loss = float(residual @ residual)
        good = np.isfinite(loss) and np.isfinite(J).all()
        return residual, J, loss if good and np.abs(J).max(initial=0.0) < 1e150 else np.inf

    residual, J, loss = evaluate(p)
    if not np.isfinite(loss) or not free.any():
        information = J.T @ J if np.isfinite(loss) else np.full((len(p),) * 2, np.nan)
        return Fit(p, loss / len(y), information, np.isfinite(loss))
    damping, grow, scale = 1e-4, 2.0, np.zeros(int(free.sum()))
    converged, tiny = False, (1e-16 * np.linalg.norm(y * root)) ** 2
    for _ in range(max_iterations):
        A, b = J[:, free].T @ J[:, free], J[:, free].T @ residual
        scale = np.maximum(scale, np.diag(A))
        D = np.where(scale > 0, scale, 1.0)
        step = _solve(A + damping * np.diag(D), b, D)
        trial = p.copy()
        trial[free] += step
        r_new, J_new, loss_new = evaluate(trial)
        predicted = step @ (damping * D * step + b)
        if loss_new <= loss:
            gain = (loss - loss_new) / max(predicted, 1e-300)
            damping *= max(1 / 3, 1 - (2 * gain - 1) ** 3) if gain < 1 else 0.1
            damping, grow = max(damping, 1e-14), 2.0
            small = np.abs(step) <= 1e-13 * (np.abs(trial[free]) + 1e-8)
            converged = loss - loss_new <= 1e-12 * loss or bool(small.all())
            p, residual, J, loss = trial, r_new, J_new, loss_new
            if converged or loss <= tiny:
                converged = True
                break
        else:
            damping, grow = damping * grow, grow * 2
            if damping > 1e14:
                converged = True
                break
    return Fit(p, loss / len(y), J.T @ J, converged)


def _solve(A: Array, b: Array, D: Array) -> Array:
    """Solve the scaled damped normal equations; least squares where they are singular."""
    s = 1 / np.sqrt(D)
    M = A * s[:, None] * s
    try:
        return s * np.linalg.solve(M, s * b)
    except np.linalg.LinAlgError:
        return s * np.linalg.lstsq(M, s * b, rcond=None)[0]
