"""No formula comes of a draft that does between rows what no row tells of."""

import numpy as np
import pytest
import sympy
from sympy import cos, exp, sin

from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.draft import fit_draft
from kantools.symbolic.whole.polish import polish

x, a, b, c = sympy.symbols("x a b c")
X = np.linspace(1.0, 8.0, 40)


def polished(template: sympy.Expr, start: dict[sympy.Symbol, float], y: np.ndarray) -> object:
    y = y + 0.01 * np.random.default_rng(0).normal(size=len(y))
    data = Data(("x",), X[:, None], y, np.ones(len(y)))
    return polish(fit_draft(template, start, data), data, "y")


@pytest.mark.parametrize(
    ("template", "start"),
    [
        (a * cos(b * x), {a: 2.0, b: 1.3 + 2 * np.pi * 39 / 7}),
        (exp(a * sin(b / x)), {a: 1.5, b: 4000.0}),
        (a * x + c / (x - b), {a: 2.0, b: 4.05, c: 1e-3}),
    ],
)
def test_what_turns_too_often_or_has_a_pole_no_row_shows_is_no_formula(
    template: sympy.Expr, start: dict[sympy.Symbol, float]
) -> None:
    y = np.array(sympy.lambdify(x, template.subs(start))(X))
    assert polished(template, start, y) is None


def test_the_same_forms_where_rows_tell_are() -> None:
    assert polished(a * cos(b * x), {a: 2.0, b: 1.3}, 2 * np.cos(1.3 * X)) is not None
    assert polished(c / (x - b), {c: 2.0, b: 4.05}, 2 / (X - 4.05)) is not None
