"""Primitives found in expressions."""

import numpy as np
import pytest
from sympy import Symbol, cos, exp, lambdify, log, sin, sqrt, symbols

from kantools.symbolic.language.complexity import complexity
from kantools.symbolic.language.occurrence import occurrence
from kantools.symbolic.primitive import ARGUMENT, PRIMITIVES

x = ARGUMENT
a, t, u = symbols("a t u")


@pytest.mark.parametrize("name", [n for n in PRIMITIVES if n != "identity"])
@pytest.mark.parametrize("argument", [t, 2 * t + 1, a * t, t + u], ids=str)
def test_a_primitive_is_found_in_itself(name, argument):
    """The argument that is found gives the expression back, whatever way sympy writes it."""
    expr = PRIMITIVES[name](argument)
    found = occurrence(PRIMITIVES[name].expr, expr)
    if found is None:
        pytest.skip("sympy writes it in another way")
    assert found.beside == ()
    again = PRIMITIVES[name](found.argument)
    point = {a: 0.31, t: 0.4, u: 0.2}
    values = [complex(e.subs(point)) for e in (expr, again)]
    assert values[0] == pytest.approx(values[1], rel=1e-12)


def test_most_are_found():
    names = [n for n in PRIMITIVES if n != "identity"]
    found = [n for n in names if occurrence(PRIMITIVES[n].expr, PRIMITIVES[n](2 * t + 1)) is not None]
    assert found == names


def test_what_stands_beside():
    found = occurrence(1 + exp(x), 1 + exp(t) + u)
    assert (found.argument, found.beside) == (t, (u,))
    found = occurrence(x + sin(x), t + sin(t) + a)
    assert (found.argument, set(found.beside)) == (t, {a})


@pytest.mark.parametrize(
    ("pattern", "expr"),
    [(sin(x), cos(t)), (sin(x) / x, sin(t) / u), (x * log(x), t * log(u)), (x**2, t**3), (sqrt(x), t)],
    ids=str,
)
def test_what_does_not_occur(pattern, expr):
    assert occurrence(pattern, expr) is None


def test_the_constant_of_an_exponent_may_have_become_a_factor():
    found = occurrence(log(1 + exp(x)), log(1 + a * exp(2 * t)))
    assert found is not None
    assert found.argument.free_symbols == {a, t}


def test_costs_add_up():
    costs = ((sin(x), 4), (log(1 + exp(x)), 2))
    assert complexity(sin(sin(t)), costs) == 9
    assert complexity(log(1 + exp(2 * t)), costs) == 2 + complexity(2 * t)
    assert complexity(3 * sin(t) / u, costs) == complexity(3 * sin(t) / u) + 3
    assert complexity(t / u, ((1 / x, 7),)) == 1 + 1 + 8


def test_the_columns_symbol_may_be_x():
    own = Symbol("x")
    assert occurrence(x**2, own**2).argument == own
    f = lambdify(own, PRIMITIVES["softplus"](own + 1))
    assert f(0.0) == pytest.approx(np.log(1 + np.e))
