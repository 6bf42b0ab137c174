"""Every learned function by itself: where the data are, what was learned, what it was read as."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from kantools.activation import Activation, Activations, Edge
from kantools.plots.kind import Kind
from kantools.plots.labels import cut, name_text
from kantools.plots.style import DOUBLE, SINGLE, SMALL, Style, Theme, new_figure, themed

__all__ = ["gallery"]

Snapped = Mapping[Edge, tuple[np.ndarray, str]]
#: Functions that are shown, the most important ones, and how many stand side by side.
MOST, ACROSS = 24, 4
#: Inches: the height of a panel, and of the strip with what the reading leaves.
PANEL, STRIP = 1.35, 0.5
#: Bars of the density at most, and the share of a panel's height that the highest takes.
BARS, HIGH = 24, 0.3


def gallery(
    activations: Activations,
    *,
    snapped: Snapped | None = None,
    figure: Figure | None = None,
    theme: Theme = "light",
) -> Figure:
    """Draw the learned functions, the most important 24 of them where there are more.

    Parameters
    ----------
    activations : Activations
    snapped : mapping of Edge to (ndarray, str), optional
        The curve that each edge was read as, at its activation's ``x``, and what to call it. Below such a
        function a strip shows learned minus read, in percent of the function's range.
    figure : Figure, optional
        Where to draw; a new one of a size that fits otherwise.
    theme : {"light", "dark"}

    Returns
    -------
    Figure
        Where the data are, is shown by bars along the bottom of each panel.

    Examples
    --------
    >>> x = np.linspace(0, 1, 50)
    >>> learned = Activation(Edge(0, 0, 0), x, np.sin(x))
    >>> activations = Activations(("x",), (((0,),),), (learned,))
    >>> [ax.get_title(loc="left") for ax in gallery(activations).axes]
    ['$x$ → out']
    """
    snapped = snapped or {}
    learned = [a for a in activations.edges if a.fixed is None]
    shown = sorted(sorted(learned, key=lambda a: -a.importance)[:MOST], key=lambda a: a.edge)
    with themed(theme) as look:
        across = min(max(len(shown), 1), ACROSS)
        down, strips = -(-max(len(shown), 1) // across), any(a.edge in snapped for a in shown)
        if figure is None:
            width = max(SINGLE, DOUBLE * across / ACROSS)
            figure = new_figure(width, down * (PANEL + 0.45 + (STRIP + 0.16) * strips) + 0.45)
        grid = figure.add_gridspec(down, across)
        for k, activation in enumerate(shown):
            _panel(figure, grid, k, activation, activations, snapped.get(activation.edge), look)
        _legend(figure, len(learned), strips, look)
    return figure


def _panel(
    figure: Figure,
    grid: GridSpec,
    k: int,
    activation: Activation,
    activations: Activations,
    read: tuple[np.ndarray, str] | None,
    look: Style,
) -> None:
    place = grid[divmod(k, grid.ncols)]
    if read is None:
        ax = figure.add_subplot(place)
    else:
        cells = place.subgridspec(2, 1, height_ratios=(PANEL, STRIP), hspace=0)
        ax = figure.add_subplot(cells[0])
        _draw_rest(figure.add_subplot(cells[1], sharex=ax), activation, read[0], look)
        ax.tick_params(labelbottom=False)
    _draw_density(ax, activation.x, look)
    _draw_curves(ax, activation, read, look)
    _title(ax, activation.edge, activations, "" if read is None else read[1], look)


def _draw_density(ax: Axes, x: np.ndarray, look: Style) -> None:
    """How many of the rows are where, as high as a share of the panel; ``x`` are evenly many of the rows."""
    counts, ends = np.histogram(x, bins=int(np.clip(len(x) // 8, 6, BARS)))
    heights = HIGH * counts / max(counts.max(), 1)
    where = ax.get_xaxis_transform()  # x in the data's unit, y as a share of the panel
    ax.bar(
        ends[:-1], heights, np.diff(ends), align="edge", transform=where, color=look.faint, alpha=0.45,
        linewidth=0, zorder=0,
    )  # fmt: skip


def _draw_curves(ax: Axes, activation: Activation, read: tuple[np.ndarray, str] | None, look: Style) -> None:
    wide = 1.6 if read is None else 3.2
    ax.plot(activation.x, activation.y, color=look.model, linewidth=wide, alpha=0.55 if read else 1, zorder=2)
    low, high = np.nanmin(activation.y), np.nanmax(activation.y)
    margin = 0.08 * (high - low) or 0.1 * abs(high) or 1.0
    ax.set_ylim(low - margin, high + margin)
    if read is not None:
        ax.plot(activation.x, read[0], color=look.accent, linestyle=(0, (3, 1.5)), linewidth=1.3, zorder=3)
    ax.locator_params(nbins=4)


def _draw_rest(ax: Axes, activation: Activation, read: np.ndarray, look: Style) -> None:
    """Learned minus read in percent of the function's range, zero in the middle."""
    span = float(np.nanmax(activation.y) - np.nanmin(activation.y)) or 1.0
    rest = 100 * (activation.y - np.asarray(read, dtype=float)) / span
    ax.axhline(0, color=look.faint, linewidth=0.7)
    ax.plot(activation.x, rest, color=look.good, linewidth=0.9)
    finite = np.abs(rest[np.isfinite(rest)])
    reach = 1.3 * float(finite.max(initial=0)) or 1.0
    ax.set(ylim=(-reach, reach))
    ax.set_yticks([0, reach / 1.3], ["0", f"{reach / 1.3:.1g} %"], fontsize=SMALL - 1)
    ax.locator_params(axis="x", nbins=4)


