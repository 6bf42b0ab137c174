"""What a reader should know before believing a formula: each rule is a function of the report.

A rule yields sentences, or nothing where all is well. A new rule is a function in :data:`RULES`.
"""

from collections.abc import Callable, Iterator

import numpy as np
from scipy.stats import chi2

from kantools.report.axis import numeral
from kantools.report.content import Report
from kantools.row_names import RowNames
from kantools.symbolic.fit.robust import OUTLYING
from kantools.symbolic.formula import Constant

__all__ = ["RULES", "cautions"]

ROWS_PER_CONSTANT = 5
CORRELATED = 0.99
SURPRISING = 1e-3  # probability, two-sided
OVERFITTED = 3.0


def cautions(report: Report) -> tuple[str, ...]:
    """The sentences of all rules."""
    return tuple(text for rule in RULES for text in rule(report))


def leaving_its_domain(report: Report) -> Iterator[str]:
    """Poles, roots and logarithms within the ranges that were seen."""
    domain = report.chosen.domain
    for condition in () if domain is None else domain.conditions:
        if condition.met is False:
            yield f"The formula fails within the ranges of the data unless {condition}."
        elif condition.met is None:
            yield f"Whether {condition} holds throughout the ranges of the data could not be told."
    if domain is not None and not domain.finite and all(c.met is not False for c in domain.conditions):
        yield "The formula is not real and finite everywhere within the ranges of the data."


def having_no_value(report: Report) -> Iterator[str]:
    """Rows of the table at which the formula cannot be evaluated."""
    if report.fit is not None and report.fit.undefined:
        yield f"The formula has no real value at {report.fit.undefined} rows of the table."


def resting_on_few_rows(report: Report) -> Iterator[str]:
    """Many constants for few rows."""
    count = len(report.chosen.free)
    if report.table is not None and count and report.table.rows < ROWS_PER_CONSTANT * count:
        constants = "1 constant" if count == 1 else f"{count} constants"
        yield (
            f"{report.table.rows} rows determine {constants}, fewer than {ROWS_PER_CONSTANT} rows for each: "
            "a different law may fit as well."
        )


def lying_far_off(report: Report) -> Iterator[str]:
    """Outliers."""
    fit = report.fit
    if fit is None or not len(fit.outlying):
        return
    if len(fit.marked):
        rows = RowNames().name(fit.marked)
        yield f"More than {OUTLYING:g} standard deviations off the formula: {rows} of the table."
    else:
        yield (
            f"{len(fit.outlying)} of {len(fit.residual)} rows lie more than {OUTLYING:g} standard deviations "
            "off the formula."
        )


def undetermined(report: Report) -> Iterator[str]:
    """Constants that the data leave open."""
    names = [c.symbol.name for c in report.chosen.free if not np.isfinite(c.error)]
    if names:
        yield f"The data do not determine {_listed(names)}: no standard error can be given."


def negligible(report: Report) -> Iterator[str]:
    """Constants that might as well be zero."""
    names = [c.symbol.name for c in report.chosen.free if is_negligible(c)]
    if names:
        yield f"Not told from zero by its standard error, being less than 2 of them: {_listed(names)}."


def is_negligible(constant: Constant) -> bool:
    return np.isfinite(constant.error) and abs(constant.value) < 2 * constant.error


def correlated(report: Report) -> Iterator[str]:
    """Constants that are known together and not each alone."""
    r = report.chosen.correlation if len(report.chosen.free) > 1 else None
    if r is None:
        return
    values, names = r.to_numpy(), list(r.columns)
    for i, j in zip(*np.triu_indices(len(names), 1), strict=True):
        if abs(values[i, j]) > CORRELATED:
            pair = f"{names[i]} and {names[j]} are known together rather than each alone"
            yield f"{pair}: correlation {values[i, j]:.4f}."


def not_as_its_errors_say(report: Report) -> Iterator[str]:
    """Chi-squared against the number of rows, where standard errors were given."""
    table, formula = report.table, report.chosen
    if table is None or table.sigma is None or table.x_sigma is not None or table.weight is not None:
        return
    freedom, chi_squared = table.rows - len(formula.free), formula.loss * table.rows
    if report.settings.get("loss", "squared") != "squared" or freedom < 1 or not np.isfinite(chi_squared):
        return
    measure = f"χ² = {numeral(chi_squared, 4)} for {freedom} degrees of freedom"
    if chi2.sf(chi_squared, freedom) < SURPRISING / 2:
        yield (
            f"Residuals are larger than the standard errors of the data say ({measure}): the errors are too "
            "small, or something is missing in the law."
        )
    elif chi2.cdf(chi_squared, freedom) < SURPRISING / 2:
        yield (
            f"Residuals are smaller than the standard errors of the data say ({measure}): the errors may be "
            "too large."
        )


def worse_on_rows_held_out(report: Report) -> Iterator[str]:
    """A formula that fits the rows it was fitted to much better than others."""
    formula = report.chosen
    if report.fit is not None and report.fit.rounding:
        return
    if formula.held_out_loss > OVERFITTED * formula.loss > 0:
        yield (
            f"The loss on rows held out is {formula.held_out_loss / formula.loss:.2g} times that of the fit: "
            "the constants follow single rows."
        )


def having_rivals(report: Report) -> Iterator[str]:
    """Other formulas that the data cannot tell from the chosen one."""
    if not report.rivals:
        return
    others = "Another formula fits" if len(report.rivals) == 1 else f"{len(report.rivals)} others fit"
    decided = f" {report.telling}" if report.telling is not None else ""
    yield f"{others} as well as this one within the noise.{decided}"


def out_of_time(report: Report) -> Iterator[str]:
    """A search that was cut short."""
    if report.discovery.stopped == "time limit":
        yield "The search ended at its time limit; a longer one may find a better formula."
    if report.discovery.stopped == "effort spent":
        yield "The search ended when its effort was spent; one with more may find a better formula."
    if report.discovery.stopped == "interrupted":
        yield "The search was interrupted; a longer one may find a better formula."


def without_data(report: Report) -> Iterator[str]:
    """A report on a model alone."""
    if report.table is None:
        yield "Written without the data: residuals, outliers and a summary of them are left out."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


#: In the order they are shown.
RULES: tuple[Callable[[Report], Iterator[str]], ...] = (
    leaving_its_domain,
    having_no_value,
    undetermined,
    negligible,
    correlated,
    lying_far_off,
    resting_on_few_rows,
    worse_on_rows_held_out,
    not_as_its_errors_say,
    having_rivals,
    out_of_time,
    without_data,
)
