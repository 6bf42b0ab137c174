"""The Pareto front: how much each further symbol of a formula explains."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kantools.plots.labels import short
from kantools.plots.style import Theme, new_axes, themed
from kantools.symbolic.formula import Formula

__all__ = ["front"]

#: So many formulas are written out beside the figure.
WRITTEN = 12


def front(
    front: Sequence[Formula], chosen: Formula | None = None, ax: Axes | None = None, *, theme: Theme = "light"
) -> Axes:
    """Draw the loss of each formula over its complexity, and write the formulas beside it.

    Parameters
    ----------
    front : sequence of Formula
    chosen : Formula, optional
        The one at the knee, which is marked.
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``).
    theme : {"light", "dark"}

    Returns
    -------
    Axes
    """
    formulas = sorted(front, key=lambda f: (f.complexity, f.loss))
    x, y = np.array([f.complexity for f in formulas]), _losses(formulas)
    with themed(theme) as look:
        ax = new_axes(8.0, max(4.2, 0.46 * min(len(formulas), WRITTEN))) if ax is None else ax
        ax.plot(x, y, "o-", color=look.model, drawstyle="steps-post", markersize=5, linewidth=1.2)
        ax.set(yscale="log", xlabel="complexity (symbols)", ylabel="loss")
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.margins(x=0.06, y=0.12)
        for i, height in _places(formulas, chosen):
            marked = formulas[i] is chosen
            _write(ax, short(formulas[i], 3.4, 9), (x[i], y[i]), height, look.accent if marked else look.ink)
            if marked:
                ax.plot(x[i], y[i], "o", markersize=12, markerfacecolor="none", color=look.accent, zorder=5)
    return ax


def _losses(formulas: Sequence[Formula]) -> np.ndarray:
    """Losses for a logarithmic axis: an exact fit stands a little below the smallest other one."""
    loss = np.array([f.loss for f in formulas], dtype=float)
    positive = loss[np.isfinite(loss) & (loss > 0)]
    return np.where(loss > 0, loss, positive.min() / 10 if len(positive) else 1e-16)


def _places(formulas: Sequence[Formula], chosen: Formula | None) -> list[tuple[int, float]]:
    """Which formulas are written out, and how high (0 … 1): from the simplest down to the longest."""
    kept = np.unique(np.linspace(0, len(formulas) - 1, min(WRITTEN, len(formulas))).round().astype(int))
    extra = [i for i, f in enumerate(formulas) if f is chosen and i not in kept]
    kept = np.sort(np.concatenate([kept, extra]).astype(int))
    heights = np.linspace(0.97, 0.03, len(kept)) if len(kept) > 1 else [0.5]
    return [(int(i), float(h)) for i, h in zip(kept, heights, strict=True)]


def _write(ax: Axes, text: str, point: tuple[float, float], height: float, color: str) -> None:
    """A formula to the right of the axes, with a thin line to its point."""
    line = {
        "arrowstyle": "-",
        "color": color,
        "alpha": 0.35,
        "linewidth": 0.7,
        "shrinkB": 5,
        "relpos": (0, 0.5),
    }
    ax.annotate(
        text, point, (1.04, height), textcoords="axes fraction", va="center", fontsize=9, color=color,
        arrowprops=line, annotation_clip=False,
    )  # fmt: skip
