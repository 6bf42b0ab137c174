"""Where the next measurement tells formulas apart."""

import numpy as np
import pytest
from sympy import Expr, Integer, Symbol, exp, log, sqrt

from kantools.symbolic import Formula
from kantools.symbolic.examine.beyond import extended
from kantools.symbolic.examine.telling import telling_point
from kantools.symbolic.trust.prediction import Scatter

T, N = Symbol("T"), Symbol("n")
ROWS = np.linspace(20.0, 300.0, 15)[:, None]


def law(expression: Expr, *columns: str, scatter: float = 0.2) -> Formula:
    return Formula(columns or ("T",), "p", expression, scatter=Scatter("constant", scatter, 20.0))


def test_the_place_is_within_the_extended_range_and_the_widest_there() -> None:
    line, bend = law(1 + T / 100), law(exp(T / 150))
    told = telling_point([line, bend], ROWS)
    assert told is not None
    assert told.value == pytest.approx(extended(ROWS[:, 0])[1])
    assert told.expected == (line.predict(told.row[None])[0], bend.predict(told.row[None])[0])
    assert told.decided == 1


def test_to_tell_a_second_rival_apart_counts_more_than_to_be_surer_of_the_first() -> None:
    far, early = law(T), law(440 * exp(-((T - 60) ** 2) / 50))
    told = telling_point([law(0 * T + 0), far, early], ROWS)
    assert told is not None
    assert told.value == pytest.approx(60, abs=4)
    assert told.decided == 2


def test_those_that_stay_alike_are_counted() -> None:
    told = telling_point([law(T / 100), law(T / 90), law(T / 99.9)], ROWS)
    assert str(told) == (
        "The next measurement at T = 440 tells the chosen formula from 1 of 2 others: "
        "4.4 against 4.889 and 4.404."
    )


def test_what_cannot_be_decided_by_one_measurement_is_said() -> None:
    told = telling_point([law(T / 100), law(T / 99)], ROWS)
    assert str(told) == (
        "No single measurement up to half a range beyond the rows tells them apart; they differ most at "
        "T = 440: 4.4 against 4.44, 0.22 standard deviations."
    )


def test_several_are_listed_and_other_columns_are_at_their_medians() -> None:
    X = np.column_stack([ROWS[:, 0], np.arange(15.0)])
    laws = [law(e, "T", "n", scatter=0.01) for e in (T * N, T * N + T, T * N - T)]
    told = telling_point(laws, X)
    assert told is not None
    assert told.row.tolist() == [440.0, 7.0]
    assert str(told) == (
        "The next measurement at T = 440 (all other columns at their medians) tells them apart: "
        "3.08e+03 against 3.52e+03 and 2.64e+03."
    )


def test_places_where_a_formula_has_no_value_are_no_places() -> None:
    told = telling_point([law(sqrt(300 - T)), law(log(T))], ROWS)
    assert told is not None
    assert told.value <= 300
    assert np.isfinite(told.expected).all()


def test_counts_are_whole_and_what_was_positive_stays_so() -> None:
    told = telling_point([law(log(N), "n"), law(Integer(2) + 0 * N, "n")], np.arange(3.0, 12.0)[:, None])
    assert told is not None
    assert told.value in (2.0, 15.0)
    assert extended(np.array([1e-3, 10.0]))[0] == 5e-4


def test_years_are_told_to_the_width_of_their_range() -> None:
    years = np.linspace(2010.5, 2020.5, 9)[:, None]
    told = telling_point([law(T - 2000), law((T - 2000) ** 2 / 15)], years)
    assert told is not None
    assert told.place == "T = 2025.5"


@pytest.mark.parametrize("others", [(), (T,)])
def test_formulas_that_agree_everywhere_or_stand_alone_have_no_such_place(others: tuple[Expr, ...]) -> None:
    assert telling_point([law(T), *map(law, others)], ROWS) is None
