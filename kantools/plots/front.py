"""The Pareto front: how much each further symbol of a formula explains."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kantools.plots.kind import Kind
from kantools.plots.labels import name_text, right_side, size_of
from kantools.plots.style import DOUBLE, SMALL, TEXT, Style, Theme, new_axes, themed
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import select

__all__ = ["front"]

#: So many formulas are written out beside the figure; inches that one takes at most, and between two.
WRITTEN, WIDTH, GAP = 12, 3.3, 0.1
#: Share of the height over which the formulas are spread.
TOP, BOTTOM = 0.97, 0.02


def front(
    front: Sequence[Formula], chosen: Formula | None = None, ax: Axes | None = None, *, theme: Theme = "light"
) -> Axes:
    """Draw the loss of each formula over its complexity, and write the formulas beside it.

    Parameters
    ----------
    front : sequence of Formula
    chosen : Formula, optional
        Is marked by a ring; the knee, after which longer formulas gain least, by a diamond.
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``). The formulas stand to the right of it.
    theme : {"light", "dark"}

    Returns
    -------
    Axes

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> from kantools.table import Table
    >>> x = np.linspace(1, 2, 9)
    >>> table = Table(("x",), x[:, None], "y", 3 * x**2)
    >>> ax = front([refit(form, table) for form in ("a*x", "a*x**2")])
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('complexity (symbols)', 'loss')
    """
    formulas = sorted(front, key=lambda f: (f.complexity, f.loss))
    x, y = np.array([f.complexity for f in formulas]), _losses(formulas)
    kept = _kept(formulas, chosen)
    texts = [right_side(formulas[i], WIDTH, TEXT) for i in kept]
    heights = [size_of(text, TEXT)[1] for text in texts]
    with themed(theme) as look:
        if ax is None:
            ax = new_axes(DOUBLE, max(3.4, 0.7 + (sum(heights) + GAP * len(heights)) / (TOP - BOTTOM)))
        ax.plot(x, y, "o-", color=look.model, drawstyle="steps-post", markersize=4.5, linewidth=1.2)
        ax.set(yscale="log", xlabel="complexity (symbols)", ylabel="loss")
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.margins(x=0.06, y=0.12)
        for i, text, place in zip(kept, texts, _places(heights), strict=True):
            color = look.accent if formulas[i] is chosen else look.ink
            _write(ax, text, (x[i], y[i]), place, color)
        _mark(ax, formulas, chosen, x, y, look)
    return ax


def _losses(formulas: Sequence[Formula]) -> np.ndarray:
    """Losses for a logarithmic axis: an exact fit stands a little below the smallest other one."""
    loss = np.array([f.loss for f in formulas], dtype=float)
    positive = loss[np.isfinite(loss) & (loss > 0)]
    return np.where(loss > 0, loss, positive.min() / 10 if len(positive) else 1e-16)


def _kept(formulas: Sequence[Formula], chosen: Formula | None) -> list[int]:
    """Which formulas are written out: evenly many of the front, and the chosen one."""
    kept = np.unique(np.linspace(0, len(formulas) - 1, min(WRITTEN, len(formulas))).round().astype(int))
    extra = [i for i, f in enumerate(formulas) if f is chosen and i not in kept]
    return sorted((*kept.tolist(), *extra))


def _places(heights: Sequence[float]) -> np.ndarray:
    """How high (0 … 1) the middle of each text stands, from the top down, with equal gaps between them."""
    if not heights:
        return np.zeros(0)
    tall = np.array(heights) + GAP
    middles = np.cumsum(tall) - tall / 2
    share = (middles - middles[0]) / max(middles[-1] - middles[0], 1e-9)
    return TOP - (TOP - BOTTOM) * share if len(tall) > 1 else np.array([0.5])


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
        text, point, (1.04, height), textcoords="axes fraction", va="center", fontsize=TEXT, color=color,
        arrowprops=line, annotation_clip=False,
    )  # fmt: skip


def _mark(
    ax: Axes, formulas: Sequence[Formula], chosen: Formula | None, x: np.ndarray, y: np.ndarray, look: Style
) -> None:
    """A diamond around the knee, a ring around the chosen formula."""
    knee = select(formulas, "knee") if len(formulas) > 2 else None
    marked = ((knee, "D", 9, look.good, "knee"), (chosen, "o", 13, look.accent, "chosen"))
    for formula, marker, size, color, label in marked:
        for i in (i for i, f in enumerate(formulas) if f is formula):
            (mark,) = ax.plot(x[i], y[i], marker, color=color, markersize=size, label=label, zorder=5)
            mark.set(markerfacecolor="none", markeredgewidth=1.4)
    target = formulas[0].target if formulas else ""
    ax.set_title(f"{name_text(target)} =", loc="right", fontsize=SMALL, color=look.muted)
    if ax.get_legend_handles_labels()[0]:
        ax.legend(loc="lower left")


KIND = Kind("front", front, ("front",), {"chosen": "formula"}, rigid=True)
