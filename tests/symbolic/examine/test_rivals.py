"""Which formulas the data cannot tell apart, and what is none of its rivals."""

from dataclasses import replace

import numpy as np
import pytest

from kantools.symbolic import Formula, refit
from kantools.symbolic.examine.paired import paired
from kantools.symbolic.examine.rivals import MOST, TIED, WRITTEN, rivals
from kantools.symbolic.fit.data import data_of
from kantools.table import Table

X = np.linspace(0.2, 2, 40)
NOISE = np.random.default_rng(0).normal(size=40)


def table(noise: float = 0.05, **more: object) -> Table:
    return Table(("x",), X[:, None], "y", 2 * X / (1 + X) + noise * NOISE, **more)


def fitted(*forms: str, rows: Table | None = None, loss: str = "squared") -> list[Formula]:
    return [refit(form, table() if rows is None else rows, loss=loss) for form in forms]


def test_two_curves_that_fit_alike_are_rivals_both_ways() -> None:
    one, other = fitted("a*x/(b + x)", "a*log(1 + x/b)")
    assert rivals(one, [one, other], data_of(table())) == (other,)
    assert rivals(other, [one, other], data_of(table())) == (one,)


def test_without_noise_there_are_none() -> None:
    rows = table(noise=0.0)
    law, other = fitted("a*x/(b + x)", "a*log(1 + x/b)", rows=rows)
    assert rivals(law, [replace(other, description_length=law.description_length)], data_of(rows)) == ()


@pytest.mark.parametrize("written", ["1/(a + b/x)", "x/(a + b*x)", "a - a*b/(b + x)"])
def test_the_same_function_in_other_words_is_none(written: str) -> None:
    law, same = fitted("a*x/(b + x)", written)
    tied = replace(same, description_length=law.description_length)
    assert rivals(law, [tied], data_of(table())) == ()


def test_a_rival_is_told_once() -> None:
    law, log, again = fitted("a*x/(b + x)", "a*log(1 + x/b)", "a*log((b + x)/b)")
    assert len(rivals(law, [log, again], data_of(table()))) == 1


@pytest.mark.parametrize("form", ["a*x/(b + x) + c", "a*x**c/(b + x)", "a*x/(b + x) + c*x**2"])
def test_an_embellishment_is_none_even_where_its_description_is_as_short(form: str) -> None:
    law, more = fitted("a*x/(b + x)", form)
    tied = replace(more, description_length=law.description_length + 0.5 * TIED)
    assert rivals(law, [tied], data_of(table())) == ()


def straight(offset: float) -> Table:
    return Table(("x",), X[:, None], "y", 2 * X + offset + 0.05 * NOISE)


def test_a_constant_more_that_the_data_ask_for_is_no_embellishment() -> None:
    rows = straight(offset=0.06)
    bare, line = fitted("a*x", "a*x + b", rows=rows)
    tied = replace(bare, description_length=line.description_length)
    assert rivals(tied, [line], data_of(rows)) == (line,)


def test_a_special_case_that_fits_as_well_is_one() -> None:
    rows = straight(offset=0.03)
    line, through_zero = fitted("a*x + b", "a*x", rows=rows)
    assert rivals(line, [through_zero], data_of(rows)) == (through_zero,)
    assert rivals(through_zero, [line], data_of(rows)) == ()


def test_within_one_standard_error_is_enough_but_not_at_any_length() -> None:
    law, log = fitted("a*x/(b + x)", "a*log(1 + x/b)")
    assert paired(log, law, data_of(table())).as_good
    for nats, expected in ((0.9 * WRITTEN, 1), (1.1 * WRITTEN, 0)):
        longer = replace(log, description_length=law.description_length + nats)
        assert len(rivals(law, [longer], data_of(table()))) == expected


def test_a_worse_fit_is_none() -> None:
    law, line = fitted("a*x/(b + x)", "a*x")
    near = replace(line, description_length=law.description_length + 2 * TIED)
    assert rivals(law, [near], data_of(table())) == ()


def test_there_are_few_and_the_shortest_come_first() -> None:
    forms = (
        "a*x**b",
        "a*log(1 + b*x)",
        "a*atan(b*x)",
        "a*tanh(b*x)",
        "a*(1 - exp(-b*x))",
        "a*asinh(b*x)",
        "a*x",
    )
    law, *others = fitted("a*x/(b + x)", *forms)
    tied = [replace(f, description_length=law.description_length - 0.1 * k) for k, f in enumerate(others)]
    assert rivals(law, tied, data_of(table())) == tuple(tied[: -MOST - 1 : -1])


@pytest.mark.parametrize("loss", ["huber", "cauchy"])
def test_outliers_do_not_decide_under_a_robust_loss(loss: str) -> None:
    rows = table()
    rows.y[7] += 5.0
    law, line = fitted("a*x/(b + x)", "a*x", rows=rows, loss=loss)
    near = replace(line, description_length=law.description_length + 2 * TIED)
    data = data_of(rows, loss=loss)
    scaled = replace(data, weight=data.weight / 0.05**2)
    assert rivals(law, [near], scaled) == ()


def test_errors_of_the_inputs_and_of_the_target_count() -> None:
    rows = table(sigma=np.full(40, 0.05), x_sigma=np.full((40, 1), 0.01))
    law, log, line = fitted("a*x/(b + x)", "a*log(1 + x/b)", "a*x", rows=rows)
    assert rivals(law, [log, line], data_of(rows)) == (log,)
