"""How the law was found: which view of the table was made from which, what was tested there, what came of it.

A line for every view, hypothesis and formula, indented below what it came from, and beside it the error
that speaks for it or against it. Of many hypotheses of a view those are shown that were followed, and the
best of the others.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, NullLocator

from kantools.plots.branches import Line, lines_of
from kantools.plots.kind import Kind
from kantools.plots.labels import as_written, height_of, on_one_line, shortened, width_of
from kantools.plots.markers import MARKERS
from kantools.plots.style import DOUBLE, SMALL, Style, Theme, themed
from kantools.symbolic.formula import Formula

if TYPE_CHECKING:
    from kantools.discovery.result import Step

__all__ = ["tree"]

#: Inches: a line, an indentation, the margins, axis and legend below, evidence and verdicts beside.
LINE, INDENT, MARGIN, FOOT, EVIDENCE, VERDICT = 0.2, 0.17, 0.12, 0.72, 1.5, 1.3
#: Errors are shown within these bounds, and at least so many orders of magnitude of them.
BOUNDS, ORDERS = (1e-16, 2.0), 2


def tree(
    steps: "Sequence[Step]",
    front: Sequence[Formula] = (),
    *,
    chosen: Formula | None = None,
    figure: Figure | None = None,
    theme: Theme = "light",
) -> Figure:
    """Draw the course of a search as an outline with the evidence beside it.

    Parameters
    ----------
    steps : sequence of Step
        ``discovery_.steps``.
    front : sequence of Formula, optional
        To typeset the formulas that steps name.
    chosen : Formula, optional
        The one that is marked.
    figure : Figure, optional
        Where to draw; a new one of a height that fits otherwise.
    theme : {"light", "dark"}

    Returns
    -------
    Figure
        Two axes: the outline, and the relative errors on rows held out.

    Examples
    --------
    >>> from kantools.discovery import Step, Verdict
    >>> steps = [Step("y of x: one curve", 0.02, Verdict.READ, 0.1, "y of x", formulas=("y = sin(x)",))]
    >>> len(tree(steps).axes)
    2
    """
    lines = lines_of(steps, front, chosen)
    height = LINE * len(lines) + 2 * MARGIN + FOOT
    with themed(theme) as look:
        figure = Figure(figsize=(DOUBLE, height)) if figure is None else figure
        scale = min(figure.get_figwidth() / DOUBLE, figure.get_figheight() / height)
        bottom, tall = FOOT / height, LINE * len(lines) / height
        text = DOUBLE - EVIDENCE - VERDICT - MARGIN
        outline = figure.add_axes((0, bottom, 1, tall), xlim=(0, DOUBLE), ylim=(len(lines) - 0.5, -0.5))
        evidence = figure.add_axes((text / DOUBLE, bottom, EVIDENCE / DOUBLE, tall), sharey=outline)
        outline.axis("off")
        _draw_outline(outline, lines, text - 0.15, scale, look)
        _draw_evidence(evidence, lines, scale, look)
        _legend(figure, lines, scale, look)
    return figure


def _draw_outline(ax: Axes, lines: Sequence[Line], width: float, scale: float, look: Style) -> None:
    above: list[int] = []  # the last line of each depth so far
    for row, line in enumerate(lines):
        x = MARGIN + INDENT * line.depth
        above = [*above[: line.depth], row]
        if line.depth:
            parent, start = above[-2], x - INDENT + 0.03
            path = ([start, start, x - 0.02], [parent + 0.32, row, row])
            ax.plot(*path, color=look.faint, linewidth=0.8 * scale, zorder=1)
        _draw_line(ax, row, line, x, width - x, scale, look)


def _draw_line(ax: Axes, row: int, line: Line, x: float, room: float, scale: float, look: Style) -> None:
    if row % 2 == 0:
        ax.axhspan(row - 0.5, row + 0.5, color=look.card, linewidth=0, zorder=0)
    size = SMALL * scale
    text, color = _text(line, room, look)
    weight = "bold" if line.kind in ("table", "view") else "normal"
    options: dict[str, Any] = {"va": "center_baseline", "fontsize": size}
    ax.text(x + 0.02, row, text, color=color, fontweight=weight, gid=line.kind, **options)
    if line.chosen:
        ax.text(x + 0.12 + width_of(text, SMALL), row, "← chosen", color=look.accent, **options)
    said = shortened(as_written(line.said.partition(":")[0]), VERDICT - 0.25, SMALL)
    ax.text(DOUBLE - VERDICT + 0.1, row, said, color=look.muted, gid="verdict", **options)


def _text(line: Line, room: float, look: Style) -> tuple[str, str]:
    """What a line says, so that it fits, and its colour."""
    if line.kind == "formula":
        room -= 0.8 * line.chosen
        latex = line.formula.latex() if line.formula else r"\frac"
        text = "" if r"\frac" in latex else on_one_line(latex, line.text, room, SMALL)
        if not text or height_of(text, SMALL) > LINE:  # fractions would be too small to read
            text = shortened(as_written(line.text), room, SMALL)
        return text, look.accent if line.chosen else look.good
    room /= 1.12 if line.kind in ("table", "view") else 1.0  # bold letters are wider
    return shortened(as_written(line.text), room, SMALL), look.muted if line.kind == "others" else look.ink


def _draw_evidence(ax: Axes, lines: Sequence[Line], scale: float, look: Style) -> None:
    ax.patch.set_alpha(0)
    errors = np.clip([line.error for line in lines], *BOUNDS)
    for row, (line, error) in enumerate(zip(lines, errors, strict=True)):
        if line.verdict and np.isfinite(error):
            marker = MARKERS[line.verdict].drawn(look)
            marker["markersize"] = scale * MARKERS[line.verdict].size
            ax.plot(error, row, linestyle="none", zorder=3, clip_on=False, **marker)
    finite = errors[np.isfinite(errors)]
    least = min(finite.min(initial=1.0), BOUNDS[1] / 10**ORDERS)
    ax.set(xscale="log", xlim=(least / 2, BOUNDS[1] * 1.3))
    ax.set_xlabel("relative error", fontsize=SMALL * scale)
    ax.xaxis.set_major_locator(LogLocator(numticks=4))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.tick_params(axis="y", left=False, labelleft=False)
    ax.tick_params(axis="x", labelsize=(SMALL - 1) * scale)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", alpha=0.35)


def _legend(figure: Figure, lines: Sequence[Line], scale: float, look: Style) -> None:
    shown = [name for name in MARKERS if any(line.verdict == name for line in lines)]
    handles = []
    for name in shown:
        marker = {**MARKERS[name].drawn(look), "markersize": scale * MARKERS[name].size}
        handles.append(Line2D([], [], linestyle="none", label=name, **marker))
    if handles:
        place: dict[str, Any] = {
            "loc": "lower left",
            "borderaxespad": 0.3,
            "columnspacing": 1.2,
            "handletextpad": 0.3,
        }
        figure.legend(handles=handles, ncols=len(shown), fontsize=SMALL * scale, **place)


KIND = Kind("tree", tree, ("steps",), {"front": "front", "chosen": "formula"}, rigid=True)
