"""Prices of functions and exponents: what is rare costs more, and the length of a formula says so."""

import numpy as np
import sympy
from sympy import Symbol

from kantools.symbolic.fit.data import Data
from kantools.symbolic.language.rarity import COUNTS, price, rarity
from kantools.symbolic.whole.draft import fit_draft

x = Symbol("x")


def test_the_rarer_the_dearer():
    by_count = sorted(COUNTS, key=COUNTS.get)
    prices = [price(f) for f in by_count]
    assert prices == sorted(prices, reverse=True)
    assert price(sympy.asin) == max(prices)  # not among what people write often enough to be counted


def test_powers_and_roots_are_free_and_odd_exponents_are_not():
    assert rarity(x**2) == rarity(sympy.sqrt(x)) == rarity(1 / x) == 0
    assert 0 < rarity(x**3) < rarity(x ** sympy.Rational(9, 4))


def test_of_two_formulas_with_the_same_values_the_usual_one_is_shorter():
    X = np.linspace(0.5, 2, 30)[:, None]
    data = Data(("x",), X, np.sinh(X[:, 0]) * 2, np.ones(30))
    c = Symbol("c")
    usual, rare = (fit_draft(c * f(x), {c: 1.0}, data) for f in (sympy.exp, sympy.sinh))
    extra = rare.length(data) - data.misfit(rare.loss) - (usual.length(data) - data.misfit(usual.loss))
    assert extra > 1
