"""The notation of metrology, and the digits that are kept."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Symbol, pi

from kantools.symbolic.formula import Constant
from kantools.symbolic.written.concise import concise


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        # The examples of the Particle Data Group's rule: 0.827 with 0.119 and with 0.367.
        (0.827, 0.119, "0.83(12)"),
        (0.827, 0.367, "0.8(4)"),
        # The Guide's example of a mass, 7.2.2.
        (100.02147, 0.00035, "100.02147(35)"),
        (12345.6, 987.0, "12300(1000)"),
        (12345.6, 4560.0, "12000(5000)"),
        (1.0, 0.0951, "1.00(10)"),
        (0.0, 0.02, "0.000(20)"),
        (-1.5e8, 3.2e5, "-1.5000(32)e8"),
        (5e-7, 1e-8, "5.00(10)e-7"),
        (2.0, 0.0, "2"),
        (2.0, float("inf"), "2"),
        (1 / 3, float("nan"), "0.333333333333"),
    ],
)
def test_examples(value: float, error: float, text: str) -> None:
    assert concise(value, error) == text


SIZES = st.floats(1e-12, 1e12)


@given(SIZES, st.floats(1e-8, 10.0), st.sampled_from([1, -1]))
def test_the_text_gives_value_and_error_back(size: float, share: float, sign: int) -> None:
    value, error = sign * size, size * share
    number, digits, power = re.fullmatch(r"(-?[\d.]+)\((\d+)\)(e-?\d+)?", concise(value, error)).groups()
    places = len(number.partition(".")[2])
    scale = float("1" + (power or "e0"))
    told = int(digits) * 10.0**-places * scale
    assert told == pytest.approx(error, rel=0.15)
    assert abs(float(number) * scale - value) <= 0.51 * told


def test_a_constant_says_its_unit_and_an_exact_one_its_name() -> None:
    assert Constant(Symbol("a"), 1.5, 0.1, unit="m").concise() == "1.50(10) m"
    assert Constant(Symbol("a"), 3.1416, 0.001, exact=pi, unit="1").concise() == "pi"
