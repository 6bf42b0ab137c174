"""What is printed and what the table of constants says are the same numbers."""

import re

import numpy as np
import pytest
import sympy
from sympy import cos, exp, log, sin, sqrt

from kantools.symbolic.fit.data import Data
from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.whole.draft import Draft, fit_draft
from kantools.symbolic.whole.polish import polish
from kantools.symbolic.whole.restate import restated
from kantools.symbolic.written.numbers_in import numbers_told, with_numbers

x, y = sympy.symbols("x y")
a, b, c = sympy.symbols("c0:3")
VALUES = {a: 1.2718, b: 0.4142, c: 2.2361}
TEMPLATES = [
    x * exp(a - y), x * exp(a * (x + b)), exp(a + b * x) + y, log(a * x) * y, log(a * x + b), (a * x) ** b,
    a**x, a ** (x + b), sqrt(a * x + b), sqrt(a * (x + b)), sqrt(a * x), a * (x + y), a * (x + b) * y,
    a * (x + b * y) ** 2,
    1 / (a * x + b), a / (x + b), (x + a) / (y + b), a * (x + b) / (y + a), sin(a - x), sin(a * x - b),
    cos(a * (x - y)), a * sin(b * (x + c)), exp(-((x - a) ** 2) / b), exp(-((x - a) ** 2) / (2 * b)) * c,
    a * x**b * y**c, x * x**a,
    (a + x) * (b + y), (a * x + b) ** c, a * exp(b * x) * exp(c * y), (a * x + b * y) ** 2 / (x + c),
    log(1 + exp(a * x + b)), 2 * a * x + y, sympy.pi * a * x, x / (a + exp(b - y)), sqrt((x + a) / (y + b)),
    a - x, a * (2 * x + b) + a * y, -a * x + b, exp(a) * x,
]  # fmt: skip


def data(template: sympy.Expr, noise: float, values: dict[sympy.Symbol, float]) -> Data:
    rng = np.random.default_rng(0)
    X = rng.uniform(0.5, 2, (80, 2))
    target = sympy.lambdify((x, y), template.subs(values), "numpy")(*X.T)
    return Data(("x", "y"), X, target * (1 + noise * rng.normal(size=80)), np.ones(80))


def decimals(text: str) -> list[str]:
    """The numbers in a text that are not whole."""
    return re.findall(r"(?<![\w.])\d+\.\d*(?:e-?\d+)?|\d+e-?\d+", text)


def agree(printed: str, constant: Constant) -> bool:
    number, digits = float(printed), printed.partition("e")[0].partition(".")[2]
    unit = 10.0 ** -len(digits) * (10.0 ** int(printed.partition("e")[2] or 0))
    return abs(number - abs(constant.value)) <= 0.51 * unit


@pytest.mark.parametrize("noise", [1e-2, 1e-5])
@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_every_number_printed_is_a_constant_and_every_constant_is_printed(template, noise):
    values = {s: VALUES[s] for s in (a, b, c) if s in template.free_symbols}
    rows = data(template, noise, values)
    start = {s: 1.01 * v for s, v in values.items()}
    formula = polish(fit_draft(template, start, rows), rows, "f")
    assert formula is not None
    numbers = decimals(str(formula).partition(" = ")[2])
    assert all(any(agree(n, constant) for constant in formula.free) for n in numbers), (
        str(formula),
        formula.free,
    )
    assert all(any(agree(n, constant) for n in numbers) for constant in formula.free), (
        str(formula),
        formula.free,
    )
    assert decimals(formula.latex()) or not formula.free
    errors = np.sqrt(np.diag(formula.covariance))
    np.testing.assert_allclose(errors, [k.error for k in formula.free], rtol=1e-9)


def test_the_constant_of_a_sum_inside_exp_becomes_a_factor():
    rows = data(x * exp(a - y), 1e-3, {a: 0.2106})
    formula = polish(fit_draft(x * exp(a - y), {a: 0.2}, rows), rows, "f")
    (constant,) = formula.free
    assert constant.value == pytest.approx(np.exp(0.2106), abs=5 * constant.error)
    assert formula.template == constant.symbol * x * exp(-y)


def test_the_factor_may_be_an_exact_number():
    rows = data(x * exp(a - y), 0, {a: float(log(1.5))})
    formula = polish(fit_draft(x * exp(a - y), {a: 0.2}, rows), rows, "f")
    assert sympy.simplify(formula.expression - 3 * x * exp(-y) / 2) == 0


def test_the_same_function_with_the_same_error():
    template = exp(a + b * x) + y
    rows = data(template, 0.01, {a: 0.3, b: 0.4})
    before = fit_draft(template, {a: 0.3, b: 0.4}, rows)
    after = restated(before, rows)
    assert isinstance(after, Draft)
    assert after.template != before.template
    assert after.loss == pytest.approx(before.loss, rel=1e-9)
    program, X = after.program(rows), rows.X
    np.testing.assert_allclose(
        program.value(X, after.fit.values), before.program(rows).value(X, before.fit.values)
    )


def test_what_cannot_be_restated_is_printed_with_its_constants():
    """Two constants that sympy would write as three numbers."""
    template = a * exp(b - x) + exp(b + y)
    law = Formula(("x", "y"), "f", template, (Constant(a, 0.51, 0.001), Constant(b, 0.25, 0.001)), np.eye(2))
    assert set(decimals(str(law))) == {"0.25", "0.51"}
    assert set(decimals(law.latex())) == {"0.25", "0.51"}
    assert float(law.expression.subs({x: 1, y: 0})) == pytest.approx(0.51 * np.exp(-0.75) + np.exp(0.25))


def test_factors_of_sums_are_not_multiplied_out():
    half = {a: sympy.Float(0.5)}
    assert str(with_numbers(a * (x + y), half)) == "0.5*(x + y)"
    assert str(with_numbers(sin(a * (x + y)) * 3, half)) == "3*sin(0.5*(x + y))"
    assert numbers_told(with_numbers(sin(a * (x + y)), half), half.values())
    assert not numbers_told(sympy.Integer(1) * x, half.values())


def test_an_exact_number_in_the_exponent_stays_there():
    rows = data(y + exp(a + b * x), 0, {a: -0.6, b: 1.7})
    formula = polish(fit_draft(y + exp(a + b * x), {a: -0.5, b: 1.6}, rows), rows, "f")
    assert formula.expression == y + exp(17 * x / 10 - sympy.Rational(3, 5))
