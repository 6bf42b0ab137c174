"""What the digits of a target leave, however right a law is."""

import numpy as np

__all__ = ["rounding"]

MOST_DIGITS = 15


def rounding(y: np.ndarray) -> np.ndarray:
    """Standard deviation of what was rounded off each number, all of them having equally many digits.

    >>> rounding(np.array([1.234, 45.67])).round(6).tolist()
    [0.000289, 0.002887]
    """
    kept = (d for d in range(1, MOST_DIGITS) if all(float(f"{v:.{d - 1}e}") == v for v in y.tolist()))
    digits = next(kept, MOST_DIGITS)
    place = np.floor(np.log10(np.abs(np.where(y == 0, 1.0, y))))
    return 10.0 ** (place + 1 - digits) / np.sqrt(12)