def _title(ax: Axes, edge: Edge, activations: Activations, read: str, look: Style) -> None:
    """From where to where, and below that what it was read as."""
    name = f"{_source(edge, activations)} → {_target(edge, activations)}"
    ax.set_title(name, loc="left", fontsize=SMALL, pad=16 if read else 5)
    if read:
        text = ax.text(0, 1.03, cut(read, 20), transform=ax.transAxes)
        text.set(color=look.accent, fontsize=SMALL, va="bottom")


def _source(edge: Edge, activations: Activations) -> str:
    if edge.layer == 0:
        return name_text(activations.columns[edge.source], 12)
    return _hidden(edge.layer, edge.source, activations)


def _target(edge: Edge, activations: Activations) -> str:
    """The node that a subnode belongs to; a factor of a product is numbered."""
    groups = activations.nodes[edge.layer]
    node = next(k for k, group in enumerate(groups) if edge.target in group)
    last = edge.layer == len(activations.nodes) - 1
    name = (
        f"out {node + 1}"
        if last and len(groups) > 1
        else "out"
        if last
        else _hidden(edge.layer + 1, node, activations)
    )
    return name if len(groups[node]) == 1 else f"{name}·{groups[node].index(edge.target) + 1}"


def _hidden(layer: int, node: int, activations: Activations) -> str:
    """``h`` with the node's number; with the layer's too where there are several."""
    index = f"{layer},{node + 1}" if len(activations.nodes) > 2 else f"{node + 1}"
    return f"$h_{{{index}}}$"


def _legend(figure: Figure, count: int, strips: bool, look: Style) -> None:
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=look.model, linewidth=2.5, alpha=0.8, label="learned")
    ]
    if strips:
        handles += [
            Line2D([], [], color=look.accent, linestyle=(0, (3, 1.5)), linewidth=1.3, label="read as"),
            Line2D([], [], color=look.good, linewidth=0.9, label="learned − read"),
        ]
    handles.append(Patch(color=look.faint, alpha=0.45, linewidth=0, label="rows"))
    title = f"the {MOST} most important of {count} functions" if count > MOST else None
    narrow = figure.get_figwidth() < 5
    figure.legend(
        handles=handles,
        loc="outside lower center",
        ncols=2 if narrow else 4,
        title=title,
        title_fontsize=SMALL,
    )


KIND = Kind("activations", gallery, ("activations",), {"snapped": "snapped"}, rigid=True)
