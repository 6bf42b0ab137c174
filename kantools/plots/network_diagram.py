"""The network as it was learned: the curve of every edge, what it was read as, and the formula.

Inputs stand at the bottom, the output on top, as in the paper on Kolmogorov-Arnold networks (Liu et al.,
2024). A ``+`` adds what reaches it, a ``×`` multiplies its factors; lines are as strong as the edge is
important.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path

from kantools.activation import Activation, Activations, Edge
from kantools.plots.kind import Kind
from kantools.plots.labels import cut, drawable, height_of, literal, name_text, typeset, width_of
from kantools.plots.layout import CAPTION, COLUMNS, Card, Layout, Point, lay_out
from kantools.plots.style import Style, Theme, themed
from kantools.symbolic.formula import Formula

__all__ = ["network_diagram"]

Snapped = Mapping[Edge, tuple[np.ndarray, str]]
#: Longer captions are cut.
LETTERS = 18
#: Points of an input's name, and so many letters of it stand on one line.
NAME, WORDS = 11, 28
#: Inches above the output and below the inputs.
ABOVE, BELOW = 0.55, 0.45


def network_diagram(
    activations: Activations,
    formula: Formula | None = None,
    *,
    snapped: Snapped | None = None,
    outputs: Sequence[str] | None = None,
    theme: Theme = "light",
    figure: Figure | None = None,
) -> Figure:
    """Draw a network.

    Parameters
    ----------
    activations : Activations
        What the network learned.
    formula : Formula, optional
        Written below; its target names the output.
    snapped : mapping of Edge to (values, label), optional
        The curve each edge was read as, at its activation's ``x``, and what to call it.
    outputs : sequence of str, optional
        The outputs' names, where there is no formula.
    theme : {"light", "dark"}
    figure : Figure, optional
        Where to draw; a new one of a size that fits otherwise.

    Returns
    -------
    Figure

    Examples
    --------
    >>> x = np.linspace(0, 1, 50)
    >>> learned = Activation(Edge(0, 0, 0), x, np.sin(x))
    >>> activations = Activations(("x",), (((0,),),), (learned,))
    >>> [text.get_text() for text in network_diagram(activations, outputs=["force"]).axes[0].texts]
    ['$x$', 'force']
    """
    snapped = snapped or {}
    captions = _captions(activations, snapped)
    layout = lay_out(activations, captions)
    with themed(theme) as look:
        names = _names(activations, layout)
        text, size = typeset(formula, layout.width - 0.5, 13) if formula else ("", 11.0)
        below = _room_below(names, text, size)
        figure = Figure(figsize=(layout.width, layout.height + ABOVE + below)) if figure is None else figure
        ax = _canvas(figure, layout.width, layout.height + ABOVE, below)
        _draw_edges(ax, activations, layout, snapped, captions, look)
        _draw_nodes(ax, activations, layout, look)
        _name_inputs(ax, activations, layout, names, look)
        _name_outputs(ax, layout, _outputs(activations, formula, outputs))
        if text:
            _text(ax, layout.width / 2, 0.16 - below, text, fontsize=size, va="bottom", gid="formula")
    return figure


def _draw_edges(
    ax: Axes,
    activations: Activations,
    layout: Layout,
    snapped: Snapped,
    captions: Mapping[Edge, str],
    look: Style,
) -> None:
    crowd = Counter(card.edge.layer for card in layout.cards)
    for card in layout.cards:
        activation, many = activations[card.edge], crowd[card.edge.layer]
        strength = _strength(activations, activation)
        _draw_lines(ax, layout, card, strength, many, look)
        shown = 1.0 if many <= COLUMNS else 0.2 + 0.8 * strength  # in a crowd, what matters stands out
        read, caption = snapped.get(card.edge), captions.get(card.edge, "")
        _draw_card(ax, card, activation, read, caption, look, shown)


def _room_below(names: list[str], text: str, size: float) -> float:
    """Inches that the inputs' names and the formula take."""
    lines = max(name.count("\n") for name in names)
    return BELOW + 0.19 * lines + (height_of(text, size) + 0.3 if text else 0)


def _canvas(figure: Figure, width: float, top: float, below: float) -> Axes:
    """Axes over the whole figure whose data coordinates are inches (scaled, where the figure is given)."""
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, width), ylim=(-below, top), aspect="equal")
    ax.axis("off")
    return ax


def _text(ax: Axes, x: float, y: float, text: str, fontsize: float = 9, **options: Any) -> None:
    """Text whose size follows the drawing's scale."""
    ax.text(x, y, text, **{"fontsize": fontsize * _scale(ax), "ha": "center", "zorder": 6, **options})


