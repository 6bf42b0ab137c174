"""LaTeX: what is written is what was measured, and large enough to be read."""

import pytest
from sympy import Expr, Float, Symbol, exp, log, sqrt

from kantools.symbolic.written.exponent import stands_raised
from kantools.symbolic.written.latex import latex
from kantools.symbolic.written.latex_name import latex_name
from kantools.symbolic.written.mathml import mathml

x, y, z = (Symbol(name) for name in "xyz")
EXPONENTS = {
    "e^x": (x, True),
    "bell": (-((x - 2) ** 2) / 2, True),
    "quotient of four": (-x * y / (z * Symbol("k")) - 1, False),
    "logarithm": (x * log(y), False),
}


@pytest.mark.parametrize(("exponent", "raised"), EXPONENTS.values(), ids=EXPONENTS)
def test_long_exponents_stand_on_the_line(exponent: Expr, raised: bool) -> None:
    """On pages and in LaTeX alike."""
    assert stands_raised(exponent) is raised
    assert latex(exp(exponent)).startswith("e^{") is raised
    assert latex(exp(exponent)).startswith(r"\exp{\left(") is not raised
    assert ("<mi>exp</mi>" in mathml(exp(exponent))) is not raised


def test_whole_numbers_have_no_decimals_that_nobody_measured() -> None:
    assert latex(Float("7243") / (x + Float("20.14", 4))) == r"\frac{7243}{x + 20.14}"
    assert latex(Float("2.5e-7", 2) * x) == r"2.5 \cdot 10^{-7} \, x"
    assert latex(sqrt(x) * Float("100", 3)).startswith("100 ")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("x12", "x_{12}"),
        ("Delta3", r"\Delta_{3}"),
        ("DELTA3", r"\mathrm{DELTA3}"),
        ("H2O", r"\mathrm{H2O}"),
        ("run1", r"\mathrm{run1}"),
    ],
)
def test_a_letter_and_a_number_are_a_letter_with_an_index(name: str, written: str) -> None:
    assert latex_name(name) == written
