"""Forms that people give, against scipy, linear algebra, and what cannot be fitted."""

import numpy as np
import pytest
import sympy
from scipy.optimize import curve_fit, minimize
from sympy import Symbol, exp, sin

from kantools.errors import SettingError, UserError
from kantools.symbolic import ConstantsLeftOpen, NotConverged, refit
from kantools.symbolic.formula import Formula
from kantools.table import Table

x, a, b, c = sympy.symbols("x a b c")


def decay(noise: float = 0.05, sigma: bool = False, rows: int = 60) -> Table:
    X = np.linspace(0.1, 4.0, rows)[:, None]
    size = noise * (1 + X[:, 0])
    y = 2.5 * np.exp(-1.3 * X[:, 0]) + 0.4 + size * np.random.default_rng(0).normal(size=rows)
    return Table(("x",), X, "y", y, sigma=size if sigma else None)


def numbers(formula: Formula) -> dict[str, float]:
    return {c.symbol.name: c.value for c in formula.constants}


@pytest.mark.parametrize("sigma", [False, True])
@pytest.mark.parametrize("start", [None, {"b": 1.0}, {"a": 1.0, b: 1.0, "c": 0.0}])
def test_values_and_errors_are_those_of_scipy(sigma: bool, start: dict | None) -> None:
    table = decay(sigma=sigma)
    formula = refit(a * exp(-b * x) + c, table, start)
    expected, covariance = curve_fit(
        lambda t, a, b, c: a * np.exp(-b * t) + c, table.X[:, 0], table.y, [2, 1, 0], table.sigma,
        absolute_sigma=sigma, xtol=1e-14, ftol=1e-14, gtol=1e-14,
    )  # fmt: skip
    np.testing.assert_allclose([numbers(formula)[k] for k in "abc"], expected, rtol=1e-6)
    np.testing.assert_allclose(formula.covariance, covariance, rtol=1e-4)
    np.testing.assert_allclose([k.error for k in formula.constants], np.sqrt(np.diag(covariance)), rtol=1e-4)


def test_relative_weights_are_those_of_scipy() -> None:
    table = decay()
    weighted = Table(table.columns, table.X, table.target, table.y, weight=1 / (1 + table.X[:, 0]) ** 2)
    formula = refit(a * exp(-b * x) + c, weighted)
    expected, covariance = curve_fit(
        lambda t, a, b, c: a * np.exp(-b * t) + c, table.X[:, 0], table.y, [2, 1, 0], 1 + table.X[:, 0],
        xtol=1e-14, ftol=1e-14, gtol=1e-14,
    )  # fmt: skip
    np.testing.assert_allclose([numbers(formula)[k] for k in "abc"], expected, rtol=1e-6)
    np.testing.assert_allclose(formula.covariance, covariance, rtol=1e-4)


def test_a_law_without_noise_is_found_from_nothing() -> None:
    X = np.linspace(0.0, 3000.0, 50)[:, None]
    table = Table(("x",), X, "y", 7.0 * np.exp(-X[:, 0] / 800) + 3.0)
    found = numbers(refit(a * exp(-b * x) + c, table))
    assert found == pytest.approx({"a": 7.0, "b": 1 / 800, "c": 3.0}, rel=1e-9)


def test_the_formula_says_all_that_a_found_one_says() -> None:
    table = decay(sigma=True)
    formula = refit(a * exp(-b * x) + c, table)
    residual = (table.y - formula.predict(table.X)) / table.sigma
    assert formula.loss == pytest.approx(np.mean(residual**2))
    assert formula.complexity > 5
    assert np.isfinite(formula.description_length)
    assert formula.covers(table.X).all()
    assert formula.target == "y"


def test_symbols_with_assumptions_and_names_of_columns_are_what_they_are_called() -> None:
    t = Symbol("x", positive=True)
    formula = refit(Symbol("E", real=True) * t, decay())
    assert formula.expression.free_symbols == {Symbol("x")}
    assert [k.symbol for k in formula.constants] == [Symbol("E")]


def test_constants_are_in_the_order_of_their_numbers() -> None:
    form = sum(Symbol(f"k{i}") * x**i for i in range(11))
    formula = refit(form, decay(rows=200))
    assert [k.symbol.name for k in formula.constants] == [f"k{i}" for i in range(11)]


def test_a_formula_is_fitted_again_and_its_exact_numbers_stay() -> None:
    first = refit(a * exp(-b * x) + c, decay())
    constants = tuple(
        k if k.symbol != c else type(k)(c, k.value, k.error, sympy.Rational(2, 5)) for k in first.constants
    )
    held = Formula(first.columns, first.target, first.template, constants, first.covariance[:2, :2])
    again = refit(held, decay(noise=1e-9))
    assert [str(k.exact) for k in again.constants] == ["None", "None", "2/5"]
    assert numbers(again)["b"] == pytest.approx(1.3, rel=1e-6)


