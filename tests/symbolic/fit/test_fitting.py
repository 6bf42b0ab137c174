"""Constants under errors of the inputs and robust losses, against other people's algorithms and figures."""

import numpy as np
import pytest
from scipy.optimize import least_squares as scipy_least_squares
from sympy import exp, symbols

from kantools.errors import SettingError
from kantools.symbolic import refit
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.fit.robust import LOSSES
from kantools.symbolic.fit.scatter import with_scatter
from kantools.symbolic.whole.draft import covariance, fit_draft
from kantools.table import table_from_arrays

x, a, b = symbols("x a b")

# Pearson's points with York's weights, D. York, Can. J. Phys. 44, 1079 (1966), and their solution, York et
# al., Am. J. Phys. 72, 367 (2004), table II; to more digits Williamson's, as the tests of the R package bfsl
# and the tutorial of the Python package kapteyn state them.
WILLIAMSON, ERRORS = (5.47991022403, -0.48053340745), (0.29497, 0.05799)
PEARSON_X = np.array([0.0, 0.9, 1.8, 2.6, 3.3, 4.4, 5.2, 6.1, 6.5, 7.4])
PEARSON_Y = np.array([5.9, 5.4, 4.4, 4.6, 3.5, 3.7, 2.8, 2.8, 2.4, 1.5])
WEIGHT_X = np.array([1000.0, 1000, 500, 800, 200, 80, 60, 20, 1.8, 1.0])
WEIGHT_Y = np.array([1.0, 1.8, 4, 8, 20, 20, 70, 70, 100, 500])


def york(X, Y, wx, wy, slope=-0.5):
    """York et al., Am. J. Phys. 72, 367 (2004), eqs. 13: an algorithm of another kind than ours."""
    for _ in range(200):
        W = wx * wy / (wx + slope**2 * wy)
        U, V = X - np.average(X, weights=W), Y - np.average(Y, weights=W)
        beta = W * (U / wy + slope * V / wx)
        slope = (W * beta) @ V / ((W * beta) @ U)
    return np.average(Y, weights=W) - slope * np.average(X, weights=W), slope


def test_a_straight_line_with_errors_in_both_coordinates_is_yorks():
    table = table_from_arrays(
        PEARSON_X, PEARSON_Y, ["x"], sigma=WEIGHT_Y**-0.5, x_sigma=(WEIGHT_X**-0.5)[:, None]
    )
    draft = fit_draft(a + b * x, {a: 5.0, b: -0.4}, data_of(table), max_iterations=200)
    assert draft.fit.values == pytest.approx(york(PEARSON_X, PEARSON_Y, WEIGHT_X, WEIGHT_Y), rel=1e-7)
    assert draft.fit.values == pytest.approx(WILLIAMSON, rel=1e-8)
    error = np.sqrt(np.diag(covariance(draft, data_of(table))))
    assert error == pytest.approx(ERRORS, rel=0.03)  # another approximation of the same order


def test_errors_of_inputs_do_not_bias_the_slope():
    rng = np.random.default_rng(0)
    true = rng.normal(0, 1, 4000)
    seen, y = true + rng.normal(0, 0.5, 4000), 3 * true + rng.normal(0, 0.1, 4000)
    table = table_from_arrays(seen, y, ["x"], sigma=0.1, x_sigma=0.5)
    aware, naive = (
        fit_draft(a + b * x, {a: 0.1, b: 1.0}, data_of(t), max_iterations=100)
        for t in (table, table_from_arrays(seen, y, ["x"], sigma=0.1))
    )
    error = np.sqrt(np.diag(covariance(aware, data_of(table))))
    assert naive.fit.values[1] < 2.6
    assert abs(aware.fit.values[1] - 3) < 4 * error[1] < 0.3


def test_jacobian_of_effective_residuals_is_their_derivative():
    from kantools.symbolic.evaluate import compile_expression
    from kantools.symbolic.fit.fitting import _Effective

    rng = np.random.default_rng(1)
    X = rng.uniform(1, 2, (20, 1))
    table = table_from_arrays(
        X, rng.normal(0, 1, 20), ["x"], sigma=0.3, x_sigma=rng.uniform(0.1, 0.2, (20, 1))
    )
    data = data_of(table)
    model = _Effective(compile_expression(a * exp(b * x), [x], [a, b]), data)
    p, h = np.array([1.3, 0.7]), 1e-6
    _, J = model.jacobian(data.X, p)
    for k in range(2):
        step = h * np.eye(2)[k]
        assert np.allclose(
            J[:, k], (model.value(data.X, p + step) - model.value(data.X, p - step)) / (2 * h), atol=1e-7
        )


@pytest.mark.parametrize("loss", [name for name in LOSSES if name != "squared"])
def test_robust_constants_are_scipys(loss):
    rng = np.random.default_rng(3)
    X = rng.uniform(0, 3, (80, 1))
    y = 2 * np.exp(-0.7 * X[:, 0]) + rng.normal(0, 0.05, 80)
    y[:4] += [3, -2, 4, 5]
    data = data_of(table_from_arrays(X, y, ["x"], sigma=0.05), loss=loss)
    ours = fit_draft(a * exp(-b * x), {a: 1.5, b: 0.5}, data, max_iterations=100)
    theirs = scipy_least_squares(
        lambda p: (y - p[0] * np.exp(-p[1] * X[:, 0])) / 0.05,
        [1.5, 0.5],
        loss=loss,
        f_scale=LOSSES[loss].tuning,
        xtol=1e-14,
        ftol=1e-14,
        gtol=1e-14,
    )
    assert np.abs(ours.fit.values) == pytest.approx(theirs.x, rel=1e-5)  # -b is folded into one constant
    assert ours.loss == pytest.approx(2 * theirs.cost / 80, rel=1e-6)


def test_scatter_of_the_target_beside_known_errors_of_the_inputs():
    rng = np.random.default_rng(4)
    true = rng.uniform(0, 10, 3000)
    table = table_from_arrays(
        true + rng.normal(0, 0.2, 3000), 2 * true + rng.normal(0, 0.3, 3000), ["x"], x_sigma=0.2
    )
    told = with_scatter(data_of(table), lambda X: 2 * X[:, 0], 2)
    assert told.known
    assert 1 / np.sqrt(told.weight[0]) == pytest.approx(0.3, rel=0.1)


def test_refit_of_a_given_form_knows_errors_of_inputs_and_losses():
    table = table_from_arrays(
        PEARSON_X, PEARSON_Y, ["x"], sigma=WEIGHT_Y**-0.5, x_sigma=(WEIGHT_X**-0.5)[:, None]
    )
    line = refit(a + b * x, table)
    assert [c.value for c in line.constants] == pytest.approx(WILLIAMSON, rel=1e-8)
    rng = np.random.default_rng(5)
    X = rng.uniform(0, 3, (100, 1))
    y = 2 * np.exp(-0.7 * X[:, 0]) + rng.normal(0, 0.05, 100)
    y[:5] += 8
    spoilt = table_from_arrays(X, y, ["x"])
    plain, robust = (refit(a * exp(-b * x), spoilt, loss=loss) for loss in ("squared", "cauchy"))
    off = [abs(f.constants[0].value - 2) / f.constants[0].error for f in (plain, robust)]
    assert robust.constants[0].error < 0.1 * plain.constants[0].error
    assert off[1] < 3
    with pytest.raises(SettingError, match='There is no loss "hubber"; did you mean "huber"'):
        refit(a * exp(-b * x), spoilt, loss="hubber")
