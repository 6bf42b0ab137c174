"""Oscillations that rows do not resolve say nothing; those that they do stay."""

import numpy as np
import pytest
import sympy
from sympy import Symbol, cos, exp, sin, tan

from kantools.symbolic.trust.resolved import is_resolved

x, y = sympy.symbols("x y")
ALONG = np.linspace(1, 10, 100)[:, None]
BOX = np.random.default_rng(0).uniform(0, 5, (200, 2))


@pytest.mark.parametrize("law", [sin(30 * x), cos(20 / x) * x, exp(sin(30 * x + 1)), tan(15 * x), x**2])
def test_less_than_half_a_turn_from_row_to_row_is_resolved(law):
    assert is_resolved(law, [x], ALONG)


@pytest.mark.parametrize("law", [cos(1e15 * x), exp(1.774 * sin(127657.7 / x)), tan(20 * x), x + sin(40 * x)])
def test_more_than_half_a_turn_is_not(law):
    assert not is_resolved(law, [x], ALONG)


def test_rows_at_random_resolve_more_than_even_ones_on_average():
    X = np.sort(np.random.default_rng(1).uniform(0, 1, (100, 1)), axis=0)
    assert is_resolved(sin(2 * np.pi * 55 * x), [x], X)  # 1.8 rows a turn
    assert not is_resolved(sin(2 * np.pi * 90 * x), [x], X)


def test_several_columns_are_neighbours_in_all_of_them():
    assert is_resolved(cos(3 * x + 2 * y), [x, y], BOX)
    assert not is_resolved(cos(300 * x + 211.5 * y), [x, y], BOX)


def test_a_phase_that_is_one_number_times_columns_is_looked_at_along_itself():
    assert is_resolved(cos(7.3 * x * y), [x, y], BOX)
    assert not is_resolved(cos(7300.1 * x * y), [x, y], BOX)


def test_equal_rows_are_one_and_an_idle_column_is_none():
    twice = np.column_stack([np.repeat(ALONG, 2), np.arange(200.0) ** 3])
    assert is_resolved(sin(30 * x), [x, y], twice)


def test_neither_units_nor_zero_of_a_column_matter():
    for law, scaled in [(sin(30 * x), sin(0.03 * x + 7)), (sin(40 * x), sin(0.04 * x + 7))]:
        assert is_resolved(law, [x], ALONG) == is_resolved(scaled, [x], 1000 * ALONG + 5e5)


def test_a_phase_that_is_not_real_is_not_resolved():
    assert not is_resolved(sin(sympy.log(x - 8)), [x], ALONG)
    assert is_resolved(sin(Symbol("x")), [x], ALONG[:1])