def _scale(ax: Axes) -> float:
    """How large the drawing is, relative to its natural size."""
    box = ax.figure.bbox  # in dots
    return float(min(box.width / np.ptp(ax.get_xlim()), box.height / np.ptp(ax.get_ylim())) / ax.figure.dpi)


def _captions(activations: Activations, snapped: Snapped) -> dict[Edge, str]:
    captions = {edge: label for edge, (_, label) in snapped.items()}
    captions |= {a.edge: a.fixed for a in activations.edges if a.fixed is not None}
    return {e: cut(c, LETTERS) for e, c in captions.items()}


def _strength(activations: Activations, activation: Activation) -> float:
    """Importance relative to the layer's most important edge, its root taken so that weak ones show."""
    most = max(a.importance for a in activations.edges if a.edge.layer == activation.edge.layer)
    return float(np.sqrt(np.clip(activation.importance / most, 0, 1))) if most > 0 else 1.0


def _draw_lines(ax: Axes, layout: Layout, card: Card, strength: float, crowd: int, look: Style) -> None:
    """From the source through the card to the target; paler where there are many."""
    calm = min(1.0, (30 / crowd) ** 0.5)
    source = layout.nodes[card.edge.layer, card.edge.source]
    target = layout.subnodes[card.edge.layer, card.edge.target]
    for a, b in ((source, (card.x, card.y - card.height / 2)), ((card.x, card.y + card.height / 2), target)):
        line = PathPatch(_bend(a, b), facecolor="none", edgecolor=look.ink, capstyle="round", zorder=1)
        line.set(alpha=(0.12 + 0.73 * strength) * calm, linewidth=0.5 + 1.3 * strength)
        ax.add_patch(line)


def _bend(a: Point, b: Point) -> Path:
    """From a to b, leaving and arriving upright."""
    middle = (a[1] + b[1]) / 2
    return Path([a, (a[0], middle), (b[0], middle), b], [Path.MOVETO, *[Path.CURVE4] * 3])


def _draw_card(
    ax: Axes,
    card: Card,
    activation: Activation,
    read: tuple[np.ndarray, str] | None,
    caption: str,
    look: Style,
    shown: float,
) -> None:
    """A frame with the learned curve, over it the one it was read as, and below the caption."""
    alone = activation.fixed is not None
    corner = (card.x - card.width / 2, card.y - card.height / 2)
    box = FancyBboxPatch(
        corner, card.width, card.height, boxstyle="round,pad=0,rounding_size=0.05", linewidth=0.7, zorder=2,
        facecolor=look.card, edgecolor=(look.faint, shown), gid=f"card {_name(card.edge)}",
    )  # fmt: skip
    ax.add_patch(box)
    bottom = corner[1]
    if not alone:
        _draw_curves(ax, card, activation, read, bottom + CAPTION * bool(caption), look, shown)
    if caption:
        color = look.ink if alone else look.accent
        _text(ax, card.x, bottom + CAPTION / 2, caption, 7.5, color=color, va="center_baseline")


def _draw_curves(
    ax: Axes,
    card: Card,
    activation: Activation,
    read: tuple[np.ndarray, str] | None,
    bottom: float,
    look: Style,
    shown: float,
) -> None:
    """Curves in the card's frame, both on the learned one's scale."""
    inner = 0.06
    low = np.array([card.x - card.width / 2 + inner, bottom + inner])
    high = np.array([card.x + card.width / 2 - inner, card.y + card.height / 2 - inner])
    x = _scaled(activation.x, activation.x, low[0], high[0])
    y = _scaled(activation.y, activation.y, low[1], high[1])
    name = _name(activation.edge)
    width, alpha = (1.5, 1.0) if read is None else (3.2, 0.45)
    ax.plot(x, y, color=look.model, linewidth=width, alpha=alpha * shown, zorder=3, gid=f"curve {name}")
    if read is not None:
        values = _scaled(np.asarray(read[0], dtype=float), activation.y, low[1], high[1])
        inside = np.where((values > low[1] - inner) & (values < high[1] + inner), values, np.nan)
        ax.plot(
            x,
            inside,
            color=look.accent,
            linestyle=(0, (2.5, 1.5)),
            linewidth=1.2,
            zorder=4,
            gid=f"snapped {name}",
        )


def _scaled(values: np.ndarray, over: np.ndarray, low: float, high: float) -> np.ndarray:
    """Values so that the range of ``over`` fills the interval; a constant lies in its middle."""
    least, span = np.nanmin(over), np.nanmax(over) - np.nanmin(over)
    if not span > 1e-12 * np.nanmax(np.abs(over)):
        return np.full_like(values, (low + high) / 2)
    return low + (values - least) / span * (high - low)


