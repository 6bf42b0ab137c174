"""A dictionary: entries are what they say, each is there once, and short ones are all there."""

import numpy as np
import pytest
from sympy import Symbol, lambdify, sin, sqrt, symbols

from kantools.discovery.words.dictionary import dictionary
from kantools.symbolic.primitive import select_primitives

u, v = symbols("u v")
X = np.random.default_rng(0).uniform(0.2, 0.9, (40, 2))


@pytest.fixture(scope="module")
def words():
    return dictionary([u, v], X, select_primitives(None), 8000)


def test_values_are_those_of_the_expressions(words):
    for k in np.random.default_rng(1).choice(len(words), 200, replace=False):
        said = lambdify([u, v], words.expression(k), "numpy")(*X.T)
        assert np.allclose(said, words.values[k], rtol=1e-9), words.expression(k)


def test_no_two_entries_have_the_same_values(words):
    size = np.abs(words.values).max(axis=1, keepdims=True)
    shapes = np.round(np.concatenate([words.values / size, np.log(size)], axis=1), 7)
    assert len(np.unique(shapes, axis=0)) == len(words)


@pytest.mark.parametrize("wanted", [sqrt(1 - u**2), u / (u + v), (u + v) / u, 1 - u, u - 1, sin(u), u**2 * v])
def test_short_expressions_are_there(words, wanted):
    values = lambdify([u, v], wanted, "numpy")(*X.T)
    assert np.isclose(words.values, values, rtol=1e-9).all(axis=1).any()


def test_the_shortest_come_first_and_rare_functions_later(words):
    assert (np.diff(words.length) >= 0).all()
    texts = [str(words.expression(k)) for k in range(len(words))]
    assert texts.index("sqrt(u)") < texts.index("exp(u)") < texts.index("tanh(u)")


def test_only_the_primitives_given():
    words = dictionary([u], X[:, :1], select_primitives(["sin"]), 200)
    assert not any(words.expression(k).has(sqrt(u), Symbol("exp")) for k in range(len(words)))
    assert any(words.expression(k).has(sin) for k in range(len(words)))


def test_nothing_that_is_not_finite_or_is_a_number():
    X = np.linspace(-1, 1, 21)[:, None]  # a zero among the rows: no quotient, no logarithm
    words = dictionary([u], X, select_primitives(["log", "reciprocal", "square"]), 300)
    assert np.isfinite(words.values).all()
    assert (np.ptp(words.values[3:], axis=1) > 0).all()
