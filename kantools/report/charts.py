"""The charts of a report: the law among the data, its residuals, the network it was read from."""

from dataclasses import replace

import numpy as np
from markupsafe import Markup
from sympy import Symbol

from kantools.plots.labels import in_signs
from kantools.report.chart import scatter
from kantools.report.content import Report
from kantools.report.svg import as_svg
from kantools.symbolic.formula import Formula
from kantools.table import Table

__all__ = [
    "law_chart",
    "network_drawing",
    "residual_chart",
    "residuals_by_column",
    "rivals_drawing",
    "tree_drawing",
]

Array = np.ndarray
STEPS = 300  # of a curve
MOST_COLUMNS = 6
BROAD = 5.6  # inches: a drawing that can be read on a telephone too


def law_chart(report: Report) -> Markup:
    """The law as a curve through the data where it has one input; else predicted against measured."""
    table, fit = report.table, report.fit
    if table is None or fit is None:
        return Markup("")
    used = _used(report.chosen)
    if len(used) != 1:
        labels = (f"measured {_label(report, table.target)}", f"predicted {table.target}")
        title = f"Predicted against measured {table.target}"
        return scatter(table.y, fit.predicted, labels, title, kept=fit.marked, diagonal=True)
    (j,) = used
    x = table.X[:, j]
    labels = (_label(report, table.columns[j]), _label(report, table.target))
    title = f"The law among the data: {table.target} over {table.columns[j]}"
    curve = _curve(report.chosen, table, j)
    return scatter(x, table.y, labels, title, kept=fit.marked, curve=curve, error=table.sigma)


def _used(formula: Formula) -> list[int]:
    there = formula.expression.free_symbols
    return [j for j, c in enumerate(formula.columns) if Symbol(c) in there]


def _curve(formula: Formula, table: Table, j: int) -> tuple[Array, Array]:
    """The formula over one column."""
    x = table.X[:, j]
    low, high = x.min(), x.max()
    even = np.linspace(low, high, STEPS)
    if low > 0:
        even = np.unique(np.concatenate([even, np.geomspace(low, high, STEPS)]))
    X = np.tile(np.median(table.X, axis=0), (len(even), 1))
    X[:, j] = even
    return even, np.broadcast_to(formula.predict(X), even.shape)


def residual_chart(report: Report, k: int) -> Markup:
    """Residuals of formula ``k`` over what it predicts, with a band of two standard deviations."""
    table, fits = report.table, report.fits
    assert table is not None
    assert fits is not None
    labels = (f"predicted {_label(report, table.target)}", f"residual{_in_what(report, k)}")
    title = f"Residuals over predicted {table.target}"
    values, band = _residuals(report, k)
    return scatter(fits[k].predicted, values, labels, title, kept=fits[k].marked, band=band)


def residuals_by_column(report: Report) -> list[tuple[str, Markup]]:
    """Residuals of the chosen formula over what it predicts and over each column."""
    table, fit = report.table, report.fit
    if table is None or fit is None:
        return []
    values, band = _residuals(report, report.place)
    charts = [(f"predicted {table.target}", residual_chart(report, report.place))]
    for j in _order(report.chosen)[:MOST_COLUMNS]:
        name = table.columns[j]
        labels = (_label(report, name), f"residual{_in_what(report, report.place)}")
        title = f"Residuals over {name}"
        charts.append((name, scatter(table.X[:, j], values, labels, title, kept=fit.marked, band=band)))
    return charts


def _order(formula: Formula) -> list[int]:
    """Columns in the formula first, then the others."""
    used = _used(formula)
    return [*used, *(j for j in range(len(formula.columns)) if j not in used)]


def _residuals(report: Report, k: int) -> tuple[Array, float]:
    """In standard errors where these or the way of the noise are known, else in the target's unit; and two
    standard deviations of them."""
    fits, scatter = report.fits, report.front[k].scatter
    assert fits is not None
    if _known(report):
        return fits[k].standard, 2.0
    if scatter is not None and scatter.follows:
        return fits[k].residual / scatter.at(fits[k].predicted), 2.0
    finite = fits[k].residual[np.isfinite(fits[k].residual)]
    return fits[k].residual, 2 * float(np.sqrt(np.mean(finite**2))) if len(finite) else 0.0


def _known(report: Report) -> bool:
    return report.table is not None and report.table.sigma is not None


def _in_what(report: Report, k: int) -> str:
    if _known(report):
        return " / standard error"
    if (scatter := report.front[k].scatter) is not None and scatter.follows:
        return f" / σ ({scatter.kind})"
    unit = report.units.get(report.chosen.target, "")
    return f" ({in_signs(unit)})" if unit not in ("", "1") else ""


def _label(report: Report, column: str) -> str:
    units = {**(report.table.units if report.table else {}), **report.units}
    unit = units.get(column, "")
    return f"{column} ({in_signs(unit)})" if unit not in ("", "1") else column


def network_drawing(report: Report) -> Markup:
    """The network that the chosen formula was read from; nothing where there is none."""
    from kantools.plots import network_diagram

    found = report.discovery
    if found.activations is None:
        return Markup("")
    figure = network_diagram(found.activations, snapped=found.snapped, outputs=(report.chosen.target,))
    return as_svg(figure, "The network the formula was read from, every edge with its curve", "network")


def rivals_drawing(report: Report) -> Markup:
    """The chosen formula and its rivals over and beyond the rows; nothing without rivals or rows."""
    from kantools.plots import rivals
    from kantools.plots.style import new_figure

    if report.table is None or not report.rivals:
        return Markup("")
    table = replace(report.table, units={**report.table.units, **report.units})
    place = new_figure(BROAD, 4.4 + 0.2 * len(report.rivals))
    figure = rivals(report.chosen, report.rivals, table, place)
    return as_svg(figure, "The chosen formula and its rivals, over and beyond the rows", "rivals")


def tree_drawing(report: Report) -> Markup:
    """The course of the search; nothing where its steps are not known."""
    from kantools.plots import tree

    found = report.discovery
    if not found.steps:
        return Markup("")
    figure = tree(found.steps, report.front, chosen=report.chosen)
    return as_svg(figure, "The search: which hypothesis came from which, and the evidence for it", "tree")
