"""The walk over an expression, against mpmath and finite differences."""

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from kantools.symbolic.evaluate import FUNCTIONS, compile_expression

x, y, a, b = sympy.symbols("x y a b")


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda f: f.__name__)
def test_every_function_of_the_table(function):
    at = {sympy.acosh: 1.7, sympy.cot: 0.4}.get(function, 0.37)
    program = compile_expression(function(a * x), [x], [a])
    value, J = program.jacobian(np.array([[at]]), [1.0])
    f = sympy.lambdify(x, function(x), "mpmath")
    assert value[0] == pytest.approx(float(mpmath.re(f(mpmath.mpf(at)))), rel=1e-14)
    assert J[0, 0] == pytest.approx(at * float(mpmath.diff(f, at)), rel=1e-9, abs=1e-12)


def expressions() -> st.SearchStrategy:
    leaves = st.sampled_from([x, y, a, b, sympy.Rational(3, 2), sympy.pi])

    def grow(inner):
        pair = st.tuples(inner, inner)
        return st.one_of(
            pair.map(lambda p: p[0] + p[1]),
            pair.map(lambda p: p[0] * p[1]),
            inner.map(sympy.sin),
            inner.map(lambda e: sympy.exp(-(e**2))),
            inner.map(lambda e: sympy.sqrt(1 + e**2)),
            inner.map(lambda e: 1 / (2 + sympy.cos(e))),
        )

    return st.recursive(leaves, grow, max_leaves=8)


@given(expressions())
@settings(max_examples=60, deadline=None)
def test_value_and_jacobian_of_random_expressions(expr):
    X = np.array([[0.3, -1.2], [1.1, 0.4], [-0.7, 0.9]])
    p = np.array([0.8, -0.6])
    program = compile_expression(expr, [x, y], [a, b])
    value, J = program.jacobian(X, p)
    f = sympy.lambdify((x, y, a, b), expr, "math")
    np.testing.assert_allclose(value, [f(*row, *p) for row in X], rtol=1e-12, atol=1e-12)
    h = 1e-6
    for j in range(2):
        up, down = p.copy(), p.copy()
        up[j] += h
        down[j] -= h
        difference = (program.value(X, up) - program.value(X, down)) / (2 * h)
        np.testing.assert_allclose(J[:, j], difference, rtol=1e-5, atol=1e-6)


def test_where_it_is_not_real_it_is_nan_and_silent():
    program = compile_expression(sympy.log(x) + sympy.sqrt(x), [x])
    assert np.isnan(program.value(np.array([[-1.0], [2.0]]))).tolist() == [True, False]


def test_power_with_a_free_exponent():
    program = compile_expression(x**a, [x], [a])
    value, J = program.jacobian(np.array([[2.0]]), [3.0])
    assert (value[0], J[0, 0]) == (8.0, pytest.approx(8 * np.log(2)))


def test_unknown_symbols_and_functions_are_refused():
    with pytest.raises(ValueError, match=r"Every symbol is a column or a parameter; got y, known: \['x'\]"):
        compile_expression(x + y, [x])
    with pytest.raises(ValueError, match=r"A formula is made of sums, products, powers and .*got zeta"):
        compile_expression(sympy.zeta(x), [x])