def _name(edge: Edge) -> str:
    return f"{edge.layer},{edge.source},{edge.target}"


def _draw_nodes(ax: Axes, activations: Activations, layout: Layout, look: Style) -> None:
    for (layer, k), point in layout.nodes.items():
        if layer == 0:
            used = any(a.edge.layer == 0 and a.edge.source == k for a in activations.edges)
            _dot(ax, point, look.ink if used else look.faint)
            continue
        group = activations.nodes[layer - 1][k]
        if len(group) > 1:
            _draw_product(ax, activations, layout, layer, k, look)
        else:
            _draw_sum(ax, point, len(activations.into(layer - 1, group[0])), look)


def _draw_sum(ax: Axes, point: Point, terms: int, look: Style) -> None:
    """A plus sign where there is something to add, else a dot."""
    if terms == 1:
        _dot(ax, point, look.ink)
    else:
        _sign(ax, point, "+", look.ink, look)


def _draw_product(
    ax: Axes, activations: Activations, layout: Layout, layer: int, k: int, look: Style
) -> None:
    x, y = layout.nodes[layer, k]
    for s in activations.nodes[layer - 1][k]:
        point = layout.subnodes[layer - 1, s]
        ax.plot([point[0], x], [point[1], y], color=look.good, linewidth=1.8, zorder=1)
        _draw_sum(ax, point, len(activations.into(layer - 1, s)), look)
    _sign(ax, (x, y), "×", look.good, look)


def _dot(ax: Axes, point: Point, color: str) -> None:
    ax.plot(*point, "o", color=color, markersize=6 * _scale(ax), zorder=5, gid="node")


def _sign(ax: Axes, point: Point, sign: str, color: str, look: Style) -> None:
    shape, size, arms = ("o", 13, 7) if sign == "+" else ("D", 12.5, 5)  # what crosses within its frame
    scale, cross = _scale(ax), "+" if sign == "+" else "x"
    frame: dict[str, Any] = {"markerfacecolor": look.paper, "markeredgecolor": color, "gid": "node"}
    ax.plot(*point, shape, markersize=size * scale, markeredgewidth=1.3 * scale, zorder=5, **frame)
    strokes: dict[str, Any] = {"markersize": arms * scale, "markeredgewidth": 1.6 * scale}
    ax.plot(*point, cross, color=color, zorder=6, **strokes)


def _names(activations: Activations, layout: Layout) -> list[str]:
    """The inputs' names, broken into lines where they are wider than the room between the nodes."""
    points = sorted(layout.nodes[0, k][0] for k in range(len(activations.columns)))
    room = min(np.diff(points), default=layout.width - 0.4)
    return [_in_lines(column, room - 0.1) for column in activations.columns]


def _in_lines(column: str, room: float) -> str:
    """A name as a symbol, on one line where there is room, or in several short ones."""
    name = name_text(column)
    if name.startswith("$") or (width_of(name, NAME) <= room and len(column) <= WORDS):
        return name
    letters = max(int(room / 0.1), 4)
    lines = wrap(drawable(column), letters, max_lines=4, placeholder="…")
    return literal("\n".join(lines) or drawable(column))


def _name_inputs(ax: Axes, activations: Activations, layout: Layout, names: list[str], look: Style) -> None:
    used = {a.edge.source for a in activations.edges if a.edge.layer == 0}
    for k, name in enumerate(names):
        x, y = layout.nodes[0, k]
        _text(ax, x, y - 0.14, name, NAME, va="top", color=look.ink if k in used else look.muted)


def _outputs(
    activations: Activations, formula: Formula | None, names: Sequence[str] | None
) -> tuple[str, ...]:
    """The name of each output: the formula's target, else what was given, else a number."""
    count = len(activations.nodes[-1])
    if formula:
        return (formula.target,) * count
    if names is not None and len(names) == count:
        return tuple(names)
    return ("output",) if count == 1 else tuple(f"output {k}" for k in range(count))


def _name_outputs(ax: Axes, layout: Layout, names: Sequence[str]) -> None:
    layer = max(layer for layer, _ in layout.nodes)
    for k, name in enumerate(names):
        x, y = layout.nodes[layer, k]
        text = name_text(name, max(int(layout.width / len(names) / 0.115), 4))
        _text(ax, x, y + 0.16, text, 12, va="bottom", fontweight="bold")


TAKES = {"formula": "formula", "snapped": "snapped", "outputs": "outputs"}
KIND = Kind("network", network_diagram, ("activations",), TAKES)
