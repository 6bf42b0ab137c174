"""Some rows in the place of many."""

import numpy as np

__all__ = ["evenly"]


def evenly(count: int, most: int) -> np.ndarray:
    """Places of at most so many of ``count`` things, evenly, both ends among them.

    >>> evenly(9, 5).tolist(), evenly(3, 5).tolist()
    ([0, 2, 4, 6, 8], [0, 1, 2])
    """
    return np.linspace(0, count - 1, min(count, most)).round().astype(int)
