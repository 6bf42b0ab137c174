"""Prediction intervals: against textbook formulas, and by counting new measurements."""

import numpy as np
import pytest
import sympy
from scipy.stats import linregress, norm
from scipy.stats import t as student

from benchmarks.intervals import LAWS, SCATTERS, of_formula
from kantools.errors import SettingError
from kantools.symbolic.examine.examined import examined
from kantools.symbolic.examine.new_measurement import scatter_of
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.fit.noisy import with_noise
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.trust.prediction import Scatter, half_width
from kantools.symbolic.whole.draft import fit_draft
from kantools.symbolic.whole.polish import polish
from kantools.table import Table

x, a, b = sympy.symbols("x a b")


def line(table: Table) -> Formula:
    data = data_of(table)
    formula = polish(fit_draft(a + b * x, {a: 5.1, b: 1.9}, data), data, "y")
    assert formula is not None
    assert len(formula.free) == 2
    return examined([formula], data)[0]


def measured(rows: int = 12, sigma: float | None = None) -> Table:
    rng = np.random.default_rng(1)
    X = rng.uniform(0, 5, (rows, 1))
    y = 5.2345 + 1.8765 * X[:, 0] + 0.3 * rng.normal(size=rows)
    return Table(("x",), X, "y", y, sigma=None if sigma is None else np.full(rows, sigma))


def test_a_straight_line_has_the_interval_of_the_textbooks():
    table = measured()
    at = np.array([[-1.0], [2.0], [9.0]])
    n, t = table.rows, table.X[:, 0]
    fit = linregress(t, table.y)
    residual = table.y - fit.intercept - fit.slope * t
    s = np.sqrt(residual @ residual / (n - 2))
    spread = 1 + 1 / n + (at[:, 0] - t.mean()) ** 2 / ((t - t.mean()) ** 2).sum()
    width = student.ppf(0.95, n - 2) * s * np.sqrt(spread)
    low, high = line(table).interval(at, 0.9)
    np.testing.assert_allclose(low, fit.intercept + fit.slope * at[:, 0] - width, rtol=1e-9)
    np.testing.assert_allclose(high, fit.intercept + fit.slope * at[:, 0] + width, rtol=1e-9)


def test_a_given_sigma_is_believed_and_may_be_another_for_new_rows():
    formula = line(measured(sigma=0.7))
    at, normal = np.array([[2.0]]), norm.ppf(0.975)
    assert formula.scatter == Scatter("constant", pytest.approx(0.7), np.inf)
    low, high = formula.interval(at)
    assert high - low == pytest.approx(2 * normal * np.hypot(formula.std(at), 0.7))
    low, high = formula.interval(at, sigma=0.0)
    assert high - low == pytest.approx(2 * normal * formula.std(at))


def test_known_scatter_of_new_rows_and_estimated_errors_of_constants():
    """Welch and Satterthwaite: between Student's quantile, if the constants err most, and the normal one."""
    law = Scatter("constant", 1.0, 5.0)
    std, ends = np.array([1.0]), (student.ppf(0.975, 5.0), norm.ppf(0.975))
    for sigma, quantile in ((1e-6, ends[0]), (1e6, ends[1])):
        width = half_width(np.zeros(1), std, law, 0.95, np.array([sigma]))
        assert width / np.hypot(1.0, sigma) == pytest.approx(quantile, rel=1e-6)


def test_scatter_in_proportion_to_the_target():
    rng = np.random.default_rng(0)
    X = np.exp(rng.uniform(0, 5, (400, 1)))
    y = 3 * X[:, 0] * (1 + 0.05 * rng.normal(size=400))
    data = with_noise(data_of(Table(("x",), X, "y", y)), "proportional", 3 * X[:, 0])
    formula = Formula(("x",), "y", a * x, (Constant(a, 3.0, 0.01),), np.array([[1e-4]]))
    draft = fit_draft(a * x, {a: 3.0}, data)
    scatter = scatter_of(Formula(("x",), "y", a * x, formula.constants, None, draft.loss), data)
    assert scatter.kind == "proportional"
    assert scatter.size == pytest.approx(0.05, rel=0.1)
    assert scatter.freedom == pytest.approx(399)  # as many rows count as with constant scatter


def test_scatter_in_proportion_to_the_target_is_seen_where_the_fit_weighed_all_alike():
    rng = np.random.default_rng(0)
    X = np.exp(rng.uniform(0, 2, (400, 1)))
    for kind, sigma in (("proportional", 0.15 * X[:, 0]), ("constant", 0.3)):
        data = data_of(Table(("x",), X, "y", 3 * X[:, 0] + sigma * rng.normal(size=400)))
        draft = fit_draft(a * x, {a: 3.0}, data)
        constant = Constant(a, float(draft.fit.values[0]), 0.01)
        scatter = scatter_of(Formula(("x",), "y", a * x, (constant,), None, draft.loss), data)
        assert scatter.kind == kind
        assert scatter.size == pytest.approx(0.05 if kind == "proportional" else 0.3, rel=0.1)


def test_given_errors_in_proportion_to_the_target_are_told_as_such():
    X = np.exp(np.linspace(0, 5, 50))[:, None]
    table = Table(("x",), X, "y", 3 * X[:, 0], sigma=0.06 * X[:, 0])
    formula = Formula(("x",), "y", a * x, (Constant(a, 3.0, 0.01),), np.array([[1e-4]]))
    assert scatter_of(formula, data_of(table)) == Scatter("proportional", pytest.approx(0.02), np.inf)


def test_refusals():
    formula = line(measured())
    at = np.array([[2.0], [3.0]])
    for level in (0, 1, 95, -0.5, float("nan"), True, "95"):
        with pytest.raises(SettingError, match=r"is between 0 and 1, such as 0\.95; got"):
            formula.interval(at, level)
    with pytest.raises(SettingError, match=r"one for each of 2 rows; got the shape \(3,\)"):
        formula.interval(at, sigma=np.ones(3))
    with pytest.raises(SettingError, match="finite and not negative"):
        formula.interval(at, sigma=-1)
    bare = Formula(("x",), "y", a * x, (Constant(a, 3.0, 0.0),), np.zeros((1, 1)))
    with pytest.raises(SettingError, match="needs the scatter of the measurements"):
        bare.interval(at)
    assert bare.interval(at, sigma=1.0)[1][0] == pytest.approx(6 + norm.ppf(0.975))


def coverage(scatter: str, rows: int, repetitions: int) -> tuple[float, float]:
    """Of all laws together: the share of new measurements in their intervals, and its standard error."""
    shares = [of_formula(law, scatter, rows, seed) for law in LAWS for seed in range(repetitions)]
    return float(np.mean(shares)), float(np.std(shares) / np.sqrt(len(shares)))


@pytest.mark.parametrize("scatter", SCATTERS)
def test_intervals_hold_their_share_of_new_measurements(scatter):
    share, error = coverage(scatter, 30, 12)
    assert 0.93 - 2 * error < share < 0.97 + 2 * error
    assert error < 0.01


@pytest.mark.slow
@pytest.mark.parametrize("rows", [30, 100, 300])
@pytest.mark.parametrize("scatter", SCATTERS)
def test_intervals_hold_their_share_in_many_tables(scatter, rows):
    share, error = coverage(scatter, rows, 150)
    assert 0.93 < share < 0.97
    assert error < 0.003
