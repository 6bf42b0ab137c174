"""All constants of a formula together, by Levenberg-Marquardt in float64.

The Jacobian is exact (:mod:`kantools.symbolic.fit.evaluate`), so a noise-free law is recovered to rounding
error and the covariance ``s² (JᵀWJ)⁻¹`` can be trusted. A step into a region where the formula is not
real is rejected like any other bad step.

:func:`least_squares` is what discovery calls for every draft. :func:`refit` is for people who have a form and
a table: it tries several first values, takes the last digits, and says how certain the constants are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kantools.clock import CALL, worked
from kantools.symbolic.fit.evaluate import Program

if TYPE_CHECKING:
    from sympy import Expr, Symbol

    from kantools.symbolic.formula import Formula
    from kantools.table import Table

__all__ = ["ConstantsLeftOpen", "Fit", "NotConverged", "least_squares", "refit"]

Array = np.ndarray
#: What a step of least squares takes beside the Jacobian: array calls, and passes over the Jacobian.
STEP_CALLS, J_PASSES = 12, 4


class ConstantsLeftOpen(UserWarning):
    """The rows do not tell some constants apart; the message names them.

    >>> import warnings
    >>> from kantools.table import Table
    >>> x = np.arange(1.0, 7.0)
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     formula = refit("a*b*x", Table(("x",), x[:, None], "y", 6 * x))
    >>> print(str(told[0].message).partition(" can be")[0])
    Each constant has an effect of its own; a, b
    """


class NotConverged(UserWarning):
    """The fit ended before its minimum: here data bend upwards, the form down, the less the smaller ``b``.

    >>> import warnings
    >>> from kantools.table import Table
    >>> x = np.linspace(0, 1, 20)
    >>> table = Table(("x",), x[:, None], "y", x + 0.3 * x**2)
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     formula = refit("a*(1 - exp(-b**2*x))", table, {"a": 2.0, "b": 0.5})
    >>> print(str(told[0].message).partition(";")[0])
    A fit has converged when it is within 1e-7 standard errors of the minimum
    """


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
    >>> from kantools.symbolic.fit.evaluate import compile_expression
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


def refit(
    form: "Expr | Formula | str",
    table: "Table",
    start: "Mapping[str | Symbol, float] | None" = None,
    loss: str = "squared",
) -> "Formula":
    """Fit the constants of a form: ``min_p Σ w (y - f(x; p))²``, covariance ``s² (JᵀWJ)⁻¹``.

    Parameters
    ----------
    form : Expr, Formula or str
        A text is read by :func:`kantools.symbolic.parse.parse`: ``"a*exp(-b*x)"``.
        Symbols that are not columns of the table are its constants; their assumptions do not count. Of a
        Formula the free constants are fitted, from where they are; those that are exact stay.
    table : Table
        Its ``sigma`` makes ``w = 1/sigma²`` and ``s² = 1``. Without it ``s² = rss / (n - p)``, with n the
        rows of positive weight and p the constants. Its ``x_sigma`` adds to the variance of each row what the
        errors of the inputs make of the target, and the constants are not biased by them.
    start : mapping of str or Symbol to float, optional
        First values by name. Many are tried for those that are left out, constants that enter linearly need
        none, and many near what was told are tried where that leads nowhere.
    loss : {"squared", "huber", "soft_l1", "cauchy"}
        What residuals cost; the robust ones bound the pull of outliers.

    Returns
    -------
    Formula
        With values, standard errors and covariance of the constants (NaN for those that the rows leave open),
        ``loss`` (mean of the squared weighted residuals), description length, domain and scatter. A form
        without free constants comes back as it is, with its loss.

    Raises
    ------
    SettingError
        For a form that is none, one that contains the target, first values of unknown constants, and a loss
        that there is not.
    UserError
        For fewer rows than constants (with one to spare where sigma is not known), and a form that is not
        real on some row whatever was tried.
    ValueError
        For a function that formulas cannot contain.

    Warns
    -----
    ConstantsLeftOpen
        Where constants can be changed without an effect.
    NotConverged
        Where the fit is not within 1e-7 standard errors of its minimum.

    Notes
    -----
    Constants and errors of all 27 nonlinear problems certified by NIST: ``docs/nist.md``.
    G. A. F. Seber, C. J. Wild, *Nonlinear Regression* (Wiley, 1989), sections 2.1 and 14.

    Examples
    --------
    >>> import sympy
    >>> from kantools.datasets import load
    >>> rate, stuff, bound = sympy.symbols("V concentration K")
    >>> treated = load("puromycin").take(slice(0, 12)).select(["concentration"])
    >>> formula = refit(rate * stuff / (bound + stuff), treated)
    >>> [str(c) for c in formula.constants]
    ['0.0641 ± 0.0083', '212.7 ± 6.9']
    """
    from kantools.symbolic.fit.given_form import fit_given_form  # which is built on the functions above

    return fit_given_form(form, table, start, loss)
