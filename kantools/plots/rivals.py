"""The chosen formula and those that fit as well: where they part, beyond the rows, and what would decide."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from sympy import Symbol

from kantools.catalogue import did_you_mean
from kantools.errors import SettingError
from kantools.plots.kind import Kind
from kantools.plots.labels import axis_label, short
from kantools.plots.scale import marker_size, number_plainly, scale, wide
from kantools.plots.style import SINGLE, SMALL, Style, Theme, legend_below, new_axes, themed
from kantools.symbolic.examine.beyond import extended
from kantools.symbolic.examine.telling import Telling, telling_point
from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = ["rivals"]

Array = np.ndarray
STEPS = 300
#: More rows than this have no error bars.
BARS = 200
DASHES = ((0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)), (0, (9, 3)), (0, (4, 1.5, 1, 1.5, 1, 1.5)))


def rivals(
    formula: Formula,
    rivals: Sequence[Formula],
    table: Table,
    ax: Axes | None = None,
    *,
    over: str | None = None,
    theme: Theme = "light",
) -> Axes:
    """Draw a formula, its rivals and the data over one column, whose range is extended by half at either end.

    The other columns are at their medians, and the points are moved with them: the formula there plus what it
    leaves of the row, ``f(x_j, medians) + y - f(x)``.

    Parameters
    ----------
    formula : Formula
    rivals : sequence of Formula
    table : Table
    ax : Axes, optional
        Where to draw; a new figure's otherwise (``ax.figure``).
    over : str, optional
        The column; by default that in which the next measurement tells them apart best.
    theme : {"light", "dark"}

    Returns
    -------
    Axes
        The rows' range is white; a dotted line marks the place of that measurement, and a point each of what
        the formulas expect there.

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
    >>> ax = rivals(law, [other], table)
    >>> ax.get_xlabel(), [round(float(end), 1) for end in ax.get_xlim()]
    ('$x$', [0.5, 2.5])
    """
    told = telling_point((formula, *rivals), table.X)
    column = _column(formula, table, told, over)
    x, rows = _rows(table.X, column)
    values = [f.predict(rows) for f in (formula, *rivals)]
    points = _points(formula, table, column)
    with themed(theme) as look:
        ax = new_axes(SINGLE, 3.4 + 0.17 * len(rivals)) if ax is None else ax
        _draw_rows(ax, table, column, points, look)
        width = ax.figure.get_figwidth() - 1.0  # type: ignore[union-attr]
        ax.plot(x, values[0], color=look.model, label=short(formula, width, SMALL), zorder=4)
        for k, (rival, value) in enumerate(zip(rivals, values[1:], strict=True)):
            ax.plot(x, value, **_line(k, look), label=short(rival, width, SMALL), zorder=3)
        here = told if told is not None and table.columns[column] == told.column else None
        if here is not None:
            _mark(ax, here, look)
        ax.set(xscale=scale(x), xlim=(x[0], x[-1]), ylim=_ends(points, values[0], here))
        ax.set(xlabel=axis_label(table, table.columns[column]), ylabel=axis_label(table, table.target))
        number_plainly(ax)
        legend_below(ax, 1)
    return ax


def _column(formula: Formula, table: Table, told: Telling | None, over: str | None) -> int:
    """The one that is asked for, or tells most, or that the formula has, or the first."""
    if over is None:
        used = [c for c in table.columns if Symbol(c) in formula.expression.free_symbols]
        return table.columns.index(told.column if told is not None else [*used, *table.columns][0])
    if over not in table.columns:
        raise SettingError(f'There is no column "{over}"; {did_you_mean(over, table.columns)}')
    return table.columns.index(over)


def _rows(X: Array, column: int) -> tuple[Array, Array]:
    """Values over the extended range, and rows with them whose other columns are at their medians."""
    low, high = extended(X[:, column])
    x = (np.geomspace if wide(np.array([low, high])) else np.linspace)(low, high, STEPS)
    rows = np.tile(np.median(X, axis=0), (STEPS, 1))
    rows[:, column] = x
    return x, rows


def _points(formula: Formula, table: Table, column: int) -> Array:
    """The targets, moved to the medians of the other columns; where that cannot be told, as they are."""
    rows = np.tile(np.median(table.X, axis=0), (table.rows, 1))
    rows[:, column] = table.X[:, column]
    moved = table.y + formula.predict(rows) - formula.predict(table.X)
    return np.where(np.isfinite(moved), moved, table.y)


def _draw_rows(ax: Axes, table: Table, column: int, points: Array, look: Style) -> None:
    """The rows, and a tint where there are none."""
    x = table.X[:, column]
    low, high = extended(x)
    for ends in ((low, x.min()), (x.max(), high)):
        ax.axvspan(*ends, color=look.faint, alpha=0.12, linewidth=0, zorder=0)
    ax.errorbar(
        x, points, table.sigma if table.rows <= BARS else None, fmt="o", color=look.data, ecolor=look.faint,
        markersize=marker_size(table.rows), markeredgewidth=0, elinewidth=0.7, alpha=0.8, zorder=2,
    )  # fmt: skip


def _line(k: int, look: Style) -> dict[str, object]:
    """Told apart by colour and by dashes."""
    colors = (look.accent, look.good, look.ink, look.muted, look.accent)
    return {"color": colors[k % len(colors)], "linestyle": DASHES[k % len(DASHES)], "linewidth": 1.4}


def _mark(ax: Axes, told: Telling, look: Style) -> None:
    """The place of the next measurement, and what is expected there."""
    ax.axvline(told.value, color=look.ink, linewidth=0.9, linestyle=":", zorder=1)
    ax.plot([told.value] * len(told.expected), told.expected, "o", color=look.ink, markersize=4, zorder=5)
    numbers = told.numbers
    against = f"{numbers[0]} against {', '.join(numbers[1:])}" if len(numbers) <= 3 else ""
    ax.set_title(f"next at {told.value:.6g}: {against}".rstrip(": "), fontsize=SMALL, color=look.muted)


def _ends(points: Array, value: Array, told: Telling | None) -> tuple[float, float]:
    """All rows, the formula over them and beyond, and what is expected at the marked place."""
    expected = np.array(() if told is None else told.expected)
    shown = np.concatenate([points, value, expected])
    shown = shown[np.isfinite(shown)]
    low, high = (float(shown.min()), float(shown.max())) if len(shown) else (0.0, 1.0)
    margin = 0.06 * (high - low) or 0.1 * abs(high) or 1.0
    return low - margin, high + margin


KIND = Kind("rivals", rivals, ("formula", "rivals", "table"))
