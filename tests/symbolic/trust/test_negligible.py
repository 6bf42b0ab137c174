"""Terms below the noise."""

import numpy as np
import pytest
import sympy
from sympy import exp

from kantools.symbolic import refit
from kantools.table import Table

x, a, b, c = sympy.symbols("x a b c")
X = np.linspace(1.0, 3.0, 400)


def table(y: np.ndarray, noise: float, sigma: np.ndarray | None = None) -> Table:
    return Table(
        ("x",), X[:, None], "y", y + noise * np.random.default_rng(0).normal(size=len(X)), sigma=sigma
    )


def test_a_significant_term_below_the_noise_is_told_with_its_effect() -> None:
    data = table(5 * X + 0.3 * np.exp(-X), noise=0.2)
    formula = refit(a * x + b * exp(-x), data)
    (found,) = formula.negligible(data)
    _, small = formula.constants
    assert small.value > 2 * small.error
    assert found.inside == formula.expression
    assert found.term.has(exp)
    noise = np.std(data.y - formula.predict(data.X), ddof=2)
    assert found.effect == pytest.approx(small.value * np.exp(-1) / noise)
    assert not found.without.has(exp)


def test_with_sigma_the_noise_is_that_of_each_row() -> None:
    sigma = 0.01 * X**4
    data = table(5 * X + 0.02 * X, noise=0.0, sigma=sigma)
    formula = refit(5 * x + a * x, data)
    assert not formula.negligible(data)
    assert refit(5 * x**2 + a * x**3, table(5 * X**2 + 0.001 * X**3, 0.0, sigma)).negligible(data)


def test_terms_inside_of_functions_count_by_what_they_do_outside() -> None:
    data = table(np.sin(X + 0.01), noise=0.05)
    (found,) = refit(sympy.sin(x + b), data, {"b": 0.0}).negligible(data)
    assert found.term.is_number
    assert found.without == sympy.sin(x)


def test_without_noise_nothing_is_negligible() -> None:
    data = table(5 * X + 1e-3 * X**2, noise=0.0)
    assert refit(a * x + b * x**2, data).negligible(data) == ()


def test_a_term_without_which_the_formula_is_not_real_stays() -> None:
    data = table(np.log(X - 0.9), noise=50.0)
    formula = refit(sympy.log(x - sympy.Rational(9, 10)) + a, data)
    terms = [found.term for found in formula.negligible(data)]
    assert sympy.Rational(-9, 10) in terms
    assert x not in terms
