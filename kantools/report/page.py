"""Reports for reading: a page that stands alone, and plain text, from ``kantools/templates``.

The page loads nothing: style, script and drawings are inside, and its content security policy forbids the
rest, so that a column called ``<script>`` is a name and nothing else.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jinja2
import numpy as np
from markupsafe import Markup

from kantools.plots.labels import in_signs
from kantools.plots.style import STYLES
from kantools.report.axis import numeral
from kantools.report.cautions import cautions, is_negligible
from kantools.report.chart import bars, front_chart
from kantools.report.charts import (
    law_chart,
    network_drawing,
    residual_chart,
    residuals_by_column,
    rivals_drawing,
    tree_drawing,
)
from kantools.report.content import Report
from kantools.report.data_summary import columns_of
from kantools.report.plain_values import record
from kantools.symbolic.constant import Constant, with_error
from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.condition import Condition
from kantools.symbolic.usual.named import named_form
from kantools.symbolic.written.concise import concise
from kantools.symbolic.written.mathml import equation, mathml

__all__ = ["as_html", "as_text"]

MOST_CORRELATIONS = 8
SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠"}
#: The longest formulas, in letters, of each size.
SIZES = {"large": 45.0, "medium": 90.0, "small": float("inf")}


def as_html(report: Report) -> str:
    """The report as a page that needs nothing else."""
    script = _template_text("report.js")
    return (
        _templates(html=True)
        .get_template("report.html.j2")
        .render(
            **_told(report),
            style=Markup(_template_text("report.css")),
            script=Markup(script),
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            themes={name: _colours(name) for name in STYLES},
            entries=list(_entries(report)),
            front_chart=_front(report),
            law_chart=law_chart(report),
            residual_charts=residuals_by_column(report),
            network=network_drawing(report),
            tree=tree_drawing(report),
            rivals_drawing=rivals_drawing(report),
            tied=list(_tied(report)),
            data_rows=[] if report.table is None else list(_columns(report)),
        )
    )


def as_text(report: Report) -> str:
    """The report as plain text."""
    return _templates(html=False).get_template("report.txt.j2").render(**_told(report))


@lru_cache
def _templates(*, html: bool) -> jinja2.Environment:
    loader = jinja2.PackageLoader("kantools", "templates")
    made = jinja2.Environment(
        loader=loader, autoescape=html, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    made.tests["nan"] = lambda number: bool(np.isnan(number))
    made.filters["numeral"] = lambda number, digits=4: "" if number is None else numeral(number, digits)
    made.filters["percent"] = lambda share, digits=3: numeral(100 * share, digits) + " %"
    return made


def _template_text(name: str) -> str:
    return files("kantools").joinpath("templates", name).read_text(encoding="utf-8")


def _told(report: Report) -> dict[str, Any]:
    told = record(report)
    formula = report.chosen
    return {
        **told,
        "report": report,
        "chosen_formula": formula,
        "target": formula.target,
        "columns": formula.columns,
        "code_texts": told["code"],
        "constants": [_constant(c) for c in formula.constants],
        "equation": Markup(formula.mathml()),
        "template": Markup(equation(formula.target, _with_exact(formula))) if formula.free else "",
        "named": named_form(formula),
        "correlation": _correlation(formula),
        "domain": _domain(formula),
        "size": _size(formula),
        "cautions": cautions(report),
    }


def _with_exact(formula: Formula) -> Any:
    """The template with exact numbers in their places, and symbols for the estimates."""
    return formula.template.subs({c.symbol: c.exact for c in formula.constants if c.exact is not None})


def _constant(constant: Constant) -> dict[str, Any]:
    """A row of the table of constants."""
    share = abs(constant.error / constant.value) if constant.value and np.isfinite(constant.error) else np.nan
    return {
        "name": constant.symbol.name,
        "symbol": Markup("<math>{}</math>").format(Markup(mathml(constant.symbol))),
        "exact": None
        if constant.exact is None
        else Markup("<math>{}</math>").format(Markup(mathml(constant.exact))),
        "exact_text": constant.exact,
        "value": constant.value,
        "estimate": with_error(constant.value, constant.error).replace("-", "−"),
        "concise": concise(constant.value, constant.error).replace("-", "−"),
        "share": share,
        "unit": "" if constant.unit in (None, "1") else in_signs(str(constant.unit)),
        "remark": _remark(constant),
    }


def _remark(constant: Constant) -> str:
    if constant.exact is not None:
        return "exact; the estimate is a free fit's"
    if not np.isfinite(constant.error):
        return "not determined by the data"
    return "not told from zero" if is_negligible(constant) else ""


def _domain(formula: Formula) -> dict[str, list[str]]:
    """The ranges seen, and the conditions by whether they are met there."""
    if formula.domain is None:
        return {"ranges": [], "holds": [], "fails": [], "open": []}
    ranges, conditions = formula.domain.ranges, formula.domain.conditions
    return {
        "ranges": [f"{numeral(r.low, 4)} ≤ {r.column} ≤ {numeral(r.high, 4)}" for r in ranges],
        "holds": [_in_signs(c) for c in conditions if c.met],
        "fails": [_in_signs(c) for c in conditions if c.met is False],
        "open": [_in_signs(c) for c in conditions if c.met is None],
    }


def _in_signs(condition: Condition) -> str:
    sign = SIGNS.get(condition.relation, condition.relation)
    return str(condition).replace(f" {condition.relation} ", f" {sign} ").replace(" -", " −")


def _size(formula: Formula) -> str:
    """How large a formula can be set."""
    return next(size for size, letters in SIZES.items() if len(str(formula)) <= letters)


def _correlation(formula: Formula) -> list[tuple[str, list[float]]]:
    """Rows of the matrix, where it is one and can be shown."""
    if not 2 <= len(formula.free) <= MOST_CORRELATIONS:
        return []
    frame = formula.correlation
    return [(name, row.tolist()) for name, row in zip(frame.columns, frame.to_numpy(), strict=True)]


def _entries(report: Report) -> Iterator[dict[str, Any]]:
    """Each formula of the front with what its panel shows."""
    for k, formula in enumerate(report.front):
        fit = None if report.fits is None else report.fits[k]
        yield {
            "formula": formula,
            "text": str(formula),
            "latex": formula.latex(),
            "equation": Markup(formula.mathml()),
            "inline": Markup(formula.mathml(block=False)),
            "constants": [_constant(c) for c in formula.constants],
            "domain": _domain(formula),
            "fit": fit,
            "chart": "" if fit is None else residual_chart(report, k),
            "chosen": k == report.place,
        }


def _tied(report: Report) -> Iterator[dict[str, Any]]:
    """The chosen formula and its rivals, with what each row of their table shows."""
    told = report.telling
    nothing = [None] * len(report.rivals)
    expected = told.numbers if told is not None else ["", *nothing]
    apart = (np.nan, *(told.apart if told is not None else nothing))
    paired = (None, *(report.paired or nothing))
    formulas = (report.chosen, *report.rivals)
    for formula, number, off, more in zip(formulas, expected, apart, paired, strict=True):
        yield {
            "formula": formula,
            "text": str(formula),
            "inline": Markup(formula.mathml(block=False)),
            "chosen": formula is report.chosen,
            "nats": formula.description_length - report.chosen.description_length,
            "more": "" if more is None else with_error(more.difference, more.error),
            "expected": number,
            "apart": off,
        }


def _front(report: Report) -> Markup:
    front: Sequence[Formula] = report.front
    names = [
        f"Formula {k + 1}, complexity {f.complexity}, loss {f.loss:.3g}: {f}" for k, f in enumerate(front)
    ]
    return front_chart(
        [f.complexity for f in front],
        [f.loss for f in front],
        [f.held_out_loss for f in front],
        names,
        report.place,
    )


def _columns(report: Report) -> Iterator[dict[str, Any]]:
    assert report.table is not None
    for column in columns_of(report.table, report.units):
        yield {
            **asdict(column),
            "unit": in_signs(column.unit),
            "bars": bars(column.counts, f"How the values of {column.name} are spread"),
        }


def _colours(theme: str) -> dict[str, str]:
    return {name: value for name, value in asdict(STYLES[theme]).items() if isinstance(value, str)}
