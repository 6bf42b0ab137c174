"""The law through the points, for a table with one input."""

import numpy as np
from matplotlib.axes import Axes

from kantools.plots.kind import Kind
from kantools.plots.labels import axis_label, typeset
from kantools.plots.scale import number_plainly, scale, wide
from kantools.plots.style import SINGLE, Theme, legend_below, new_axes, themed
from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = ["curve"]


def curve(formula: Formula, table: Table, ax: Axes | None = None, *, theme: Theme = "light") -> Axes:
    """Draw the data with error bars and the formula with a band of two standard errors.

    Parameters
    ----------
    formula : Formula
    table : Table
        With one input column.
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``).
    theme : {"light", "dark"}

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        For a table with more than one input: draw :func:`parity` then.

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> x = np.linspace(1, 2, 9)
    >>> table = Table(("x",), x[:, None], "y", 3 * x + 0.01 * np.sin(9 * x))
    >>> ax = curve(refit("a*x", table), table)
    >>> sorted(text.get_text() for text in ax.get_legend().get_texts())
    ['formula', 'measured', '± 2 standard errors']
    """
    if len(table.columns) != 1:
        raise ValueError(
            f"A curve is drawn over one column; this table has {list(table.columns)}. "
            "Draw parity(formula, table), or select one column."
        )
    x = _grid(table.X[:, 0])
    with themed(theme) as look:
        ax = new_axes(SINGLE, 3.1) if ax is None else ax
        wide_bars = None if table.x_sigma is None else table.x_sigma[:, 0]
        ax.errorbar(
            table.X[:, 0], table.y, table.sigma, wide_bars, fmt="o", color=look.data, ecolor=look.faint,
            markersize=4, markeredgewidth=0, elinewidth=0.8, alpha=0.9, label="measured", zorder=2,
        )  # fmt: skip
        _band(formula, x, ax, look.model)
        ax.plot(x, formula.predict(x[:, None]), color=look.model, label="formula", zorder=3)
        text, size = typeset(formula, SINGLE - 0.8, 10)
        ax.set_title(text, fontsize=size, pad=10)
        ax.set(xlabel=axis_label(table, table.columns[0]), ylabel=axis_label(table, table.target))
        ax.set(xscale=scale(x), yscale=scale(table.y) if wide(x) else "linear")
        number_plainly(ax)
        legend_below(ax, 3)
    return ax


def _band(formula: Formula, x: np.ndarray, ax: Axes, color: str) -> None:
    if formula.covariance is None or not np.all(np.isfinite(formula.covariance)) or not formula.free:
        return
    y, error = formula.predict(x[:, None]), formula.std(x[:, None])
    band = ax.fill_between(x, y - 2 * error, y + 2 * error, color=color, zorder=1)
    band.set(alpha=0.2, linewidth=0, label="± 2 standard errors")


def _grid(x: np.ndarray) -> np.ndarray:
    space = np.geomspace if wide(x) else np.linspace
    return space(x.min(), x.max(), 400)


KIND = Kind("curve", curve, ("formula", "table"))
