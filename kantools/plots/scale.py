"""When an axis is logarithmic, and how large markers are."""

import numpy as np

__all__ = ["marker_size", "scale", "wide"]

#: Positive values that span a larger factor than this get a logarithmic axis.
SPAN = 50.0


def wide(*values: np.ndarray) -> bool:
    """Are all values positive, and is the largest much larger than the smallest?

    >>> wide(np.array([1.0, 100.0])), wide(np.array([0.0, 100.0])), wide(np.array([80.0, 100.0]))
    (True, False, False)
    """
    low, high = (f([float(f(v)) for v in values]) for f in (np.min, np.max))
    return bool(low > 0 and high > SPAN * low)


def scale(*values: np.ndarray) -> str:
    """matplotlib's name for the scale that suits the values."""
    return "log" if wide(*values) else "linear"


def marker_size(rows: int) -> float:
    """Points; smaller for more rows."""
    return float(np.clip(18 / np.sqrt(max(rows, 1)) + 2, 2, 6))
