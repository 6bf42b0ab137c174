"""What the formula leaves unexplained: noise if it is right, a pattern if it is not."""

import numpy as np
from matplotlib.axes import Axes

from kantools.plots.labels import axis_label, plain
from kantools.plots.scale import marker_size, scale
from kantools.plots.style import Theme, new_axes, themed
from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = ["residuals"]


def residuals(formula: Formula, table: Table, ax: Axes | None = None, *, theme: Theme = "light") -> Axes:
    """Draw measured minus predicted over predicted, in standard errors where sigma is known.

    Parameters
    ----------
    formula : Formula
    table : Table
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``).
    theme : {"light", "dark"}

    Returns
    -------
    Axes
    """
    predicted = formula.predict(table.X)
    residual = table.y - predicted
    if table.sigma is not None:
        residual = residual / table.sigma
    band = 1.0 if table.sigma is not None else float(np.sqrt(np.nanmean(residual**2)))
    with themed(theme) as look:
        ax = new_axes(5.2, 3.6) if ax is None else ax
        ax.axhspan(-2 * band, 2 * band, color=look.model, alpha=0.10, linewidth=0, zorder=0)
        ax.axhline(0, color=look.faint, linewidth=1, zorder=1)
        (points,) = ax.plot(predicted, residual, "o", color=look.model, markersize=marker_size(table.rows))
        points.set(markeredgewidth=0, alpha=0.75)
        ax.set(
            xscale=scale(predicted),
            xlabel=f"predicted {axis_label(table, table.target)}",
            ylabel=_label(table),
        )
        _symmetric(ax, residual, band)
    return ax


def _label(table: Table) -> str:
    return "residual / σ" if table.sigma is not None else f"residual of {plain(table.target)}"


def _symmetric(ax: Axes, residual: np.ndarray, band: float) -> None:
    """Zero in the middle, all points and the band inside."""
    finite = np.abs(residual[np.isfinite(residual)])
    reach = 1.08 * max(float(finite.max(initial=0)), 2.2 * band) or 1.0
    ax.set_ylim(-reach, reach)
