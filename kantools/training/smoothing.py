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
    """
    ratio = np.trace(matrix) / max(np.trace(penalty), 1e-300)
    share, spectrum = _diagonalise(matrix, vector, penalty * ratio)
    weights = np.logspace(-12, 8, 81) if grid is None else grid / ratio
    best, found = np.inf, Choice(float(weights[-1] * ratio), 0.0)
    for weight in weights[::-1]:
        below = share + weight * (1 - share)
        keep = np.divide(share, below, out=np.zeros_like(share), where=below > 0)
        effective = float(keep.sum())
        if effective > rows / 2 and np.isfinite(best):
            break
        inverse = np.divide(1.0, below, out=np.zeros_like(below), where=share > 1e-13)
        rss = total - float(spectrum @ (2 * inverse - share * inverse**2))
        score = max(rss, 1e-15 * total) / max(1 - GUARD * effective / rows, 1e-3) ** 2
        if score < best:
            best, found = score, Choice(float(weight * ratio), effective)
    return found


def _diagonalise(
    matrix: np.ndarray, vector: np.ndarray, penalty: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Both forms diagonal at once: data shares ``a`` in [0, 1], the penalty's being ``1 - a``."""
    both = matrix + penalty
    scale = 1 / np.sqrt(np.maximum(np.diag(both), 1e-300))
    scaled = both * scale * scale[:, None]
    scaled[np.diag_indices_from(scaled)] += 1e-12
    share, vectors = eigh(matrix * scale * scale[:, None], scaled)
    return np.clip(share, 0.0, 1.0), (vectors.T @ (vector * scale)) ** 2
