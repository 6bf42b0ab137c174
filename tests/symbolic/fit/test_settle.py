"""The last digits, on problems where the loss has none left."""

import numpy as np
import sympy

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.settle import settle

x, a, b = sympy.symbols("x a b")
X = np.linspace(0.1, 3.0, 60)[:, None]


def test_columns_that_are_nearly_the_same_keep_their_digits() -> None:
    """Condition number 2e7: normal equations would leave two digits."""
    line = compile_expression(a * (1 + x * 1e-7) + b, [x], [a, b])
    done = settle(line, np.array([0.0, 0.0]), X, line.value(X, [3.0, -2.0]), np.ones(len(X)))
    np.testing.assert_allclose(done.values, [3.0, -2.0], rtol=1e-7)
    assert done.certain


def test_exactly_equal_columns_are_left_open() -> None:
    line = compile_expression((a + b) * x, [x], [a, b])
    done = settle(line, np.array([1.0, 1.0]), X, X[:, 0] + 0.1 * np.sin(9 * X[:, 0]), np.ones(len(X)))
    assert done.open.all()
    assert np.isnan(done.inverse).all()


def test_far_from_the_minimum_it_is_not_certain() -> None:
    wave = compile_expression(sympy.sin(a * x), [x], [a])
    done = settle(wave, np.array([40.0]), X, np.sin(X[:, 0]), np.ones(len(X)))
    assert abs(done.values[0] - 1) < 1e-6 or done.offset < 1e-3 or not done.certain


def test_where_it_is_not_real_nothing_is_said() -> None:
    log = compile_expression(sympy.log(a * x), [x], [a])
    done = settle(log, np.array([-1.0]), X, X[:, 0], np.ones(len(X)))
    assert done.rss == np.inf
    assert not done.certain
    assert np.isnan(done.inverse).all()
