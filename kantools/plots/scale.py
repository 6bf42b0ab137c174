"""When an axis is logarithmic, and how large markers are."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter

__all__ = ["marker_size", "number_plainly", "scale", "wide"]

#: Positive values that span a larger factor than this get a logarithmic axis.
SPAN = 50.0
#: Numbers between these are read more easily than powers of ten; over more decades than that tens suffice.
FEWEST, MOST, MANY_DECADES = 1e-3, 1e4, 10**2.5


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


def number_plainly(ax: Axes) -> None:
    """Write 2, 20, 200 on logarithmic axes of such numbers instead of a single power of ten."""
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        if axis.get_scale() != "log" or low < FEWEST or high > MOST:
            continue
        steps = (1.0, 2.0, 5.0) if high < MANY_DECADES * low else (1.0,)
        axis.set_major_locator(LogLocator(subs=steps))
        axis.set_major_formatter("{x:g}")
        axis.set_minor_formatter(NullFormatter())


def marker_size(rows: int) -> float:
    """Points; smaller for more rows."""
    return float(np.clip(18 / np.sqrt(max(rows, 1)) + 2, 2, 6))
