"""A law costs the same in all units of columns and target, whether it writes its constants or not."""

import numpy as np
import pytest
from sympy import cos, exp, log, sqrt, symbols

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.data import Data
from kantools.symbolic.whole.draft import Draft, fit_draft
from kantools.symbolic.whole.opened import opened
from kantools.symbolic.whole.polish import polish
from kantools.symbolic.whole.scales import ONE, hidden_constants, price_of_units

x, y, a, b, k = symbols("x y a b k")
SCALES = [1e-6, 1e-3, 60.0, 1e3]
#: Laws, and what their constants are where ``x`` counts in units of ``s`` and the target in units of ``t``.
WRITTEN = [
    (a * x / (b + x), lambda s, t: {a: 2 * t, b: 0.7 * s}),
    (a * exp(-k * x), lambda s, t: {a: 2 * t, k: 0.7 / s}),
    (a + b * x, lambda s, t: {a: 2 * t, b: 0.7 * t / s}),
    (a * x**k, lambda s, t: {a: 2 * t / s**0.7, k: 0.7}),
    (a * sqrt(x) + b * y, lambda s, t: {a: 2 * t / s**0.5, b: 0.7 * t}),
]


def table(law, values, scale=1.0, target=1.0, zero=0.0) -> Data:
    """The law with noise, and then the units of ``x`` and of the target changed."""
    X = np.random.default_rng(0).uniform(0.5, 3, (60, 2))
    clean = compile_expression(law, (x, y), list(values)).value(X, list(values.values()))
    noisy = clean + 0.03 * clean.std() * np.random.default_rng(1).normal(size=60)
    return Data(("x", "y"), X * (scale, 1) + (zero, 0), noisy * target, np.ones(60))


def fitted(law, start, data: Data) -> Draft:
    return fit_draft(law, start, data, max_iterations=300)


@pytest.mark.parametrize(("law", "constants"), WRITTEN, ids=[str(law) for law, _ in WRITTEN])
@pytest.mark.parametrize("scale", SCALES)
def test_written_constants_cost_the_same_in_all_units(law, constants, scale):
    here, there = table(law, constants(1, 1)), table(law, constants(1, 1), scale, 1 / scale**2)
    before = fitted(law, constants(1, 1), here).length(here)
    after = fitted(law, constants(scale, 1 / scale**2), there).length(there)
    assert after == pytest.approx(before, abs=1e-3)


@pytest.mark.parametrize(
    ("law", "hidden"),
    [
        (x / (x + 1), 2),
        (a * x / (x + 1), 1),
        (a * x / (x + b), 0),
        (x, 1),
        (x**2 + x, 2),
        (log(x), 2),
        (a * cos(x), 1),
        (a * x * y, 0),
        (x + y, 2),
        (a * exp(-b * x) * y**k, 0),
    ],
)
def test_how_many_constants_the_units_hide(law, hidden):
    """Counted by hand: those of ``μ f(λ x, κ y)`` that change the law as its constants do not."""
    data = table(law.subs({a: 2.0, b: 0.7, k: 1.3}), {})
    start = {s: v for s, v in {a: 2.0, b: 0.7, k: 1.3}.items() if law.has(s)}
    draft = fitted(law, start, data)
    found = hidden_constants(draft.program(data), draft.fit.values, data, 1e-6)
    assert (found > 1).sum() == hidden


def test_what_the_data_leave_open_costs_nothing():
    assert price_of_units(np.array([]), 2.0) == 0.0
    assert price_of_units(np.array([1e-6]), 2.0) < 1e-5
    one, two = (price_of_units(np.full(n, 1e12), 2.0) for n in (1, 2))
    assert two - one == pytest.approx(ONE, abs=1e-9)


def test_in_other_units_a_law_that_hid_its_constants_says_them():
    """``x/(x + 1)`` is offered of a table whose half-saturation is 0.7 of its unit."""
    data = table(a * x / (b + x), {a: 2.0, b: 0.7})
    found = polish(fit_draft(x / (x + 1), {}, data), data, "v")
    values = [c.value for c in found.free]
    assert len(values) == 2
    assert found.predict(data.X) == pytest.approx(2 * data.X[:, 0] / (0.7 + data.X[:, 0]), rel=0.05)


def test_only_what_is_hidden_is_written():
    data = table(a * x / (b + x), {a: 2.0, b: 0.7})
    law = a * x / (b + x)
    assert opened(fitted(law, {a: 2.0, b: 0.7}, data), data).template == law


def test_a_table_in_the_units_of_its_law_keeps_its_exact_numbers():
    """Nine numbers that are all what a formula has by itself are no chance."""
    data = table(x / (y + 1), {})
    clean = Data(data.columns, data.X, data.X[:, 0] / (data.X[:, 1] + 1), np.ones(60))
    found = polish(fit_draft(a * x / (y + b), {a: 1.1, b: 0.9}, clean), clean, "v")
    assert not found.free


@pytest.mark.parametrize("zero", [100.0, 1e4])
def test_a_high_power_of_a_far_column_does_not_stand_for_an_exponential(zero):
    data = table(a * exp(k * x), {a: 2.0, k: 0.3}, zero=zero)
    power = fitted(a * (x / zero) ** k, {a: 2.0, k: 0.3 * zero}, data)
    growth = fitted(a * exp(k * (x - zero)), {a: 2.0, k: 0.3}, data)
    assert power.loss == pytest.approx(growth.loss, rel=0.2)
    assert power.length(data) > growth.length(data) + 1
