"""Predicted against measured: on the diagonal where the formula is right."""

import numpy as np
from matplotlib.axes import Axes

from kantools.plots.kind import Kind, Predictor
from kantools.plots.labels import axis_label
from kantools.plots.scale import marker_size, number_plainly, scale, wide
from kantools.plots.style import SINGLE, Theme, new_axes, themed
from kantools.table import Table

__all__ = ["parity"]


def parity(model: Predictor, table: Table, ax: Axes | None = None, *, theme: Theme = "light") -> Axes:
    """Draw the predicted against the measured target, with error bars where sigma is known.

    Parameters
    ----------
    model : Predictor
        A formula or a network.
    table : Table
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``).
    theme : {"light", "dark"}

    Returns
    -------
    Axes

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> x = np.linspace(1, 2, 9)
    >>> table = Table(("x",), x[:, None], "y", 3 * x + 0.01 * np.sin(9 * x))
    >>> parity(refit("a*x", table), table).get_xlabel()
    'measured $y$'
    """
    predicted = model.predict(table.X)
    with themed(theme) as look:
        ax = new_axes(SINGLE, SINGLE) if ax is None else ax
        ends = _ends(table.y, predicted)
        ax.plot(ends, ends, color=look.faint, linewidth=1, zorder=1)
        ax.errorbar(
            table.y, predicted, xerr=table.sigma, fmt="o", markersize=marker_size(table.rows), alpha=0.75,
            color=look.model, ecolor=look.faint, elinewidth=0.8, markeredgewidth=0, zorder=2,
        )  # fmt: skip
        kind = scale(table.y, predicted)
        ax.set(xscale=kind, yscale=kind, xlim=ends, ylim=ends, aspect="equal")
        number_plainly(ax)
        ax.set(
            xlabel=f"measured {axis_label(table, table.target)}",
            ylabel=f"predicted {axis_label(table, table.target)}",
        )
        ax.text(0.04, 0.96, _quality(table.y, predicted), transform=ax.transAxes, va="top")
    return ax


def _ends(measured: np.ndarray, predicted: np.ndarray) -> tuple[float, float]:
    """What both axes show: all values and a little more."""
    values = np.concatenate([measured, predicted[np.isfinite(predicted)]])
    low, high = float(values.min()), float(values.max())
    if wide(values):
        return low / 1.3, high * 1.3
    margin = 0.05 * (high - low) or abs(high) or 1.0
    return low - margin, high + margin


def _quality(measured: np.ndarray, predicted: np.ndarray) -> str:
    """R² and the rms residual, with digits enough to tell 0.9999 from 1."""
    residual = measured - predicted
    spread = float(np.sum((measured - measured.mean()) ** 2))
    missing = float(np.sum(residual**2)) / spread if spread else float("nan")
    score = f"{1 - missing:.4f}" if not missing < 5e-4 else f"1 − {missing:.1e}"
    return f"$R^2$ = {score}\nrms = {np.sqrt(np.mean(residual**2)):.3g}"


KIND = Kind("parity", parity, ("model", "table"))
