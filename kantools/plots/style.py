"""How figures look: Okabe and Ito's palette, which colour-blind readers can tell apart, on light or dark.

Figures are made without ``pyplot``: nothing is registered, nothing is shown, and no setting outlives the
call.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kantools.catalogue import did_you_mean

__all__ = ["Style", "Theme", "new_axes", "style", "themed"]

Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Style:
    """The colours of a theme, named for what they are used for."""

    paper: str
    ink: str
    faint: str
    card: str
    data: str
    model: str
    accent: str
    good: str


STYLES: dict[str, Style] = {
    "light": Style("#ffffff", "#1b1b1b", "#8a8a8a", "#fbfbfb", "#5f6b75", "#0072b2", "#d55e00", "#009e73"),
    "dark": Style("#16181c", "#e8e8e8", "#8d939c", "#1f2329", "#a9b4bf", "#56b4e9", "#e69f00", "#2fd3a5"),
}


def style(theme: Theme) -> Style:
    """The colours of a theme.

    >>> style("light").paper
    '#ffffff'
    >>> style("drak")
    Traceback (most recent call last):
        ...
    ValueError: There is no theme "drak"; did you mean "dark"?
    """
    if theme not in STYLES:
        raise ValueError(f'There is no theme "{theme}"; {did_you_mean(theme, STYLES)}')
    return STYLES[theme]


def settings(look: Style) -> dict[str, object]:
    """The theme as matplotlib's settings."""
    inks = ("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color")
    papers = ("figure.facecolor", "axes.facecolor", "savefig.facecolor", "legend.facecolor")
    return {
        **dict.fromkeys(inks, look.ink),
        **dict.fromkeys(papers, look.paper),
        "font.size": 10,
        "mathtext.fontset": "dejavusans",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.8,
        "grid.color": look.faint,
        "legend.frameon": False,
        "lines.linewidth": 1.6,
        "figure.dpi": 150,
        "savefig.dpi": 200,
    }


@contextmanager
def themed(theme: Theme) -> Iterator[Style]:
    """Draw inside of this: matplotlib's settings are the theme's here and what they were afterwards."""
    look = style(theme)
    with matplotlib.rc_context(settings(look)):
        yield look


def new_axes(width: float = 5.0, height: float = 4.0) -> Axes:
    """Axes on a figure of their own, in inches."""
    return Figure(figsize=(width, height), layout="constrained").add_subplot()
