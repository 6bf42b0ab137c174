"""Whether a table shows that it was rounded, and by how much that moves its target.

Few digits alone do not: a class is 0 or 1, a step of 0.5 is a step. Digits count as rounding where a column
passes through so many of their spacings that they cannot be what its values are about; whole numbers that
come of whole numbers are arithmetic. Inputs are taken as exact where the target has all its digits, and where
they stand at even distances, as somebody has set them.
"""

import numpy as np

from kantools.symbolic.noise.digits import spacing
from kantools.symbolic.noise.model import Array

__all__ = ["rounded_inputs", "rounded_target"]

#: Spacings in the standard deviation of a column that was rounded: about four digits.
LEVELS = 300
#: Times the target's relative spacing that an input's may be: beyond it the target was made of exact inputs.
ALIKE = 10.0
#: Rows for each of the places that a column was set to.
FEW = 4


def rounded_target(X: Array, y: Array) -> Array | None:
    """The variance that rounding gives each target value, ``d²/12``, shape (rows,); None for full digits.

    Examples
    --------
    >>> x = np.linspace(1, 2, 50)
    >>> rounded_target(x[:, None], np.exp(x).round(4)).round(12).tolist()[:2]
    [8.33e-10, 8.33e-10]
    >>> rounded_target(x[:, None], np.exp(x)) is None, rounded_target(x[:, None], np.exp(x).round(1)) is None
    (True, True)
    """
    steps = _fine(y)
    if steps is None or (_whole(y) and _whole(X)):
        return None
    return steps**2 / 12


def rounded_inputs(X: Array, y: Array) -> Array | None:
    """Standard errors of the inputs by their digits, ``d/√12``, shape (rows, columns); None where exact.

    Parameters
    ----------
    X : ndarray, shape (rows, columns)
    y : ndarray, shape (rows,)
        Whose digits say whether those of the inputs may matter.
    """
    of_target = _fine(y)
    if of_target is None:
        return None
    most = ALIKE * _relative(of_target, y)
    columns = [_fine(x) for x in X.T]
    errors = [
        np.zeros(len(y)) if d is None or _relative(d, x) > most or _set(x, d) else d / np.sqrt(12)
        for x, d in zip(X.T, columns, strict=True)
    ]
    told = np.stack(errors, axis=1)
    return told if told.any() else None


def _fine(values: Array) -> Array | None:
    steps = spacing(values)
    return None if steps is None or _relative(steps, values) * LEVELS > 1 else steps


def _relative(steps: Array, values: Array) -> float:
    return float(np.sqrt(np.mean(steps**2)) / (np.std(values) or 1.0))


def _whole(values: Array) -> bool:
    return bool((values == np.round(values)).all())


def _set(values: Array, steps: Array) -> bool:
    """Whether a column stands at few places, or at even distances as far as its digits tell."""
    distances = np.diff(np.unique(values))
    return len(distances) < len(values) / FEW or float(np.ptp(distances)) <= 2 * float(steps.max())
