"""Profile-likelihood intervals, against linear algebra and one-dimensional searches by scipy."""

import numpy as np
import pytest
import sympy
from scipy.optimize import brentq
from scipy.stats import chi2, t
from sympy import exp

from kantools.datasets import load
from kantools.datasets.nist import NIST
from kantools.errors import SettingError
from kantools.symbolic import refit
from kantools.table import Table

x, a, b, c = sympy.symbols("x a b c")
X = np.linspace(0.2, 3.0, 25)[:, None]


def table(y: np.ndarray, sigma: float | None = None, noise: float = 0.1) -> Table:
    rows = y + noise * np.random.default_rng(1).normal(size=len(y))
    return Table(("x",), X, "y", rows, sigma=None if sigma is None else np.full(len(y), sigma))


@pytest.mark.parametrize("level", [0.68, 0.95, 0.999])
def test_of_a_linear_formula_it_is_the_t_interval(level: float) -> None:
    data = table(1.5 + 0.7 * X[:, 0] ** 2)
    formula = refit(a + b * x**2 + c * x, data)
    quantile = t.ppf(0.5 + level / 2, len(X) - 3)
    found = formula.profile(data, level)
    assert found.threshold == pytest.approx(quantile)
    for k in formula.constants:
        expected = (k.value - quantile * k.error, k.value + quantile * k.error)
        assert found.intervals[k.symbol.name] == pytest.approx(expected, rel=1e-7)


def test_of_a_linear_formula_tau_is_a_straight_line() -> None:
    data = table(2 * X[:, 0])
    (curve,) = refit(a * x, data).profile(data).curves
    np.testing.assert_allclose(curve.tau, (curve.grid - curve.value) / curve.error, atol=1e-6)
    assert len(curve.grid) > 8


def test_with_known_errors_the_threshold_is_that_of_chi_squared() -> None:
    data = table(2 * X[:, 0], sigma=0.3)
    found = refit(a * x, data).profile(data, 0.9)
    assert found.threshold**2 == pytest.approx(chi2.ppf(0.9, 1))
    error = 0.3 / np.linalg.norm(X)
    (curve,) = found.curves
    assert curve.upper - curve.lower == pytest.approx(2 * np.sqrt(chi2.ppf(0.9, 1)) * error, rel=1e-7)


def test_of_a_decay_it_is_where_the_loss_has_risen_so_far() -> None:
    """The amplitude at its best is known in closed form; the rest is a root of one variable."""
    data = table(2 * np.exp(-0.9 * X[:, 0]), noise=0.15)
    formula = refit(a * exp(-b * x), data)
    time, y = X[:, 0], data.y

    def loss(rate: float) -> float:
        shape = np.exp(-rate * time)
        return float(np.sum((y - shape * (shape @ y) / (shape @ shape)) ** 2))

    best = loss(formula.constants[1].value)
    bound = best * (1 + t.ppf(0.975, len(y) - 2) ** 2 / (len(y) - 2))
    centre = formula.constants[1].value
    lower = brentq(lambda r: loss(r) - bound, 0.01, centre, xtol=1e-12)
    upper = brentq(lambda r: loss(r) - bound, centre, 20, xtol=1e-12)
    assert formula.profile(data).intervals["b"] == pytest.approx((lower, upper), rel=1e-6)
    assert upper - centre > 1.02 * (centre - lower)


def test_a_bound_that_the_rows_do_not_give_is_infinite() -> None:
    """However fast the saturation, BoxBOD's residuals are no more than so large."""
    problem = NIST["BoxBOD"]
    formula = refit(problem.form, problem.table(), problem.starts[1])
    saturated = float(np.sum((problem.table().y - problem.table().y.mean()) ** 2))
    quantile = t.ppf(0.9995, 4) ** 2
    assert saturated < problem.rss * (1 + quantile / 4)
    lower, upper = formula.profile(problem.table(), 0.999).intervals["b2"]
    assert upper == np.inf
    assert 0 < lower < 0.547
    assert np.isfinite(formula.profile(problem.table(), 0.95).intervals["b2"]).all()


def test_where_the_formula_ceases_to_be_real_is_a_bound() -> None:
    data = table(np.sqrt(X[:, 0] - 0.19), noise=0.2)
    formula = refit(sympy.sqrt(x - a), data, {"a": 0.1})
    _, upper = formula.profile(data).intervals["a"]
    assert upper == pytest.approx(0.2, abs=1e-5)


def test_it_starts_again_from_a_lower_minimum() -> None:
    data = table(np.sin(3 * X[:, 0]), noise=0.02)
    good = refit(sympy.sin(a * x), data, {"a": 3.0})
    wrong = refit(2 * sympy.sin(a * x) / 2, data, {"a": 2.9})
    assert wrong.profile(data).intervals["a"] == pytest.approx(good.profile(data).intervals["a"])


def test_a_law_without_noise_has_no_width() -> None:
    data = Table(("x",), X, "y", 2 * X[:, 0])
    (curve,) = refit(a * x, data).profile(data).curves
    assert curve.lower == pytest.approx(2)
    assert curve.upper == pytest.approx(2)


def test_constants_left_open_have_no_bounds() -> None:
    data = table(2 * X[:, 0])
    with pytest.warns(UserWarning, match="can be changed"):
        formula = refit((a + b) * x + c, data)
    found = formula.profile(data).intervals
    assert found["a"] == found["b"] == (-np.inf, np.inf)
    assert np.isfinite(found["c"]).all()


def test_what_it_refuses() -> None:
    data = table(2 * X[:, 0])
    formula = refit(a * x, data)
    with pytest.raises(SettingError, match=r"between 0 and 1, such as 0.95; got 95"):
        formula.profile(data, 95)
    with pytest.raises(SettingError, match="needs the formula's columns"):
        formula.profile(load("planets"))


def test_errors_of_inputs_widen_it() -> None:
    """Half-width of a line's slope: the loss has risen by the quantile of chi-squared."""
    rng = np.random.default_rng(5)
    told = X + 0.1 * rng.normal(size=X.shape)
    y = 2 * X[:, 0] + 0.1 * rng.normal(size=len(X))
    data = Table(("x",), told, "y", y, sigma=np.full(len(X), 0.1), x_sigma=np.full(X.shape, 0.1))
    formula = refit(a * x, data)

    def chi2_of(slope: float) -> float:
        return float(np.sum((y - slope * told[:, 0]) ** 2) / (0.01 * (1 + slope**2)))

    best = formula.constants[0].value
    upper = brentq(lambda s: chi2_of(s) - chi2_of(best) - chi2.ppf(0.95, 1), best, best + 1)
    assert formula.profile(data).intervals["a"][1] == pytest.approx(upper, rel=1e-6)
