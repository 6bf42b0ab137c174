"""How far two columns of a gradient are from being the same."""

import numpy as np

__all__ = ["mismatch"]


def mismatch(a: np.ndarray, b: np.ndarray) -> float:
    """``Σ (a - b)² / (Σ a² + Σ b²)``.

    >>> mismatch(np.ones(3), np.ones(3)), mismatch(np.ones(3), -np.ones(3))
    (0.0, 2.0)
    """
    return float(np.mean((a - b) ** 2) / max(np.mean(a**2) + np.mean(b**2), 1e-300))
