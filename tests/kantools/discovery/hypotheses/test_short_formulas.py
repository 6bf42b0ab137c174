"""Laws that are short in a view are found by enumeration, also in noise that hides them from networks."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import Integer, exp, lambdify, log, simplify, sin, sqrt, symbols

from kantools.discovery.findings import Form
from kantools.discovery.hypotheses.short_formulas import ShortFormulas
from kantools.discovery.views.view import View
from kantools.symbolic.whole.polish import polish
from tests.kantools.discovery.scenes import data_like, scene_of
from tests.kantools.discovery.scenes import view_of as view_of_law

a, b, c = symbols("a b c")


def view_of(law, columns, noise, rows=600, prefactor=Integer(1)):
    view = view_of_law(law, columns, rows=rows, low=0.2, high=0.8, noise=noise, prefactor=prefactor)
    return view, data_like(view)


def drafts(view, data, primitives=None):
    return ShortFormulas().drafts(scene_of(view, data, settings={"primitives": primitives}))


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
    formula = polish(drafts(view, data)[0], data, "y")
    true, spread = lambdify((a, b), law, "numpy")(*data.X.T), data.y.std()
    assert np.abs(formula.predict(data.X) - true).max() < (0.05 * noise + 1e-9) * spread


def test_the_prefactor_of_the_view_comes_back():
    law = b * (1 + a) ** 2
    view, data = view_of(law, (a, b), 0.01, prefactor=b)
    part = View((a,), replace(view.rows, X=view.rows.X[:, :1]), b)
    formula = polish(drafts(part, data)[0], data, "y")
    assert simplify(formula.expression - law) == 0


def test_only_the_primitives_given():
    view, data = view_of(sin(a) + b, (a, b), 0.1)
    found = drafts(view, data, ["square"])
    assert found
    assert not any(d.template.has(sin, exp, sqrt) for d in found if not d.template.has(log))


def test_wide_tables_are_left_alone():
    columns = symbols("x0:12")
    view, data = view_of(sum(columns), columns, 0.0, rows=50)
    assert drafts(view, data) == []


@pytest.mark.parametrize(("noisy", "most"), [(False, 1), (True, 5)])
def test_so_many_are_worked_out(noisy, most):
    view, data = view_of(a**2 / b, (a, b), 0.05)
    found = [f for f in ShortFormulas().findings(scene_of(view, data, noisy=noisy)) if isinstance(f, Form)]
    assert 1 <= len(found) <= most
    assert all(f.if_shorter for f in found)


def test_once_in_each_view():
    view, data = view_of(a**2 / b, (a, b), 0.0, rows=40)
    name = ShortFormulas.name
    assert ShortFormulas().applies(scene_of(view, data))
    assert not ShortFormulas().applies(scene_of(view, data, visit={"tried": frozenset({name})}))