def test_a_form_without_constants_comes_back() -> None:
    formula = refit(2 * x, decay())
    assert formula.constants == ()
    assert formula.covariance.shape == (0, 0)
    assert formula.loss > 0


def test_constants_that_say_the_same_are_left_open() -> None:
    with pytest.warns(ConstantsLeftOpen, match="a, b can be changed without changing any value"):
        formula = refit(a * exp(b - x) + c, decay())
    errors = {k.symbol.name: k.error for k in formula.constants}
    assert np.isnan(errors["a"])
    assert np.isnan(errors["b"])
    pair = refit(a * exp(-x) + c, decay())
    assert errors["c"] == pytest.approx(pair.constants[1].error, rel=1e-6)


def test_a_constant_without_effect_is_left_open() -> None:
    with pytest.warns(ConstantsLeftOpen, match="b can be changed"):
        refit(a * x + b * 0.0 * sin(x) + sympy.Abs(x - b) * 0 + c + sympy.sign(b + 100), decay())


def test_an_end_without_minimum_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Data that bend upwards, a form that bends down: the smaller b, the better, without an end."""
    monkeypatch.setattr("kantools.symbolic.fit.many_starts.ALL_STEPS", 100)
    X = np.linspace(0.0, 1.0, 20)[:, None]
    table = Table(("x",), X, "y", X[:, 0] + 0.3 * X[:, 0] ** 2)
    with pytest.warns((NotConverged, ConstantsLeftOpen)):
        refit(a * (1 - exp(-(b**2) * x)), table, {"a": 2.0, "b": 0.5})


def test_what_cannot_be_fitted() -> None:
    table = decay()
    with pytest.raises(SettingError, match='no constant "bb" in the form; did you mean "b"'):
        refit(a * exp(-b * x), table, {"bb": 1.0})
    with pytest.raises(SettingError, match='"b" begins at nan'):
        refit(a * exp(-b * x), table, {"b": np.nan})
    with pytest.raises(SettingError, match='contains the target "y" itself'):
        refit(a * x - Symbol("y"), table)
    with pytest.raises(SettingError, match=r"A form is a sympy expression, a Formula or text; got int"):
        refit(3, table)
    with pytest.raises(UserError, match=r"no function \"epx\"; did you mean \"exp\""):
        refit("a*epx(x)", table)
    with pytest.raises(UserError, match=r"Fitting 5 constants takes 6 rows.*has 5 that count"):
        refit(sum(Symbol(f"k{i}") * x**i for i in range(5)), table.take(slice(0, 5)))
    with pytest.raises(UserError, match="real and finite on every row"):
        refit(a * sympy.log(-1 - x**2) + b, table)
    with pytest.raises(ValueError, match="A formula is made of sums"):
        refit(sympy.gamma(a * x), table)


def test_straight_lines_are_linear_algebra() -> None:
    table = decay(sigma=True)
    formula = refit(a + b * x, table)
    A = np.column_stack([np.ones(table.rows), table.X[:, 0]]) / table.sigma[:, None]
    values = np.linalg.lstsq(A, table.y / table.sigma, rcond=None)[0]
    np.testing.assert_allclose([k.value for k in formula.constants], values, rtol=1e-12)
    np.testing.assert_allclose(formula.covariance, np.linalg.inv(A.T @ A), rtol=1e-10)


def test_errors_of_inputs_count_as_in_an_orthogonal_fit() -> None:
    """Against a brute-force minimum of the effective chi-squared of a straight line (York's)."""
    rng = np.random.default_rng(3)
    t = np.linspace(0, 5, 30)
    sx, sy = 0.2, 0.1
    X, y = (t + sx * rng.normal(size=30))[:, None], 1 + 2 * t + sy * rng.normal(size=30)
    table = Table(("x",), X, "y", y, sigma=np.full(30, sy), x_sigma=np.full((30, 1), sx))

    def chi2(p: np.ndarray) -> float:
        return float(np.sum((y - p[0] - p[1] * X[:, 0]) ** 2 / (sy**2 + (p[1] * sx) ** 2)))

    found = minimize(chi2, [1.0, 2.0], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12}).x
    formula = refit(a + b * x, table)
    assert [k.value for k in formula.constants] == pytest.approx(found, rel=1e-6)
    plain = refit(a + b * x, Table(("x",), X, "y", y, sigma=np.full(30, sy)))
    assert formula.constants[1].error > 3 * plain.constants[1].error
    assert formula.freedom == np.inf


def test_a_form_as_text():
    table = decay()
    as_text, as_expression = refit("a*exp(-b*x)", table), refit(a * exp(-b * x), table)
    assert as_text.template == as_expression.template
    assert [c.value for c in as_text.constants] == [c.value for c in as_expression.constants]
