"""Quotients of higher degree are told without noise, to the last term; nothing else is taken for one."""

import numpy as np
import pytest
import sympy

from kantools.discovery.hypotheses.exact_quotient import bent_quotients, exact_quotients
from kantools.discovery.views.rows import rows_of
from kantools.discovery.views.view import View
from kantools.symbolic.fit.data import Data
from kantools.symbolic.primitive import select_primitives
from kantools.symbolic.whole.draft import Draft
from kantools.symbolic.whole.polish import polish

u, v, w = sympy.symbols("u v w")
LAWS = [
    -u + (v - 1) / (u**2 * (v + 2)),
    (u**3 * v - 2) / (u**2 + v**3),
    (u**4 + 3 * u) / (1 + u**2),
    (u * v + w) / (1 + u**2 * w),
    sympy.sqrt((u**3 + v) / (1 + v**2)),
    sympy.acos((sympy.cos(u) - v / 4) / (1 - v / 4 * sympy.cos(u))),
    sympy.asin((u + v) / (5 + u * v)),
    (u**2 - u * sympy.sin(v) ** 2 + 1) / u**3,
]


def view_of(law: sympy.Expr, noise: float = 0.0, rows: int = 1000) -> tuple[View, Data]:
    columns = tuple(sorted(law.free_symbols, key=str))
    rng = np.random.default_rng(0)
    X = rng.uniform(1, 3, (rows, len(columns)))
    y = sympy.lambdify(columns, law, "numpy")(*X.T) + noise * rng.normal(size=rows)
    return View(columns, rows_of(X, y, np.ones(rows))), Data(tuple(map(str, columns)), X, y, np.ones(rows))


def quotients(view: View, data: Data, names: list[str] | None = None) -> list[Draft]:
    return [*exact_quotients(view, data), *bent_quotients(view, data, select_primitives(names))]


@pytest.mark.parametrize("law", LAWS, ids=str)
def test_the_law_comes_out(law):
    view, data = view_of(law)
    draft = quotients(view, data)[0]
    found = polish(draft, data, "y")
    assert found is not None
    fresh = np.random.default_rng(1).uniform(1, 3, (200, view.inputs))
    truth = sympy.lambdify(view.columns, law, "numpy")(*fresh.T)
    assert np.allclose(found.predict(fresh), truth, rtol=1e-9, atol=1e-12)
    assert not found.free


@pytest.mark.parametrize("law", [sympy.exp(u) / v, u ** sympy.Rational(9, 5) + v, sympy.tanh(u * v)], ids=str)
def test_what_is_no_quotient_is_not_taken_for_one(law):
    assert not quotients(*view_of(law))


def test_noise_leaves_no_exact_quotient():
    assert not quotients(*view_of(LAWS[0], noise=1e-6))


def test_few_rows_tell_nothing():
    assert not quotients(*view_of(LAWS[0], rows=60))


def test_a_column_counts_through_a_function_only_if_that_is_allowed():
    view, data = view_of(LAWS[-1])
    assert not quotients(view, data, ["identity", "square", "reciprocal"])
