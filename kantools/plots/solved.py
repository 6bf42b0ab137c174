"""How many problems are solved within how many seconds: what a benchmark of searches comes down to."""

from collections.abc import Mapping, Sequence
from itertools import cycle

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FormatStrFormatter, NullFormatter

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
    ([0.5, 1.0, 2.0, 4.0, 4.0], [0.0, 25.0, 50.0, 75.0, 75.0])
    """
    times = [t for seconds in runs.values() for t in seconds if np.isfinite(t)] or [1.0]
    ends = min(times) / 2, max(times)  # all lines begin at 0 % before the first solution
    with themed(theme) as look:
        ax = new_axes(6.4, 4.2) if ax is None else ax
        colors = cycle((look.model, look.accent, look.good, look.data))
        for k, (label, seconds) in enumerate(runs.items()):
            dash = DASHES[k // len(DASHES) % len(DASHES)]
            ax.plot(*_steps(seconds, *ends), dash, drawstyle="steps-post", color=next(colors), label=label)
        ax.set(xscale="log", ylim=(0, 100), xlabel="seconds", ylabel="problems solved (%)")
        ax.xaxis.set_major_formatter(FormatStrFormatter("%g"))
        ax.xaxis.set_minor_formatter(FormatStrFormatter("%g") if ends[1] < 10 * ends[0] else NullFormatter())
        ax.grid(alpha=0.25)
        ax.legend(loc="upper left")
    return ax


def _steps(seconds: Sequence[float], begin: float, end: float) -> tuple[np.ndarray, np.ndarray]:
    """Times of the solutions, and the share of all problems solved by then."""
    times = np.sort([t for t in seconds if np.isfinite(t)])
    share = 100 * np.arange(len(times) + 1) / max(len(seconds), 1)
    return np.array([begin, *times, end]), np.append(share, share[-1])
