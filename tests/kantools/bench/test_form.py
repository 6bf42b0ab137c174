"""Random laws are judged by their form, and by what the noise leaves of their constants."""

import numpy as np
import pytest
import sympy

from kantools.bench.form import Accuracy, form_verdicts

x, T = sympy.symbols("x T")
BOLTZMANN = 1.38065e-23
LAW = 2.5 * sympy.exp(-x / (BOLTZMANN * T)) + 0.3
ROWS = np.random.default_rng(0).uniform([1e-21, 200], [2e-20, 900], (100, 2))
NEAR, FAR = Accuracy(0.9999, 1e-4, 0.01, 1000), Accuracy(0.99, 0.05, 0.01, 1000)
CLEAN = Accuracy(1.0, 1e-15, 0.0, 1000)


def verdict(found, accuracy=NEAR, law=LAW, columns=("x", "T"), X=ROWS):
    end = list(form_verdicts(sympy.sympify(found), law, list(columns), X, accuracy))[-1]
    return end["solved"], end["form"]


def test_constants_of_nature_are_none_too_small():
    assert verdict(LAW, CLEAN) == (True, True)
    assert verdict(2.5 * sympy.exp(-x / (1.384e-23 * T)) + 0.3) == (True, True)
    assert verdict(2.5 * sympy.exp(-x / (1.6e-23 * T)) + 0.3, FAR) == (False, True)


def test_three_digits_are_enough_however_near():
    assert verdict(2.5004 * sympy.exp(-x / (BOLTZMANN * T)) + 0.3, FAR) == (True, True)


def test_an_offset_is_not_free():
    assert verdict(LAW + 0.2, FAR) == (False, True)


def test_numbers_with_names_may_move():
    assert verdict(sympy.Rational(5, 2) * sympy.exp(-x / (BOLTZMANN * T)) + sympy.Rational(3, 10)) == (
        True,
        True,
    )
    assert verdict(2 * sympy.exp(-x / (BOLTZMANN * T)) + sympy.sqrt(2) / 5, FAR) == (False, True)


def test_whole_exponents_do_not_move():
    X = np.linspace(1, 3, 60)[:, None]
    assert verdict(3 * x**2, law=3.0 * x**2.1, columns=("x",), X=X) == (False, False)
    assert verdict(3 * x ** sympy.Rational(21, 10), law=3.0 * x**2.1, columns=("x",), X=X) == (True, True)
    assert verdict(3.0 * x**2.0, law=3.0 * x**2, columns=("x",), X=X) == (True, True)


def test_a_term_too_many_is_another_form_unless_noise_hides_it():
    more = LAW + 0.02 * sympy.log(T)
    assert verdict(more, FAR) == (False, False)
    assert verdict(LAW + 1e-9 * sympy.log(T), NEAR) == (True, True)


def test_another_form_however_near():
    assert verdict(2.8 / (1 + x / (BOLTZMANN * T)), NEAR) == (False, False)


def test_low_accuracy_is_not_looked_at():
    assert verdict(LAW, Accuracy(0.5, 0.5, 0.01, 1000)) == (False, False)


@pytest.mark.parametrize(("constants", "limit"), [(1, 1.04e-3), (6, 1.5e-3)])
def test_noise_leaves_more_to_more_constants(constants, limit):
    assert Accuracy(1.0, 0.99 * limit, 0.01, 1000).within_noise(constants)
    assert not Accuracy(1.0, 1.01 * limit, 0.01, 1000).within_noise(constants)
