"""What stands inside what: pairs that people write cost less than pairs that they do not."""

import pytest
import sympy
from sympy import Symbol, cos, exp, log, sin, sqrt, tanh

from kantools.symbolic.language.nesting import HELD, OCCURRENCES, price_around
from kantools.symbolic.language.rarity import rarity

x, y, a = sympy.symbols("x y a")


def test_a_function_of_plain_arguments_pays_nothing():
    assert all(price_around(f(a * x**2 / (1 + y))) == 0 for f in (exp, log, sin, tanh))


def test_pairs_that_are_written_cost_less_than_others():
    assert price_around(sin(sqrt(x))) < price_around(sin(cos(x))) < price_around(sin(exp(x)))
    assert price_around(exp(cos(x))) < price_around(exp(sin(x))) < price_around(exp(exp(x)))


def test_the_rarest_of_what_is_held_decides():
    both = price_around(sin(sqrt(x) + exp(y)))
    assert both == price_around(sin(exp(y))) > price_around(sin(sqrt(x)))


def test_roots_of_numbers_alone_are_no_roots():
    assert price_around(sin(sqrt(2) * x)) == 0


@pytest.mark.parametrize(
    "law", ["exp(-x**2)", "sqrt(1 - x**2/y**2)", "1/(exp(a*x/y) - 1)", "cos(x)*cos(y)", "sqrt(x*tanh(y))"]
)
def test_a_law_without_a_function_in_a_function_pays_for_its_functions_alone(law):
    law = sympy.sympify(law)
    assert rarity(law) == sum(rarity(f.func(x)) for f in law.atoms(sympy.Function))


def test_prices_do_not_know_units():
    c = Symbol("c")
    assert rarity(exp(c * cos(x))) == rarity(exp(1000 * c * cos(x / 1000)))


def test_no_more_is_held_than_there_is():
    for kind, count in OCCURRENCES.items():
        assert sum(n for (_, held), n in HELD.items() if held is kind) <= count
