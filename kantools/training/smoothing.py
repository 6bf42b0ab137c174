"""How smooth: the weight of the smoothness penalty by generalised cross-validation.

The fit is linear in the coefficients, or made so around the present ones. With ``H`` its hat matrix, the
weight minimises ``n RSS / (n - g tr H)^2``; ``tr H`` is the effective number of coefficients and ``g = 1.4``
guards against the overfitting that cross-validation is known for when rows are few. The effective number is
never more than half the number of rows.

Sources: G. Golub, M. Heath, G. Wahba, Technometrics 21 (1979) 215-223; Y.-J. Kim, C. Gu, Journal of the
Royal Statistical Society B 66 (2004) 337-356, for the 1.4.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh

__all__ = ["Choice", "choose_smoothness"]

GUARD = 1.4

CONSTANT = 0.99
"""Less than one effective coefficient is not even a mean: where a basis has no exact constant, a strong
penalty would end in zero."""


@dataclass(frozen=True)
class Choice:
    """The weight of the penalty and the effective number of coefficients it leaves."""

    smoothness: float
    effective: float


def choose_smoothness(
    matrix: np.ndarray,
    vector: np.ndarray,
    total: float,
    penalty: np.ndarray,
    rows: int,
    grid: np.ndarray | None = None,
    pull: np.ndarray | None = None,
    floor: float | None = None,
) -> Choice:
    """The weight of ``penalty`` that generalised cross-validation prefers.

    Parameters
    ----------
    matrix, vector : ndarray
        ``J'J`` and ``J'z`` for the target ``z``; weights of the rows sum to one.
    total : float
        ``z'z``.
    penalty : ndarray
        The quadratic form at weight one.
    rows : int
        How many rows there are; with weights, the number that counts.
    grid : ndarray, optional
        The weights to choose from.
    pull : ndarray, optional
        ``penalty @ c`` for coefficients ``c`` that ``z`` is the residual of: it is far more exact to work
        with what they leave than with a target whose mean is many times its deviation.
    floor : float, optional
        A smaller sum of squares is taken for rounding; ``1e-15 total`` if not given.
    """
    ratio = np.trace(matrix) / max(np.trace(penalty), 1e-300)
    share, (seen, pulled) = _diagonalise(
        matrix, penalty * ratio, vector, np.zeros_like(vector) if pull is None else pull * ratio
    )
    weights = np.logspace(-12, 8, 81) if grid is None else grid / ratio
    best, found = np.inf, Choice(float(weights[-1] * ratio), 0.0)
    least = 1e-15 * total if floor is None else floor
    for weight in weights[::-1]:
        below = share + weight * (1 - share)
        keep = np.divide(share, below, out=np.zeros_like(share), where=below > 0)
        effective = float(keep.sum())
        if effective > rows / 2 and np.isfinite(best):
            break
        if effective < CONSTANT and weight > weights[0]:
            continue
        inverse = np.divide(1.0, below, out=np.zeros_like(below), where=share > 1e-13)
        step = inverse * (seen - weight * pulled)
        rss = total - float(step @ (2 * seen - share * step))
        score = max(rss, least) / max(1 - GUARD * effective / rows, 1e-3) ** 2
        if score < best:
            best, found = score, Choice(float(weight * ratio), effective)
    return found


def _diagonalise(
    matrix: np.ndarray, penalty: np.ndarray, *vectors: np.ndarray
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Both forms and vectors where all is diagonal: data shares ``a`` in [0, 1], the penalty's ``1 - a``."""
    both = matrix + penalty
    scale = 1 / np.sqrt(np.maximum(np.diag(both), 1e-300))
    scaled = both * scale * scale[:, None]
    scaled[np.diag_indices_from(scaled)] += 1e-12
    share, axes = eigh(matrix * scale * scale[:, None], scaled)
    return np.clip(share, 0.0, 1.0), [axes.T @ (vector * scale) for vector in vectors]
