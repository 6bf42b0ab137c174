"""The last digits of fitted constants, whether they are certain, and how well the rows determine them.

Levenberg–Marquardt on normal equations stops when the loss no longer falls. The loss is flat at its minimum:
where it is constant to sixteen digits, constants are known to eight. So the last steps are Gauss–Newton's, by
the singular values of the Jacobian with columns of length 1 (which squares no condition number), and are
judged by the *relative offset*: how much of the residual still lies in the directions that the constants can
follow, as a share of what is expected of noise. An offset of 1e-6 is a millionth of a standard error.

D. M. Bates, D. G. Watts, "A relative offset orthogonality convergence criterion for nonlinear least squares",
*Technometrics* 23 (1981) 179.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kantools.symbolic.evaluate import Program

__all__ = ["Settled", "settle"]

Array = np.ndarray

STEPS = 100
CERTAIN = 1e-7  # of a standard error: constants as large as their errors have six digits and one to spare
ROUNDING = 1e-14  # a share of the target: nothing smaller is left to fit
DEPENDENT = 1e-12  # of the largest singular value: below, a direction is the rounding error of another
NO_HIGHER = 1 + 1e-8  # the loss is flat at its minimum; steps may climb by its rounding error
LEANING = 1e-6  # a constant with so much of its direction among those left open is left open


@dataclass(frozen=True)
class Settled:
    """Constants at the bottom.

    Attributes
    ----------
    values : ndarray, shape (parameters,)
    rss : float
        Sum of the squared weighted residuals; infinite where the formula is not real on some row.
    inverse : ndarray, shape (parameters, parameters)
        ``(JᵀWJ)⁻¹``; NaN in the rows and columns of constants that the rows leave open.
    information : ndarray, shape (parameters, parameters)
        ``JᵀWJ``.
    offset : float
        Distance to the minimum in standard errors.
    open : boolean ndarray, shape (parameters,)
        The constants that could be changed, alone or together, without any change of the values.
    rank : int
        How many combinations of constants are determined.
    certain : bool
        Whether the offset is small enough for six digits.
    """

    values: Array
    rss: float
    inverse: Array
    information: Array
    offset: float
    open: Array
    rank: int
    certain: bool


@dataclass(frozen=True)
class _Point:
    """The problem made linear at some constants.

    Attributes
    ----------
    p, J : ndarray
    rss, offset : float
    misfit : float
        Root mean square of the residual along the directions that the constants can follow.
    half : ndarray, shape (rank, parameters)
        ``halfᵀ half = (JᵀWJ)⁺``.
    step : ndarray
        Gauss–Newton's.
    pinned : ndarray
        Share of each constant's direction that the rows determine, 0 to 1.
    """

    p: Array
    J: Array
    rss: float
    offset: float
    misfit: float
    half: Array
    step: Array
    pinned: Array


def _linear(p: Array, residual: Array, J: Array, floor: float) -> _Point | None:
    """None where the formula is not real and finite on every row."""
    rss = float(residual @ residual)
    if not (np.isfinite(rss) and np.isfinite(J).all()):
        return None
    size = np.linalg.norm(J, axis=0)
    scale = np.where(size > 0, size, 1.0)
    U, s, Vt = np.linalg.svd(J / scale, full_matrices=False)
    keep = s > DEPENDENT * s.max(initial=0.0)
    along, half = U[:, keep].T @ residual, Vt[keep] / s[keep, None] / scale
    rank = int(keep.sum())
    misfit = float(np.linalg.norm(along)) / np.sqrt(max(rank, 1))
    noise = np.sqrt(rss / max(len(residual) - rank, 1)) + floor
    return _Point(p, J, rss, misfit / noise, misfit, half, half.T @ along, (Vt[keep] ** 2).sum(axis=0))


def settle(program: Program, start: Array, X: Array, y: Array, weight: Array | None = None) -> Settled:
    """Gauss–Newton steps from constants that are nearly right, until rounding is all that is left.

    Parameters
    ----------
    program : Program
    start : ndarray, shape (parameters,)
        Near the minimum.
    X, y, weight : ndarray
        ``weight`` multiplies the squared residuals; None means one.

    Examples
    --------
    >>> import sympy
    >>> from kantools.symbolic.evaluate import compile_expression
    >>> x, a = sympy.symbols("x a")
    >>> line = compile_expression(a * x, [x], [a])
    >>> done = settle(line, np.array([2.0]), np.array([[1.0], [2.0]]), np.array([3.0, 6.0]))
    >>> done.values.round(9).tolist(), done.inverse.round(9).tolist(), done.certain
    ([3.0], [[0.2]], True)
    """
    root = np.ones(len(y)) if weight is None else np.sqrt(weight)
    size = float(np.sqrt(np.mean((root * y) ** 2)))

    def at(p: Array) -> _Point | None:
        value, J = program.jacobian(X, p)
        return _linear(p, (y - value) * root, J * root[:, None], ROUNDING * size)

    with np.errstate(all="ignore"):
        point = at(np.asarray(start, dtype=float))
        if point is None:
            return _nowhere(np.asarray(start, dtype=float))
        for _ in range(STEPS if point.J.size else 0):
            closer = _closer(point, at)
            if closer is None:
                break
            point = closer
        return _settled(point, ROUNDING * size)


def _closer(point: _Point, at: Callable[[Array], _Point | None]) -> _Point | None:
    """The first of shorter and shorter steps that comes nearer to the minimum, and no higher."""
    for share in (1.0, 0.5, 0.25, 0.1):
        trial = at(point.p + share * point.step)
        if trial is not None and trial.rss <= point.rss * NO_HIGHER and trial.offset < point.offset:
            return trial
    return None


def _settled(point: _Point, rounding: float) -> Settled:
    left_open = (1 - point.pinned > LEANING) | ~point.J.any(axis=0)
    inverse = point.half.T @ point.half
    inverse[left_open, :] = inverse[:, left_open] = np.nan
    certain = point.offset <= CERTAIN or point.misfit <= rounding
    return Settled(
        values=point.p,
        rss=point.rss,
        inverse=inverse,
        information=point.J.T @ point.J,
        offset=point.offset,
        open=left_open,
        rank=len(point.half),
        certain=bool(certain),
    )


def _nowhere(p: Array) -> Settled:
    unknown = np.full((len(p), len(p)), np.nan)
    return Settled(p, np.inf, unknown, unknown, np.inf, np.ones(len(p), dtype=bool), 0, False)
