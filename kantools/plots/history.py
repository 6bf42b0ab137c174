"""How the loss fell, on the rows that were trained on and on those held out, and where grids were refined."""

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kantools.plots.kind import Kind
from kantools.plots.progress import progress
from kantools.plots.style import SINGLE, SMALL, Style, Theme, legend_below, new_axes, themed

if TYPE_CHECKING:
    from kantools.discovery.result import Step
    from kantools.training.history import History

__all__ = ["history"]

#: Losses below this are rounding error, and stand there.
FLOOR = 1e-32


def history(
    course: "History | Sequence[History] | Sequence[Step]", ax: Axes | None = None, *, theme: Theme = "light"
) -> Axes:
    """Draw the course of a training, or of a search.

    Parameters
    ----------
    course : History, sequence of History, or sequence of Step
        What :func:`kantools.training.train` returned; several where the grid was refined in between. The
        steps of a search are drawn by :func:`kantools.plots.progress`.
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``).
    theme : {"light", "dark"}

    Returns
    -------
    Axes

    Examples
    --------
    >>> from kantools.training.history import History, Stop
    >>> coarse = History((1.0, 0.1, 0.05), 0.1, Stop.CONVERGED)
    >>> fine = History((0.05, 0.002), 0.1, Stop.CONVERGED)
    >>> history([coarse, fine]).lines[0].get_xdata().tolist()
    [0, 1, 2, 2, 3]
    """
    stages = list(course) if isinstance(course, Sequence) else [course]
    if not stages or hasattr(stages[0], "hypothesis"):
        return progress(stages, ax, theme=theme)  # type: ignore[arg-type]
    trainings: list[History] = stages  # type: ignore[assignment]
    with themed(theme) as look:
        ax = new_axes(SINGLE, 3.0) if ax is None else ax
        _draw_losses(ax, trainings, look)
        ax.set(yscale="log", xlabel="iteration", ylabel=f"loss ({trainings[0].measure})")
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        ax.grid(axis="y", alpha=0.35)
        legend_below(ax, 2)
    return ax


def _draw_losses(ax: Axes, stages: "Sequence[History]", look: Style) -> None:
    ends = np.cumsum([len(s.losses) - 1 for s in stages])
    begins = np.concatenate([[0], ends[:-1]]).astype(int)
    steps = [i for s, b in zip(stages, begins, strict=True) for i in range(b, b + len(s.losses))]
    losses = np.maximum([x for s in stages for x in s.losses], FLOOR)
    ax.plot(steps, losses, color=look.model, label="trained on")
    # What is held out is judged in the last iterations, those after the race between several starts.
    held = [
        (end + 1 - len(s.held_out) + i, max(x, FLOOR))
        for s, end in zip(stages, ends, strict=True)
        for i, x in enumerate(s.held_out)
    ]
    if held:
        ax.plot(*zip(*held, strict=True), color=look.accent, linestyle=(0, (4, 1.5)), label="held out")
        best = min(held, key=lambda point: point[1])
        ax.plot(*best, "D", color=look.accent, markersize=4.5, label="best on these")
    for k, begin in enumerate(begins[1:]):
        name = "grid refined" if k == 0 else None
        ax.axvline(begin, color=look.good, linestyle=":", linewidth=1.2, label=name)
    reason = "\n".join(wrap(f"{stages[-1].solver}: {_reason(stages[-1])}", 50))
    ax.set_title(reason, loc="left", fontsize=SMALL, color=look.muted)


def _reason(last: "History") -> str:
    """Why it ended, in the words before the remedy."""
    sentence = last.reason.value.partition(";")[0].rstrip(".")
    return sentence[0].lower() + sentence[1:]


KIND = Kind("history", history, ("history",))
