"""SRBench's rule, by cases worked out by hand from its program."""

import pytest
import sympy

from kantools.bench.srbench import is_law, rounded_number
from kantools.datasets import PROBLEMS


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0795774715, "0.08"),
        (0.00049, "0"),  # three decimals
        (0.000099, "0"),  # below 1e-4: not even a float any more
        (6.67e-11, "0"),
        (-1.23449, "-1.234"),
        (2.0000001, "2"),
    ],
)
def test_three_decimals(number, text):
    assert float(rounded_number(number)) == pytest.approx(float(text), abs=2e-4)


def test_below_a_ten_thousandth_is_an_integer_zero():
    assert rounded_number(9.9e-5) is sympy.Integer(0)
    assert rounded_number(1.1e-4) is not sympy.Integer(0)


@pytest.mark.parametrize(
    ("found", "truth"),
    [
        ("x*y", "x*y"),
        ("0.0796*q/r**2", "q/(4*pi*r**2)"),
        ("sqrt(2)*exp(-x**2/2)/(2*sqrt(pi))", "exp(-x**2/2)/sqrt(2*pi)"),
        ("2.5*x*y", "x*y"),  # up to a factor
        ("x*y - 3.3", "x*y"),  # up to a constant
        ("0.50001*x**2 + 0.00004*y", "1/2*x**2"),
        ("x*(x + y)", "x**2 + x*y"),
        ("(x**2 - y**2)/(x + y)", "x - y"),
        ("2*sin(x)*cos(x)", "sin(2*x)"),
        ("I*E*gamma", "gamma*E*I"),  # names that sympy has other plans for
    ],
)
def test_the_law(found, truth):
    assert is_law(found, truth, ["x", "y", "q", "r", "I", "E", "gamma"])


@pytest.mark.parametrize(
    ("found", "truth"),
    [
        ("x + 1.002*y", "x + y"),
        ("x*y**1.01", "x*y"),
        ("x - x**3/6", "sin(x)"),
        ("0", "x"),
        ("3.0", "x"),
        ("0.00009*x", "x"),  # rounds to nothing
        ("nan", "x"),
        ("sqrt(x**2)", "x"),  # equal for positive x only: SRBench says no
    ],
)
def test_not_the_law(found, truth):
    assert not is_law(found, truth, ["x", "y"])


#: Laws that SRBench's rule does not recognise in the form in which sympy writes them.
NOT_ITSELF = ("II.6.15b", "II.35.18", "test_12", "test_18")


@pytest.mark.slow
@pytest.mark.parametrize("name", PROBLEMS)
def test_a_law_is_itself_with_few_exceptions(name):
    law = PROBLEMS[name]
    assert is_law(str(law.truth), law.formula, law.columns) is (name not in NOT_ITSELF)
