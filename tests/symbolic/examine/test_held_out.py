"""Loss on rows that the constants were not fitted to."""

from time import monotonic

import numpy as np
import pytest
import sympy

from kantools.symbolic.examine.examined import examined
from kantools.symbolic.examine.held_out import held_out_loss
from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.whole.draft import fit_draft

x = sympy.Symbol("x")
c = sympy.symbols("c0:6")


def data(rows: int, noise: float, seed: int = 0) -> Data:
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1, 1, (rows, 1))
    return Data(("x",), X, 2.1 * X[:, 0] + noise * rng.normal(size=rows), np.ones(rows))


def line(rows: Data, degree: int = 1) -> Formula:
    template = sum(c[k] * x**k for k in range(degree + 1))
    fit = fit_draft(template, dict.fromkeys(c[: degree + 1], 0.5), rows)
    constants = tuple(Constant(s, float(v), 0.1) for s, v in zip(fit.constants, fit.fit.values, strict=True))
    return Formula(("x",), "y", template, constants, loss=fit.loss)


def test_leaving_one_out_agrees_with_the_hat_matrix():
    """For a linear model the residual left out is ``r_i / (1 - h_ii)`` (Allen 1974)."""
    rows = data(12, 0.3)
    formula = line(rows)
    A = np.stack([np.ones(12), rows.X[:, 0]], axis=1)
    hat = A @ np.linalg.inv(A.T @ A) @ A.T
    expected = np.mean(((rows.y - hat @ rows.y) / (1 - np.diag(hat))) ** 2)
    assert held_out_loss(formula, rows, folds=12) == pytest.approx(expected, rel=1e-8)


def test_a_formula_with_too_many_constants_is_found_out():
    rows = data(16, 0.3)
    short, long = line(rows), line(rows, 5)
    assert long.loss < short.loss
    assert held_out_loss(long, rows) > held_out_loss(short, rows) > short.loss


def test_it_is_the_loss_on_new_rows_on_average():
    told, fresh = [], []
    for seed in range(40):
        rows, new = data(40, 0.3, seed), data(2000, 0.3, 1000 + seed)
        formula = line(rows)
        told.append(held_out_loss(formula, rows))
        fresh.append(np.mean((new.y - formula.predict(new.X)) ** 2))
    assert np.mean(told) == pytest.approx(np.mean(fresh), rel=0.1)


def test_exact_numbers_stay_and_weights_count():
    rows = data(30, 0.2)
    weight = np.linspace(0.1, 1.9, 30)
    exact = Formula(("x",), "y", c[0] * x, (Constant(c[0], 2.1, 0.1, sympy.Rational(21, 10)),))
    weighted = Data(rows.columns, rows.X, rows.y, weight)
    expected = np.mean(weight * (rows.y - 2.1 * rows.X[:, 0]) ** 2)
    assert held_out_loss(exact, weighted) == pytest.approx(expected)


def test_when_there_is_no_time_it_is_not_told():
    rows = data(30, 0.2)
    formula = line(rows)
    assert np.isnan(held_out_loss(formula, rows, deadline=monotonic() - 1))
    late, domain = (lambda f: (f.held_out_loss, f.domain))(examined([formula], rows, patience=-1)[0])
    assert np.isnan(late)
    assert domain.ranges[0].column == "x"


def test_not_real_on_a_row_held_out():
    X = np.array([[-1.0], [1.0], [2.0], [3.0], [4.0]])
    rows = Data(("x",), X, np.ones(5), np.ones(5))
    assert held_out_loss(Formula(("x",), "y", sympy.sqrt(x)), rows) == np.inf
