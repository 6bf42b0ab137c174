"""How many digits numbers need so that the printed formula draws the curve.

Two digits of each standard error are enough where constants know nothing of each other. Where they are
bound together, as the slope of a line and its value far away are, each alone says little of where the
curve is. With the covariance ``C`` of the constants, rounding them by ``δ`` moves no prediction by more
than ``sqrt(δ' C⁻¹ δ)`` of its own standard error (Cauchy-Schwarz), so digits are added until that is
small.

Source: H. Scheffé, *The Analysis of Variance*, Wiley, New York 1959, section 3.5, for the bound.
"""

from collections.abc import Sequence

import numpy as np
from sympy import Expr

from kantools.symbolic.constant import DIGITS, Constant

__all__ = ["rounded_together"]

#: Standard errors of a prediction by which rounding may move it: far below what is seen in a figure.
SMALL = 0.1


def rounded_together(
    constants: Sequence[Constant], covariance: np.ndarray | None, digits: int = 2, most: int = DIGITS
) -> list[Expr]:
    """The numbers of free constants, with more digits where they need them together.

    Parameters
    ----------
    constants : sequence of Constant
    covariance : ndarray, shape (constants, constants), or None
        Each number has the digits of its own error where it is not known, or too small for a float.
    digits, most : int
        As in :meth:`~kantools.symbolic.constant.Constant.rounded`.

    Examples
    --------
    >>> from sympy import symbols
    >>> a, b = symbols("a b")
    >>> line = Constant(a, -4992934.1, 4200.0), Constant(b, 0.0030008123, 0.0000025)
    >>> bound = np.array([[4200.0**2, -0.99999999 * 0.0105], [-0.99999999 * 0.0105, 0.0000025**2]])
    >>> [str(n) for n in rounded_together(line, bound)], [str(c.rounded()) for c in line]
    (['-4992934.1', '0.0030008123'], ['-4.9929e+6', '0.0030008'])
    """
    numbers = [c.rounded(digits, most) for c in constants]
    if covariance is None or len(constants) < 2 or not np.isfinite(covariance).all():
        return numbers
    errors = np.sqrt(np.diag(covariance))
    if not (errors > 0).all():
        return numbers
    correlation = covariance / errors / errors[:, None]
    for more in range(1, DIGITS):
        if _moved(constants, numbers, errors, correlation) <= SMALL:
            break
        numbers = [c.rounded(digits + more, most) for c in constants]
    return numbers


def _moved(
    constants: Sequence[Constant], numbers: Sequence[Expr], errors: np.ndarray, correlation: np.ndarray
) -> float:
    """By how many of its standard errors any prediction moves at most."""
    off = np.array([float(str(n)) - c.value for n, c in zip(numbers, constants, strict=True)]) / errors
    values, vectors = np.linalg.eigh(correlation)
    least = np.finfo(float).eps * values[-1]
    return float(np.sqrt(np.sum((vectors.T @ off) ** 2 / np.maximum(values, least))))
