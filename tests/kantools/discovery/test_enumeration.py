"""Enumerated formulas: laws that are short in a view are found in noise that hides them from networks."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Integer, exp, lambdify, log, simplify, sin, sqrt, symbols

from kantools.discovery.hypotheses.short_formulas import enumerated
from kantools.discovery.views.rows import Rows
from kantools.discovery.views.view import View
from kantools.symbolic.fit.data import Data
from kantools.symbolic.primitive import select_primitives
from kantools.symbolic.whole.polish import polish

a, b, c = symbols("a b c")
ALL = select_primitives(None)


def view_of(law, columns, noise, rows=600, low=0.2, high=0.8, prefactor=Integer(1)):
    rng = np.random.default_rng(0)
    X = rng.uniform(low, high, (rows, len(columns)))
    y = lambdify(columns, law, "numpy")(*X.T)
    y = y + noise * y.std() * rng.normal(size=rows)
    factor = lambdify(columns, prefactor, "numpy")(*X.T) * np.ones(rows)
    data = Data(tuple(map(str, columns)), X, y, np.ones(rows))
    weight = factor**2
    return View(tuple(columns), Rows(X, y / factor, weight, float(y.var())), prefactor), data


@pytest.mark.parametrize(
    "law",
    [
        2 * (1 - a) / (1 - b**2),
        a * b / (a + b),
        Integer(3) * a**2 + b,
        (a + b) ** 2 / b,
    ],
    ids=str,
)
@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_short_laws_come_first(law, noise):
    view, data = view_of(law, (a, b), noise)
    formula = polish(enumerated(view, data, ALL, 0)[0], data, "y")
    true, spread = lambdify((a, b), law, "numpy")(*data.X.T), data.y.std()
    assert np.abs(formula.predict(data.X) - true).max() < (0.05 * noise + 1e-9) * spread


def test_the_prefactor_of_the_view_comes_back():
    law = b * (1 + a) ** 2
    view, data = view_of(law, (a, b), 0.01, prefactor=b)
    part = View((a,), replace(view.rows, X=view.rows.X[:, :1]), b)
    formula = polish(enumerated(part, data, ALL, 0)[0], data, "y")
    assert simplify(formula.expression - law) == 0


def test_only_the_primitives_given():
    view, data = view_of(sin(a) + b, (a, b), 0.1)
    drafts = enumerated(view, data, select_primitives(["square"]), 0)
    assert drafts
    assert not any(d.template.has(sin, exp, sqrt) for d in drafts if not d.template.has(log))


def test_wide_tables_are_left_alone():
    columns = symbols("x0:12")
    view, data = view_of(sum(columns), columns, 0.0, rows=50)
    assert enumerated(view, data, ALL, 0) == []
