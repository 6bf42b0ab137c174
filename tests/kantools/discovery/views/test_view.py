"""Views: numbers and expressions say the same."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from sympy import lambdify, symbols

from kantools.activation import Activation, Activations, Edge
from kantools.discovery.views.rows import Rows
from kantools.discovery.views.upright import smoother_turned, upright
from kantools.discovery.views.view import UNCLIPPED, Reduction, View, reduced

COLUMNS = symbols("p q r")


def view_of(rows=50, low=0.5):
    X = np.random.default_rng(1).uniform(low, 4.0, (rows, 3))
    y = X[:, 0] * np.exp(-X[:, 1] / X[:, 2])
    return View(COLUMNS, Rows(X, y, np.ones(rows), float(y.var())))


def fractions(*numbers):
    return tuple(Fraction(n) for n in numbers)


REDUCTIONS = [
    Reduction("product", (fractions(0, 1, -1),), fractions(1, 0, 0)),
    Reduction("product", (fractions(0, 1, Fraction(1, 2)), fractions(1, 0, 0)), fractions(0, 0, -2)),
    Reduction("sum", (fractions(1, -1, 0), fractions(0, 0, 1)), fractions(0, 0, 0)),
]


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_columns_and_prefactor_are_what_the_numbers_are(reduction):
    view = view_of()
    new = reduced(view, reduction)
    for k, column in enumerate(new.columns):
        assert new.rows.X[:, k] == pytest.approx(lambdify(COLUMNS, column)(*view.rows.X.T), rel=1e-12)
    prefactor = lambdify(COLUMNS, new.prefactor)(*view.rows.X.T)
    assert new.rows.y * prefactor == pytest.approx(view.rows.y, rel=1e-12)


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_errors_are_measured_as_for_the_table(reduction):
    """The same residual of the target has the same relative error in every view."""
    view = view_of()
    new = reduced(view, reduction)
    residual = np.random.default_rng(2).normal(size=50)
    prefactor = np.broadcast_to(lambdify(COLUMNS, new.prefactor)(*view.rows.X.T), 50)
    error = np.average(residual**2, weights=view.rows.weight) / view.rows.variance
    there = np.average((residual / prefactor) ** 2, weights=new.rows.weight) / new.rows.variance
    assert there == pytest.approx(error, rel=1e-9)


def test_no_view_where_a_column_is_divided_by_zero():
    view = view_of()
    view.rows.X[3, 2] = 0.0
    assert reduced(view, REDUCTIONS[0]) is None


def test_curves_over_logarithms_come_back_over_the_columns():
    x = np.geomspace(0.01, 100, 80)
    rows = Rows(x[:, None], x, np.ones(80), float(x.var()))
    view = View(COLUMNS[:1], rows)
    assert view.logs.all()
    assert view.seen.X[:, 0] == pytest.approx(np.log(x))
    curve = Activations(("p",), (((0,),),), (Activation(Edge(0, 0, 0), np.log(x), x**2),))
    assert view.unseen(curve).edges[0].x == pytest.approx(x)


def test_relativity_is_read_upright():
    beta = np.linspace(0.1, 0.9, 60)
    gamma = 1 / np.sqrt(1 - beta**2)
    assert smoother_turned(1 / beta[::-1], gamma[::-1])
    assert not smoother_turned(beta, gamma)
    view = View(COLUMNS[:1], Rows(1 / beta[:, None], gamma, np.ones(60), 1.0))
    curve = Activations(("p",), (((0,),),), (Activation(Edge(0, 0, 0), 1 / beta[::-1], gamma[::-1]),))
    columns, turned = upright(view, curve)
    assert columns == (1 / COLUMNS[0],)
    assert turned.edges[0].x == pytest.approx(beta)
    assert turned.edges[0].y == pytest.approx(gamma)


def test_weights_are_what_the_prefactor_makes_them_or_clipped():
    """Dividing by p⁴ the noise of rows differs by more than a factor of 1000."""
    view, reduction = view_of(400), Reduction("product", (fractions(0, 1, -1),), fractions(4, 0, 0))
    clipped = reduced(view, reduction).rows.weight
    whole = reduced(replace(view, clip=UNCLIPPED), reduction)
    assert whole.rows.weight == pytest.approx(view.rows.X[:, 0] ** 8)
    assert clipped.max() / np.median(clipped) == pytest.approx(100, rel=0.05)
    assert np.ptp(np.log(clipped)) < 9.3 < np.ptp(np.log(whole.rows.weight))
    assert reduced(whole, Reduction("product", (fractions(2),), fractions(1))).clip == UNCLIPPED
