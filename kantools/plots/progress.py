"""How a search went: the error of each hypothesis over the time at which it was tested."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes

from kantools.plots.markers import MARKERS, outcome_of
from kantools.plots.style import SINGLE, Style, Theme, new_axes, themed

if TYPE_CHECKING:
    from kantools.discovery.result import Step

__all__ = ["progress"]

#: Relative errors are shown within these bounds: rounding error, and nothing explained.
BOUNDS = 1e-16, 2.0


def progress(steps: "Sequence[Step]", ax: Axes | None = None, *, theme: Theme = "light") -> Axes:
    """Draw the relative error of each hypothesis of a search, and the least so far.

    Parameters
    ----------
    steps : sequence of Step
        ``discovery_.steps``.
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``).
    theme : {"light", "dark"}

    Returns
    -------
    Axes

    Examples
    --------
    >>> from kantools.discovery import Step, Verdict
    >>> steps = [Step("y of x: one curve", 0.02, Verdict.READ, 0.1, "y of x", formulas=("y = sin(x)",))]
    >>> progress(steps).get_xlabel()
    'time (s)'
    """
    seconds = np.array([s.seconds for s in steps])
    errors = np.clip([s.error for s in steps], *BOUNDS)
    with themed(theme) as look:
        ax = new_axes(SINGLE, 2.8) if ax is None else ax
        if len(steps):
            least = np.minimum.accumulate(errors)
            ax.plot(
                seconds, least, color=look.faint, drawstyle="steps-post", linewidth=1, label="least so far"
            )
        _draw_steps(ax, seconds, errors, [outcome_of(s) for s in steps], look)
        ax.set(yscale="log", xlabel="time (s)", ylabel="relative error")
        ax.grid(axis="y", alpha=0.35)
        ax.margins(x=0.05, y=0.12)
        ax.legend(loc="lower center", bbox_to_anchor=(0.44, 1.0), ncols=3, columnspacing=1, handletextpad=0.4)
    return ax


def _draw_steps(
    ax: Axes, seconds: np.ndarray, errors: np.ndarray, outcomes: Sequence[str], look: Style
) -> None:
    for name, marker in MARKERS.items():
        of_it = np.array([o == name for o in outcomes], dtype=bool)
        if of_it.any():
            ax.plot(seconds[of_it], errors[of_it], **marker.drawn(look), linestyle="none", label=name)
