"""How the target goes with each input while the others are as they are: the model against the data."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kantools.catalogue import did_you_mean
from kantools.plots.kind import Kind, Predictor
from kantools.plots.labels import axis_label
from kantools.plots.scale import marker_size, number_plainly, scale, wide
from kantools.plots.style import DOUBLE, SINGLE, SMALL, Style, Theme, new_figure, themed
from kantools.table import Table

__all__ = ["dependence"]

#: Panels, points of a curve, rows it is averaged over, rows that have a curve of their own.
MOST, POINTS, ROWS, LINES = 9, 60, 300, 20
#: More rows than this have no error bars.
BARS = 200


def dependence(
    model: Predictor,
    table: Table,
    columns: Sequence[str] | None = None,
    figure: Figure | None = None,
    *,
    theme: Theme = "light",
) -> Figure:
    """Draw ``E[f(x_j, others)]`` over each ``x_j``, the others as in the rows, and the data with it.

    Points are partial residuals, the curve plus ``y - f(x)``: they lie on the curve where the model is
    right, whatever the other inputs are. Thin lines are single rows; where they are not parallel, the input
    acts together with others.

    Parameters
    ----------
    model : Predictor
        A formula or a network.
    table : Table
    columns : sequence of str, optional
        Which inputs; by default all, or the nine that matter most.
    figure : Figure, optional
        Where to draw; a new one otherwise.
    theme : {"light", "dark"}

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        For a column that the table does not have.

    Notes
    -----
    J. H. Friedman, Annals of Statistics 29 (2001) 1189, for the average; A. Goldstein et al., Journal of
    Computational and Graphical Statistics 24 (2015) 44, for the lines of single rows.

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> x = np.linspace(1, 2, 9)
    >>> table = Table(("x",), x[:, None], "y", 3 * x + 0.01 * np.sin(9 * x))
    >>> [ax.get_xlabel() for ax in dependence(refit("a*x", table), table).axes]
    ['$x$']
    """
    curves = {k: _Curves(model, table, k) for k in _wanted(table, columns)}
    if columns is None:
        most = sorted(curves, key=lambda k: -curves[k].spread)[:MOST]
        curves = {k: c for k, c in curves.items() if k in most}
    with themed(theme) as look:
        across = _across(len(curves))
        rows = -(-len(curves) // across)
        size = (SINGLE if across == 1 else DOUBLE, 2.6 if across == 1 else 2.1 * rows + 0.3)
        figure = new_figure(*size) if figure is None else figure
        axes = figure.subplots(rows, across, sharey=True, squeeze=False)
        for ax, curve in zip(axes.flat, curves.values(), strict=False):
            _draw(ax, curve, table, look)
        low, high = np.transpose([curve.ends for curve in curves.values()])
        margin = 0.06 * (high.max() - low.min()) or 1.0
        axes[0, 0].set_ylim(low.min() - margin, high.max() + margin)
        _finish(axes, len(curves), table, look)
    return figure


class _Curves:
    """The model over one column: the average, single rows, and the data on the same terms."""

    def __init__(self, model: Predictor, table: Table, column: int) -> None:
        values, predicted = table.X[:, column], model.predict(table.X)
        rows = table.X[np.linspace(0, table.rows - 1, min(table.rows, ROWS)).round().astype(int)]
        space = np.geomspace if wide(values) else np.linspace
        self.column, self.values = column, values
        self.x = space(values.min(), values.max(), POINTS)
        self.lines = np.array([model.predict(_set(rows, column, x)) for x in self.x]).T
        finite = np.isfinite(self.lines)
        total = np.where(finite, self.lines, 0).sum(axis=0)
        self.mean = np.where(finite.any(axis=0), total / np.maximum(finite.sum(axis=0), 1), np.nan)
        self.points = np.interp(values, self.x, self.mean) + table.y - predicted

    @property
    def ends(self) -> tuple[float, float]:
        """What is shown: the data, the average and nearly all of the rows; a few may leave the panel."""
        finite = self.lines[np.isfinite(self.lines)]
        most = np.quantile(finite, [0.03, 0.97]) if len(finite) else []
        values = np.concatenate([self.points, self.mean, most])
        values = values[np.isfinite(values)]
        return (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)

    @property
    def spread(self) -> float:
        """How much the average goes up and down, and rows differ from it: which panels are worth seeing."""
        ups = np.nanstd(self.lines, axis=1) if np.isfinite(self.lines).any() else np.zeros(1)
        return float(np.nan_to_num(np.nanmean(ups)))


def _set(rows: np.ndarray, column: int, value: float) -> np.ndarray:
    changed = rows.copy()
    changed[:, column] = value
    return changed


def _wanted(table: Table, columns: Sequence[str] | None) -> list[int]:
    unknown = next((c for c in columns or () if c not in table.columns), None)
    if unknown is not None:
        raise ValueError(f'There is no column "{unknown}"; {did_you_mean(unknown, table.columns)}')
    return [table.columns.index(c) for c in (table.columns if columns is None else columns)]


def _across(count: int) -> int:
    """Panels in a row: so many that few places stay empty."""
    return count if count <= 4 else min((3, 4), key=lambda across: -count % across)


def _draw(ax: Axes, curve: _Curves, table: Table, look: Style) -> None:
    shown = curve.lines[:: -(-len(curve.lines) // LINES)]
    if len(table.columns) > 1:
        ax.plot(curve.x, shown.T, color=look.model, linewidth=0.5, alpha=0.45, zorder=1)
        ax.plot([], [], color=look.model, linewidth=0.5, alpha=0.6, label="single rows")
    error = table.sigma if table.rows <= BARS else None
    ax.errorbar(
        curve.values, curve.points, yerr=error, fmt="o", color=look.data, ecolor=look.faint, elinewidth=0.7,
        markersize=marker_size(table.rows), markeredgewidth=0, alpha=0.6, zorder=2, label="data",
    )  # fmt: skip
    ax.plot(curve.x, curve.mean, color=look.accent, linewidth=1.8, zorder=3, label="model, on average")
    ax.set(xscale=scale(curve.values), xlabel=axis_label(table, table.columns[curve.column]))
    ax.locator_params(axis="y", nbins=5)
    number_plainly(ax)
    if not wide(curve.values):
        ax.locator_params(axis="x", nbins=5)


def _finish(axes: np.ndarray, count: int, table: Table, look: Style) -> None:
    for ax in axes.flat[count:]:
        ax.remove()
    for ax in axes[:, 0]:
        ax.set_ylabel(axis_label(table, table.target))
    handles, labels = axes[0, 0].get_legend_handles_labels()
    legend = axes[0, 0].figure.legend(handles, labels, loc="outside upper center", ncols=3, fontsize=SMALL)
    for handle in legend.legend_handles:
        handle.set_alpha(1)


KIND = Kind("dependence", dependence, ("model", "table"), rigid=True)
