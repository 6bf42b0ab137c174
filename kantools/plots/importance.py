"""Which inputs matter, and which act together: a matrix of shares of the variance."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.patches import Rectangle

from kantools.plots.interaction import shares
from kantools.plots.kind import Kind, Predictor
from kantools.plots.labels import name_text, width_of
from kantools.plots.style import SINGLE, SMALL, Style, Theme, new_axes, themed
from kantools.table import Table

__all__ = ["importance"]

#: Inputs that are shown, the most important ones; inches a cell; what is written as nothing.
MOST, CELL, LEAST = 12, 0.46, 0.005


def importance(model: Predictor, table: Table, ax: Axes | None = None, *, theme: Theme = "light") -> Axes:
    """Draw the share of the model's variance in which each input, and each pair of inputs, takes part.

    Parameters
    ----------
    model : Predictor
        A formula or a network.
    table : Table
        The rows over which the model is compared (see :func:`kantools.plots.interaction.shares`).
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``).
    theme : {"light", "dark"}

    Returns
    -------
    Axes
        Inputs by falling importance on the diagonal; below it, how much two of them act together: nothing
        where their effects add up.

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> X = np.random.default_rng(0).uniform(0, 1, (50, 2))
    >>> table = Table(("a", "b"), X, "y", X[:, 0])
    >>> [cell.get_text() for cell in importance(refit("c*a", table), table).texts]
    ['1.00', '0', '0']
    """
    share = shares(model, table.X)
    order = np.argsort(-np.diag(share), kind="stable")[:MOST]
    names = [name_text(table.columns[k], 18) for k in order]
    with themed(theme) as look:
        ax = _new(names) if ax is None else ax
        _draw_cells(ax, share[np.ix_(order, order)], look)
        _label(ax, names)
        ax.set_title(_title(share.shape[0]), loc="left", fontsize=SMALL, color=look.muted)
    return ax


def _new(names: list[str]) -> Axes:
    side = CELL * len(names)
    left = max(width_of(n, SMALL) for n in names) + 0.3
    return new_axes(max(side + left, SINGLE), max(side, 2 * CELL) + 0.8 + (left if _turned(names) else 0.1))


def _title(inputs: int) -> str:
    which = f"the {MOST} most important of {inputs} inputs\n" if inputs > MOST else ""
    pairs = "\nbelow: in which both inputs act together" if inputs > 1 else ""
    return f"{which}diagonal: share of the variance through an input{pairs}"


def _draw_cells(ax: Axes, share: np.ndarray, look: Style) -> None:
    colors = LinearSegmentedColormap.from_list("share", [look.card, look.model])
    for (row, column), value in np.ndenumerate(share):
        if column > row:
            continue
        shade = to_rgb(colors(float(np.clip(value, 0, 1))))
        cell = Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, facecolor=shade)
        cell.set(edgecolor=look.ink if row == column else look.faint, linewidth=0.9 if row == column else 0.5)
        ax.add_patch(cell)
        text, ink = f"{value:.2f}" if value >= LEAST else "0", readable(shade, look)
        ax.text(column, row, text, ha="center", va="center", fontsize=SMALL, color=ink)


def _label(ax: Axes, names: list[str]) -> None:
    places = range(len(names))
    ax.set_xticks(places, names, rotation=90 if _turned(names) else 0)
    ax.set_yticks(places, names)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(names) - 0.5, -0.5), aspect="equal", anchor="W")


def _turned(names: list[str]) -> bool:
    """Whether a name is wider than a cell."""
    return max(width_of(n, SMALL) for n in names) > CELL - 0.06


def readable(background: tuple[float, float, float], look: Style) -> str:
    """Ink or paper, whichever stands out."""
    return max((look.ink, look.paper), key=lambda text: contrast(to_rgb(text), background))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """The ratio of luminances, 1 … 21, as the Web Content Accessibility Guidelines 2.1 define it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: tuple[float, ...]) -> float:
    c = np.asarray(color[:3])
    linear = np.where(c <= 0.03928, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


KIND = Kind("importance", importance, ("model", "table"))
