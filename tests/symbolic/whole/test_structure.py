"""Which formulas are one but for the values of their constants."""

import pytest
from sympy import Symbol, sympify

from kantools.symbolic.whole.structure import structure, terms_of

SAME = [
    ("2.5*x", "-x/3"),
    ("x**1.5", "2*x**1.49"),
    ("sqrt(x)", "x**0.498"),
    ("x*y**2/z", "9.81*x*y**2/z"),
    ("exp(1 - 2*x)", "0.3*exp(-x)"),
    ("log(3*x)*y", "y*log(x) + 0.7*y"),
    ("(x + 2*y)**2", "1.01*x**2 + 3.9*x*y + 4*y**2"),
    ("x*(1 + y)", "0.99*x + 1.02*x*y"),
    ("1/(x + 2)", "3/(5*x - 1)"),
    ("tanh(x + pi)", "2*tanh(3*x - 1)"),
    ("cos(x + 1)", "sin(x - 0.57)"),
]
DIFFERENT = [
    ("x", "x + 1"),
    ("x", "x**2"),
    ("x**2", "x**3"),
    ("x**2", "x**2.01"),
    ("x*y", "x + y"),
    ("sin(x)", "cos(x)"),
    ("exp(x)", "exp(x) + 1"),
    ("1/(x + 2)", "1/x"),
    ("exp(-x)", "exp(-x**2)"),
    ("x + y", "x + z"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same(one, other):
    assert structure(sympify(one)) == structure(sympify(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one, other):
    assert structure(sympify(one)) != structure(sympify(other))


def test_columns_may_be_called_as_they_like():
    flow = Symbol("flow rate")
    assert structure(2.0 * flow + 1) == structure(flow - 3)


def test_terms_as_they_are_written():
    assert [str(t) for t in terms_of(sympify("3*x*exp(y)"))] == ["x", "exp(y)"]
    assert [str(t) for t in terms_of(sympify("3*x + 1"))] == ["1", "3*x"]
    assert [str(t) for t in terms_of(sympify("7"))] == ["7"]
