"""The comparison of a found formula with the accepted law, and the pages that show it."""

from dataclasses import replace

import numpy as np
import pytest
import sympy

from benchmarks.real_data import Result, compare, page, same_form, verdict
from kantools.datasets import EXPERIMENTS
from kantools.symbolic.formula import Constant, Formula

length, c0, c1, c2 = sympy.symbols("length c0 c1 c2")
OHM = EXPERIMENTS["ohm"]


def formula(template: sympy.Expr, *values: float) -> Formula:
    constants = tuple(Constant(sympy.Symbol(f"c{i}"), v, 0.01 * abs(v)) for i, v in enumerate(values))
    covariance = np.diag([c.error**2 for c in constants])
    return Formula(("length",), "current", template, constants, covariance)


def test_the_law_in_other_clothes_has_the_same_form() -> None:
    result = compare(OHM, formula(1 / (c0 + c1 * length), 20 / 7000, 1 / 7000), 1.0)
    assert verdict(result) == "yes"
    a, b = result.constants
    assert (a.value, b.value) == pytest.approx((7000, 20))
    assert a.error == pytest.approx(70, rel=1e-3)
    assert b.error == pytest.approx(0.2 * np.sqrt(2), rel=1e-3)


def test_a_law_with_one_constant_more_is_a_generalisation() -> None:
    result = compare(OHM, formula(c0 / (c1 + length) ** c2, 7000, 20, 1.01), 1.0)
    assert verdict(result) == "yes, as a special case"
    assert result.accepted == pytest.approx((*OHM.constants.values(), 1))
    assert "| `c2` | 1.010 ± 0.010 | 1 |" in page([result], 30)


def test_another_law_is_not() -> None:
    result = compare(OHM, formula(c0 * sympy.exp(-c1 * length), 300, 0.02), 1.0)
    assert verdict(result).startswith("no (")
    assert result.ratio > 1
    assert not result.as_good


def test_a_law_that_was_found_and_not_chosen_is_told() -> None:
    other, law = formula(c0 * sympy.exp(-c1 * length), 300, 0.02), formula(c0 / (c1 + length), 7243.0, 20.14)
    assert same_form(OHM, law)
    assert not same_form(OHM, other)
    result = replace(compare(OHM, other, 1.0), elsewhere=("on the front",))
    assert verdict(result).startswith("no, on the front (")
    assert "0 of 1 have the form of the accepted law, 1 more are shown a formula" in page([result], 30)


def test_a_mere_number_has_not_the_form_of_a_law_that_can_become_flat() -> None:
    oxygen = EXPERIMENTS["oxygen"]
    constant = Formula(("time",), "demand", c0, (Constant(c0, 173.0, 10.0),), np.array([[100.0]]))
    assert verdict(compare(oxygen, constant, 1.0)).startswith("no")


def test_page_shows_failures() -> None:
    failed = Result(OHM, None, 1.0, "ValueError: no")
    text = page([failed, compare(OHM, formula(c0 / (c1 + length), 7243.0, 20.14), 2.0)], 30)
    assert "ValueError: no" in text
    assert "1 of 2 have the form of the accepted law, 0 more are shown a formula that has it;" in text
    assert "| `a` | 7243 ± 72 | 7243.29 |" in text
