"""How figures look: Okabe and Ito's palette, which colour-blind readers can tell apart, on light or dark.

On white, its vermilion and green are darkened until they can be read as text (a contrast of 4.5, WCAG 2.1);
whatever tells two things apart by colour tells them apart by marker or dash too. Figures are as wide as one
or two columns of a journal. They are made without ``pyplot``: nothing is registered, nothing is shown, and no
setting outlives the call.

Source of the palette: M. Okabe and K. Ito, Color Universal Design (2008).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.transforms import ScaledTranslation

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError

__all__ = [
    "DOUBLE",
    "SINGLE",
    "Style",
    "Theme",
    "inches",
    "legend_below",
    "new_axes",
    "new_figure",
    "style",
    "themed",
]

Theme = Literal["light", "dark"]

#: Widths of one and of two columns of a journal, in inches (90 and 190 mm).
SINGLE, DOUBLE = 3.54, 7.48
#: Points: text, what stands beside it, and the least that is read without a glass.
TEXT, SMALL, LEAST = 9.0, 8.0, 6.5
#: Points that the labels of a horizontal axis take.
BELOW = 30.0


@dataclass(frozen=True)
class Style:
    """The colours of a theme, named for what they are used for; ``faint`` is for lines, never for text."""

    paper: str
    ink: str
    muted: str
    faint: str
    card: str
    data: str
    model: str
    accent: str
    good: str


STYLES: dict[str, Style] = {
    "light": Style(
        paper="#ffffff",
        ink="#1b1b1b",
        muted="#626262",
        faint="#9a9a9a",
        card="#f8f8f8",
        data="#5f6b75",
        model="#0072b2",
        accent="#b84f00",
        good="#00593d",
    ),
    "dark": Style(
        paper="#16181c",
        ink="#e8e8e8",
        muted="#a3a9b2",
        faint="#7d838c",
        card="#1f2329",
        data="#a9b4bf",
        model="#56b4e9",
        accent="#e69f00",
        good="#8ff0cc",
    ),
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
    small = ("xtick.labelsize", "ytick.labelsize", "legend.fontsize")
    return {
        **dict.fromkeys(inks, look.ink),
        **dict.fromkeys(papers, look.paper),
        **dict.fromkeys(small, SMALL),
        "font.size": TEXT,
        "axes.titlesize": TEXT,
        "mathtext.fontset": "dejavusans",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.linewidth": 0.8,
        "grid.color": look.faint,
        "grid.linewidth": 0.5,
        "legend.frameon": False,
        "lines.linewidth": 1.6,
        "figure.dpi": 150,
        "savefig.dpi": 200,
    }


def inches(width: str | float) -> float:
    """A width in inches: that of one or two columns of a journal by name.

    >>> inches("single"), inches(5)
    (3.54, 5.0)
    >>> inches("singel")
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: A width is "single", "double" or inches; got 'singel'. Try "single".
    """
    known = {"single": SINGLE, "double": DOUBLE}
    if isinstance(width, str) and width in known:
        return known[width]
    if isinstance(width, int | float) and not isinstance(width, bool) and 0 < width < float("inf"):
        return float(width)
    raise SettingError(f'A width is "single", "double" or inches; got {width!r}. Try "single".')


@contextmanager
def themed(theme: Theme) -> Iterator[Style]:
    """Draw inside of this: matplotlib's settings are the theme's here and what they were afterwards."""
    look = style(theme)
    with matplotlib.rc_context(settings(look)):
        yield look


def new_figure(width: float = SINGLE, height: float = SINGLE) -> Figure:
    """An empty figure, in inches, that makes room for labels by itself."""
    return Figure(figsize=(width, height), layout="constrained")


def new_axes(width: float = SINGLE, height: float = SINGLE) -> Axes:
    """Axes on a figure of their own, in inches."""
    return new_figure(width, height).add_subplot()


def legend_below(ax: Axes, ncols: int) -> Legend:
    """A legend below the horizontal axis and its label, where it hides no data."""
    down = ScaledTranslation(0, -BELOW / 72, ax.figure.dpi_scale_trans)
    place = {"bbox_to_anchor": (0.45, 0.0), "bbox_transform": ax.transAxes + down}
    return ax.legend(loc="upper center", ncols=ncols, columnspacing=1.2, handlelength=1.6, **place)
