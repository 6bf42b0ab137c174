"""Each caution is given where it has to be, and only there."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Symbol, log

from kantools.report.cautions import cautions
from kantools.symbolic.trust.domain import domain_of

QUIET = {"time_limit": 2, "loss": "squared"}


def about(report, word):
    return [text for text in cautions(report) if word in text]


def with_chosen(report, **changes):
    chosen = replace(report.chosen, **changes)
    front = tuple(chosen if f is report.chosen else f for f in report.front)
    return replace(report, discovery=replace(report.discovery, front=front, chosen=chosen))


def with_constant(report, **changes):
    (constant,) = report.chosen.constants
    return with_chosen(report, constants=(replace(constant, **changes),))


def of_good_rows(report):
    """The report without its outlier."""
    kept = np.delete(np.arange(report.table.rows), 7)
    table = report.table.take(kept)
    residual = (table.y - report.chosen.predict(table.X)) / table.sigma
    loss = float(np.mean(residual**2))
    changed = with_chosen(report, loss=loss, held_out_loss=1.1 * loss)
    found = replace(changed.discovery, stopped="explained", rivals=())
    return replace(changed, table=table, discovery=found)


def test_silence_where_all_is_well(report):
    assert cautions(of_good_rows(report)) == ()


def test_time(report):
    assert about(report, "time limit")
    spent = replace(report, discovery=replace(report.discovery, stopped="effort spent"))
    assert about(spent, "its effort was spent")


def test_outlier(report):
    assert about(report, "standard deviations off") == [
        "More than 4 standard deviations off the formula: row 8 of the table."
    ]


def test_many_far_off(report):
    far = replace(report, table=replace(report.table, sigma=np.full(report.table.rows, 1e-4)))
    assert about(far, "of 80 rows lie more than 4 standard deviations off the formula")


def test_errors_of_the_data(report):
    good = of_good_rows(report)
    assert about(with_chosen(good, loss=4.0), "larger than the standard errors")
    assert about(with_chosen(good, loss=0.1), "smaller than the standard errors")


def test_poles(report):
    a, t = (Symbol(c) for c in report.chosen.columns)
    for template, word in (
        (1 / (a - 2), "The formula fails within"),
        (log(t - 5), "The formula fails within"),
    ):
        domain = domain_of(template, report.chosen.columns, report.table.X)
        assert about(with_chosen(report, domain=domain), word)


def test_rows_without_value(report):
    a = Symbol(report.chosen.columns[0])
    broken = with_chosen(report, template=log(a - 2), constants=(), covariance=np.zeros((0, 0)))
    count = int((report.table.X[:, 0] <= 2).sum())
    assert about(broken, f"no real value at {count} rows")


def test_few_rows(report):
    few = replace(report, table=report.table.take([0, 1, 2, 3]))
    assert about(few, "4 rows determine 1 constant, fewer than 5")


@pytest.mark.parametrize(("error", "word"), [(np.nan, "do not determine c0"), (1e3, "Not told from zero")])
def test_loose_constants(report, error, word):
    assert about(with_constant(report, error=error), word)


def test_correlated(report):
    longer = report.front[-1]
    twisted = replace(longer, covariance=np.array([[1.0, -0.999], [-0.999, 1.0]]))
    found = replace(report.discovery, front=(twisted,), chosen=twisted)
    assert about(replace(report, discovery=found), "correlation -0.9990")


def test_overfitted(report):
    assert about(with_chosen(report, held_out_loss=10 * report.chosen.loss), "rows held out is 10 times")


def test_rivals(report):
    found = replace(report.discovery, rivals=report.front[-1:])
    assert about(
        replace(report, discovery=found), "Another formula fits as well as this one within the noise"
    )
    without_rows = replace(report, discovery=replace(found, rivals=report.front[::2]), table=None)
    assert about(without_rows, "2 others fit as well as this one within the noise")
