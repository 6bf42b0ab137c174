"""How many problems are solved within how many seconds: what a benchmark of searches comes down to."""

from collections.abc import Mapping, Sequence
from itertools import cycle

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FormatStrFormatter

from kantools.plots.style import Theme, new_axes, themed

__all__ = ["solved"]

DASHES = ("-", "--", "-.", ":")


def solved(runs: Mapping[str, Sequence[float]], ax: Axes | None = None, *, theme: Theme = "light") -> Axes:
    """Draw the share of problems that each run has solved by a time.

    Parameters
    ----------
    runs : mapping of str to sequence of float
        For each run, one number a problem: the seconds to its solution, nan where there is none.
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``).
    theme : {"light", "dark"}

    Returns
    -------
    Axes

    Examples
    --------
    >>> ax = solved({"one": [1.0, float("nan"), 4.0, 2.0]})
    >>> ax.lines[0].get_xdata().tolist(), ax.lines[0].get_ydata().tolist()
    ([1.0, 2.0, 4.0, 4.0], [25.0, 50.0, 75.0, 75.0])
    """
    longest = max((t for seconds in runs.values() for t in seconds if np.isfinite(t)), default=1.0)
    with themed(theme) as look:
        ax = new_axes(6.4, 4.2) if ax is None else ax
        colors = cycle((look.model, look.accent, look.good, look.data))
        for k, (label, seconds) in enumerate(runs.items()):
            times, share = _steps(seconds, longest)
            dash = DASHES[k // len(DASHES) % len(DASHES)]
            ax.plot(times, share, dash, drawstyle="steps-post", color=next(colors), label=label)
        ax.set(xscale="log", ylim=(0, 100), xlabel="seconds", ylabel="problems solved (%)")
        ax.xaxis.set_major_formatter(FormatStrFormatter("%g"))
        ax.grid(alpha=0.25)
        ax.legend(loc="upper left")
    return ax


def _steps(seconds: Sequence[float], until: float) -> tuple[np.ndarray, np.ndarray]:
    """Times of the solutions, and the share of all problems solved by then."""
    times = np.sort([t for t in seconds if np.isfinite(t)])
    share = 100 * np.arange(1, len(times) + 1) / max(len(seconds), 1)
    return np.append(times, until), np.append(share, share[-1] if len(share) else 0.0)
