"""Equality up to rounding, decided by numbers."""

import numpy as np
import pytest
import sympy

from kantools.bench.equivalence import compare
from kantools.datasets import PROBLEMS

x, y = sympy.symbols("x y")
X = np.random.default_rng(0).uniform(1, 3, (100, 2))


def verdict(found, truth, X=X):
    return compare(sympy.sympify(found), sympy.sympify(truth), ["x", "y"], X)


@pytest.mark.parametrize(
    ("found", "truth"),
    [
        ("1.0001*x*y", "x*y"),
        ("x*y + 0.77", "x*y"),
        ("-7.5*x/y", "x/y"),
        ("sqrt(x**2)", "x"),
        ("exp(0.5001*log(x))*y**1.0002", "sqrt(x)*y"),
        ("sin(x + 1.57080)", "cos(x)"),
        ("tanh(x/2.0)", "(1 - exp(-x))/(1 + exp(-x))"),
        ("log(2.3*x*y)", "log(x) + log(y)"),
        ("0.0796*x/y**2", "x/(4*pi*y**2)"),
        ("2.0001*x + 2.9998*y", "2*x + 3*y"),
        ("x + 0.0002*y", "x"),  # rounds to x
    ],
)
def test_equal(found, truth):
    assert verdict(found, truth).equal


@pytest.mark.parametrize(
    ("found", "truth"),
    [
        ("2.01*x + 3.01*y", "2*x + 3*y"),
        ("0.3*x*y + 12.5", "x*y + 12.5"),  # a factor and a constant at once
        ("x**1.01*y", "x*y"),
        ("x - x**3/6.0", "sin(x)"),
        ("5.0", "x"),
        ("sqrt(x - 2)", "x"),
    ],
)
def test_not_equal(found, truth):
    assert not verdict(found, truth).equal


def test_a_good_approximation_is_not_equal_and_not_refuted():
    near = np.linspace(0.1, 0.3, 60)[:, None] * np.ones(2)
    found = verdict("x - x**3/6.0 + x**5/120.0", "sin(x)", near)
    assert not found.equal
    assert 1e-20 < found.gap < 1e-3
    assert not found.different


def test_a_bad_one_is_refuted():
    assert verdict("x + y", "x*y").different


def test_what_has_no_real_values_is_refuted():
    assert verdict("log(-x)", "x").different


def test_whole_numbers_written_as_floats_work_for_negative_columns():
    assert verdict("x**2.0 + y", "x**2 + y", X - 2).equal


@pytest.mark.parametrize("name", ["I.6.2b", "I.9.18", "II.6.15a", "test_10", "strogatz_vdp1"])
def test_every_law_is_itself_whatever_its_numbers_are_called(name):
    law = PROBLEMS[name]
    numbers = law.truth.xreplace({sympy.pi: sympy.Float(3.14159265)}) * sympy.Float(1.00003)
    assert compare(numbers, law.truth, law.columns, law.sample(100, seed=0).X).equal


@pytest.mark.slow
@pytest.mark.parametrize("name", PROBLEMS)
def test_every_law_is_itself(name):
    test_every_law_is_itself_whatever_its_numbers_are_called(name)
