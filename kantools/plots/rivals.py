"""The chosen formula and those that fit as well: where they part, beyond the rows, and what would decide."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sympy import Symbol

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError
from kantools.plots.kind import Kind
from kantools.plots.labels import axis_label, right_side
from kantools.plots.scale import marker_size, number_plainly, scale, wide
from kantools.plots.style import SINGLE, SMALL, Style, Theme, new_figure, themed
from kantools.symbolic.examine.beyond import extended, prediction_error
from kantools.symbolic.examine.telling import Telling, telling_point
from kantools.symbolic.formula import Formula
from kantools.table import Table
from kantools.thinning import evenly

__all__ = ["rivals"]

Array = np.ndarray
STEPS = 300
#: Of the extended range, that is drawn beyond it: a mark at its end is seen as a whole.
RIM = 0.02
#: More rows than this have no error bars.
BARS = 200
MOST_POINTS = 600
DASHES = ((0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)), (0, (9, 3)), (0, (4, 1.5, 1, 1.5, 1, 1.5)))


def rivals(
    formula: Formula,
    rivals: Sequence[Formula],
    table: Table,
    figure: Figure | None = None,
    *,
    over: str | None = None,
    theme: Theme = "light",
) -> Figure:
    """Draw a formula, its rivals and the data over one column, whose range is extended by half at either end.

    The other columns are at their medians, and the points are moved with them: the formula there plus what it
    leaves of the row, ``f(x_j, medians) + y - f(x)``. Below, everything less the formula, ``g - f``, with a
    band of two standard deviations of a new measurement.

    Parameters
    ----------
    formula : Formula
    rivals : sequence of Formula
    table : Table
    figure : Figure, optional
        Where to draw; a new one otherwise.
    over : str, optional
        The column; by default that in which the next measurement tells them apart best.
    theme : {"light", "dark"}

    Returns
    -------
    Figure
        Where there are no rows, the ground is tinted; a dotted line marks the place of that measurement, and
        a point each of what the formulas expect there.

    Raises
    ------
    SettingError
        For a column that the table does not have.

    Examples
    --------
    >>> from kantools.symbolic import refit
    >>> x = np.linspace(1, 2, 20)
    >>> table = Table(("x",), x[:, None], "y", np.sqrt(x) + 0.02 * np.sin(9 * x))
    >>> law, other = (refit(form, table) for form in ("a*x**b", "a*log(1 + b*x)"))
    >>> [ax.get_ylabel() for ax in rivals(law, [other], table).axes]
    ['$y$', 'less the formula']
    """
    formulas = (formula, *rivals)
    told = telling_point(formulas, table.X)
    column = _column(formula, table, told, over)
    here = told if told is not None and told.column == table.columns[column] else None
    section = _section(formulas, table, column)
    table = table.take(evenly(table.rows, MOST_POINTS))
    with themed(theme) as look:
        figure = new_figure(SINGLE, 4.4 + 0.2 * len(rivals)) if figure is None else figure
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(2, 1))
        left = replace(section, values=section.values - section.values[0], points=section.left)
        lines = _draw(upper, section, table, look)
        _draw(lower, left, table, look)
        _draw_band(lower, formula, section, look)
        if here is not None:
            _mark(upper, here.value, np.array(here.expected), look)
            _mark(lower, here.value, np.array(here.expected) - here.expected[0], look)
        _finish(figure, table, section, here, look)
        _name(figure, lines, formulas)
    return figure


@dataclass(frozen=True)
class _Section:
    """Formulas over one column, the others at their medians, and the rows on the same terms.

    Attributes
    ----------
    name : str
        Of the column.
    x : ndarray, shape (steps,)
        Its values, over the extended range.
    rows : ndarray, shape (steps, columns)
    values : ndarray, shape (formulas, steps)
    ends : (float, float)
        Of the rows.
    seen, points, left : ndarray, shape (rows that are drawn,)
        The column, the targets moved to the medians of the others, and what the first formula leaves.
    """

    name: str
    x: Array
    rows: Array
    values: Array
    ends: tuple[float, float]
    seen: Array
    points: Array
    left: Array


def _section(formulas: Sequence[Formula], table: Table, column: int) -> _Section:
    seen = table.X[:, column]
    low, high = extended(seen)
    x = (np.geomspace if wide(np.array([low, high])) else np.linspace)(low, high, STEPS)
    rows = _at_medians(table.X, column, x)
    left = table.y - formulas[0].predict(table.X)
    points = formulas[0].predict(_at_medians(table.X, column, seen)) + left
    values = np.stack([f.predict(rows) for f in formulas])
    shown = evenly(table.rows, MOST_POINTS)
    told = seen[shown], points[shown], left[shown]
    return _Section(table.columns[column], x, rows, values, (seen.min(), seen.max()), *told)


def _column(formula: Formula, table: Table, told: Telling | None, over: str | None) -> int:
    """The one that is asked for, or tells most, or that the formula has, or the first."""
    if over is None:
        used = [c for c in table.columns if Symbol(c) in formula.expression.free_symbols]
        return table.columns.index(told.column if told is not None else [*used, *table.columns][0])
    if over not in table.columns:
        raise SettingError(f'There is no column "{over}"; {did_you_mean(over, table.columns)}')
    return table.columns.index(over)


def _at_medians(X: Array, column: int, values: Array) -> Array:
    """Rows with these values in the column and the medians in all others."""
    rows = np.tile(np.median(X, axis=0), (len(values), 1))
    rows[:, column] = values
    return rows


def _draw(ax: Axes, section: _Section, table: Table, look: Style) -> list[Line2D]:
    """The rows, a tint where there are none, and the formulas: lines unlike in colour and dashes."""
    for ends in ((section.x[0], section.ends[0]), (section.ends[1], section.x[-1])):
        ax.axvspan(*ends, color=look.faint, alpha=0.12, linewidth=0, zorder=0)
    ax.errorbar(
        section.seen, section.points, table.sigma if table.rows <= BARS else None, fmt="o", color=look.data,
        ecolor=look.faint, markersize=marker_size(table.rows), markeredgewidth=0, elinewidth=0.7, alpha=0.7,
        zorder=2,
    )  # fmt: skip
    ax.locator_params(axis="y", nbins=5)
    drawn = ax.plot(section.x, section.values[0], color=look.model, zorder=4)
    colors = cycle((look.accent, look.good, look.ink, look.muted))
    for value, color, dash in zip(section.values[1:], colors, cycle(DASHES), strict=False):
        drawn += ax.plot(section.x, value, color=color, linestyle=dash, linewidth=1.4, zorder=3)
    return drawn


def _draw_band(ax: Axes, formula: Formula, section: _Section, look: Style) -> None:
    """Two standard deviations of a new measurement, where they are known."""
    if formula.scatter is None:
        return
    width = 2 * np.hypot(formula.scatter.at(section.values[0]), prediction_error(formula, section.rows))
    ax.fill_between(section.x, -width, width, color=look.model, alpha=0.12, linewidth=0, zorder=1)


def _mark(ax: Axes, place: float, expected: Array, look: Style) -> None:
    """The place of the next measurement, and what is expected there."""
    ax.axvline(place, color=look.ink, linewidth=0.9, linestyle=":", zorder=1)
    ax.plot([place] * len(expected), expected, "o", color=look.ink, markersize=3.5, zorder=5)


def _finish(figure: Figure, table: Table, section: _Section, here: Telling | None, look: Style) -> None:
    """Ends and labels."""
    upper, lower = figure.axes[-2:]
    expected = np.array(() if here is None else here.expected)
    upper.set(ylim=_ends(np.concatenate([section.points, section.values[0], expected])))
    lower.set(ylim=_ends(np.concatenate([section.left, expected - expected[:1]])))
    upper.set(ylabel=axis_label(table, table.target), xscale=scale(section.x))
    rim = RIM * (section.x[-1] - section.x[0])
    lower.set(xlabel=axis_label(table, section.name), ylabel="less the formula")
    upper.set_xlim(section.x[0] - (0 if wide(section.x) else rim), section.x[-1] + rim)
    number_plainly(lower)
    if here is not None:
        title = f"dotted: the next measurement, at {here.value:.6g}"
        upper.set_title(title, fontsize=SMALL, color=look.muted)


def _name(figure: Figure, lines: Sequence[Line2D], formulas: Sequence[Formula]) -> None:
    """Which line is which formula."""
    names = [right_side(f, figure.get_figwidth() - 0.8, SMALL) for f in formulas]
    figure.legend(lines, names, loc="outside lower center", ncols=1, fontsize=SMALL)


def _ends(values: Array) -> tuple[float, float]:
    """All of these with a margin; lines may leave the panel."""
    shown = values[np.isfinite(values)]
    low, high = (float(shown.min()), float(shown.max())) if len(shown) else (0.0, 1.0)
    margin = 0.08 * (high - low) or 0.1 * abs(high) or 1.0
    return low - margin, high + margin


KIND = Kind("rivals", rivals, ("formula", "rivals", "table"))
