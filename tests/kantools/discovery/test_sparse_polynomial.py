"""Sparse polynomials: the terms that are there, and no others, also in noise and from few rows."""

import numpy as np
import pytest
from sympy import lambdify, simplify, symbols

from kantools.discovery.hypotheses.few_terms import sparse_polynomial
from kantools.discovery.views.rows import Rows
from kantools.discovery.views.view import View
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.polish import polish

a, b, c = symbols("a b c")


def view_of(law, columns, rows, noise=0.0):
    rng = np.random.default_rng(0)
    X = rng.uniform(0, 2, (rows, len(columns)))
    y = lambdify(columns, law, "numpy")(*X.T)
    y = y + noise * y.std() * rng.normal(size=rows)
    data = Data(tuple(map(str, columns)), X, y, np.ones(rows))
    return View(tuple(columns), Rows(X, y, np.ones(rows), float(y.var()))), data


@pytest.mark.parametrize(
    ("law", "columns", "rows"),
    [
        (a**4 - a**3 + b**2 / 2 - b, (a, b), 20),
        (a**6 + a**2 - 1, (a,), 15),
        (a * b + b * c - 2 * a * c, (a, b, c), 30),
    ],
)
def test_exact_polynomials_from_few_rows(law, columns, rows):
    view, data = view_of(law, columns, rows)
    assert simplify(polish(sparse_polynomial(view, data), data, "y").expression - law) == 0


def test_noise_adds_no_terms():
    law = 3 * a * b - b**3
    view, data = view_of(law, (a, b), 500, noise=0.1)
    draft = sparse_polynomial(view, data)
    assert set(map(str, draft.template.free_symbols & {a, b})) == {"a", "b"}
    assert len(draft.constants) == 2


def test_two_few_rows_for_a_square():
    view, data = view_of(a, (a,), 5)
    assert sparse_polynomial(view, data) is None
