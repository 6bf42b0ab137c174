"""Inner functions: what two columns count through is read off the gradient's direction."""

import numpy as np
import pytest
from sympy import cos, diff, exp, log, sin, symbols

from kantools.discovery.hypotheses.inner_function import InnerFunction
from kantools.discovery.views.view import LEFT, RIGHT, joined
from kantools.symbolic.primitive import select_primitives
from tests.kantools.discovery.scenes import exact_surrogate, view_of

a, b, c = symbols("a b c")
ALL = select_primitives(None)


def exact(law, columns, noise=0.0):
    """A view of a law, and a surrogate with its exact gradient but for noise."""
    view = view_of(law, columns, low=0.5, high=2.5)
    return exact_surrogate(law, view, noise), view


@pytest.mark.parametrize("noise", [0.0, 0.01])
@pytest.mark.parametrize(
    ("law", "inside"),
    [
        (exp(-a * sin(b)) + c, a * sin(b)),
        (c / (a**2 + b**2), a**2 + b**2),
        (exp(c + a * cos(b)), a * cos(b)),
        (log(c + a * b / (a + b)), a * b / (a + b)),
        ((a - b) ** 3 * c, a - b),
    ],
)
def test_the_inner_function_comes_first(law, inside, noise):
    """Or one that is a function of it: then their gradients are parallel."""
    surrogate, view = exact(law, (a, b, c), noise)
    first = InnerFunction().views(surrogate, view, ALL)[0].columns[-1]
    point = {a: 1.3, b: 0.8, c: 1.9}
    one, other = (np.array([float(diff(e, s).subs(point)) for s in (a, b, c)]) for e in (first, inside))
    assert abs(one @ other) == pytest.approx(np.linalg.norm(one) * np.linalg.norm(other), rel=1e-9)


def test_the_view_has_the_expression_in_the_place_of_both():
    _, view = exact(a * b + c, (a, b, c))
    child = joined(view, (0, 1), LEFT * sin(RIGHT))
    assert child.columns == (c, a * sin(b))
    X = view.rows.X
    assert np.array_equal(child.rows.X, np.column_stack([X[:, 2], X[:, 0] * np.sin(X[:, 1])]))


def test_columns_that_are_expressions_themselves():
    """Sympy merges ``(a/b) * b``; the numbers must not care."""
    _, view = exact(a * b + c, (a, b, c))
    once = joined(view, (0, 1), LEFT / RIGHT)
    twice = joined(once, (0, 1), LEFT * RIGHT)
    assert twice.columns == (a * c / b,)
    assert np.allclose(twice.rows.X[:, 0], view.rows.X[:, 0] * view.rows.X[:, 2] / view.rows.X[:, 1])


def test_what_is_not_finite_is_no_view():
    _, view = exact(a - b, (a, b))
    assert joined(view, (0, 1), log(LEFT - RIGHT)) is None
