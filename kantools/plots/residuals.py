"""What the formula leaves unexplained: noise if it is right, a pattern if it is not."""

import numpy as np
from matplotlib.axes import Axes

from kantools.catalogue import did_you_mean
from kantools.plots.kind import Kind, Predictor
from kantools.plots.labels import axis_label
from kantools.plots.scale import marker_size, number_plainly, scale
from kantools.plots.style import SINGLE, SMALL, Theme, new_axes, themed
from kantools.symbolic.trust.prediction import Scatter
from kantools.table import Table

__all__ = ["residuals"]

#: More rows than this have no error bars, which would hide the points.
BARS = 300


def residuals(
    model: Predictor,
    table: Table,
    ax: Axes | None = None,
    *,
    over: str | None = None,
    standardized: bool = True,
    theme: Theme = "light",
) -> Axes:
    """Draw measured minus predicted, with error bars and in standard errors where sigma is known.

    Parameters
    ----------
    model : Predictor
        A formula or a network.
    table : Table
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``).
    over : str, optional
        The column that they are drawn over; the predicted values otherwise.
    standardized : bool
        Whether they are divided by sigma, where that is known, or by the deviation that the noise model of a
        formula gives each row, where that goes with the value; else they are in the target's unit.
    theme : {"light", "dark"}

    Returns
    -------
    Axes
        With a band of two standard deviations, or twice the root mean square where these are not known.

    Raises
    ------
    ValueError
        For a column that the table does not have.

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> x = np.linspace(1, 2, 9)
    >>> table = Table(("x",), x[:, None], "y", 3 * x + 0.01 * np.sin(9 * x))
    >>> residuals(refit("a*x", table), table, over="x").get_ylabel()
    'residual of $y$'
    """
    x, label = _across(model, table, over)
    scatter = _scatter(model, table)
    divided = standardized and (table.sigma is not None or scatter is not None)
    unit = _deviation(model, table, scatter) if divided else np.ones(table.rows)
    residual = (table.y - model.predict(table.X)) / unit
    error = None if table.sigma is None else table.sigma / unit
    band = float(np.sqrt(np.nanmean(residual**2))) if error is None else float(np.median(error))
    band = 1.0 if divided and error is None else band
    with themed(theme) as look:
        ax = new_axes(SINGLE, 2.6) if ax is None else ax
        ax.axhspan(-2 * band, 2 * band, color=look.model, alpha=0.10, linewidth=0, zorder=0)
        ax.axhline(0, color=look.faint, linewidth=1, zorder=1)
        bars = error if table.rows <= BARS else None
        ax.errorbar(
            x, residual, yerr=bars, fmt="o", color=look.model, alpha=0.8, zorder=2,
            ecolor=look.faint, elinewidth=0.8, markersize=marker_size(table.rows), markeredgewidth=0,
        )  # fmt: skip
        ax.set(xscale=scale(x), xlabel=label, ylabel=_label(table, divided))
        number_plainly(ax)
        _symmetric(ax, residual, band)
        text = f"band: ± 2 σ, {scatter}" if divided and scatter else f"band: ± 2 {'σ' if divided else 'rms'}"
        ax.set_title(text, loc="right", fontsize=SMALL, color=look.muted)
    return ax


def _across(model: Predictor, table: Table, over: str | None) -> tuple[np.ndarray, str]:
    """What residuals are drawn over, and its name."""
    if over is None:
        return model.predict(table.X), f"predicted {axis_label(table, table.target)}"
    if over not in table.columns:
        raise ValueError(f'There is no column "{over}"; {did_you_mean(over, table.columns)}')
    return table.X[:, table.columns.index(over)], axis_label(table, over)


def _label(table: Table, divided: bool) -> str:
    return "residual / σ" if divided else f"residual of {axis_label(table, table.target)}"


def _scatter(model: Predictor, table: Table) -> Scatter | None:
    """The noise model of a formula that stands in for standard errors, where it goes with the value."""
    scatter = getattr(model, "scatter", None)
    return scatter if table.sigma is None and scatter is not None and scatter.follows else None


def _deviation(model: Predictor, table: Table, scatter: Scatter | None) -> np.ndarray:
    """The standard deviation of each row."""
    if table.sigma is not None:
        return table.sigma
    return np.ones(table.rows) if scatter is None else scatter.at(model.predict(table.X))


def _symmetric(ax: Axes, residual: np.ndarray, band: float) -> None:
    """Zero in the middle, all points and the band inside."""
    finite = np.abs(residual[np.isfinite(residual)])
    reach = 1.08 * max(float(finite.max(initial=0)), 2.2 * band) or 1.0
    ax.set_ylim(-reach, reach)


KIND = Kind("residuals", residuals, ("model", "table"))
