"""Laws of columns far from 0 are written around a round number, and the printed numbers draw the curve."""

import numpy as np
import pytest
from sympy import exp, sin, symbols

from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.fit.far import round_centre
from kantools.symbolic.whole.centred import polish_centred
from kantools.symbolic.whole.draft import fit_draft
from kantools.symbolic.written.parse import parse
from kantools.table import Table

x, a, b, c = symbols("x a b c")
COLUMNS = {"year": (1990, 2024), "kelvin": (290, 310), "seconds since 1970": (1663847000, 1663851000)}
LAWS = {"line": a + b * x, "parabola": a + b * x + c * x**2, "exponential": a * exp(b * x)}
TARGETS = {
    "line": lambda u: 3 + 2 * u,
    "parabola": lambda u: 1 + u + 2 * u**2,
    "exponential": lambda u: 2 * np.exp(u),
}


def rows(column: str, target, zero: float = 0.0, noise: float = 0.02) -> Data:
    rng = np.random.default_rng(0)
    low, high = COLUMNS[column]
    u = np.sort(rng.uniform(-1, 1, 60))
    y = target(u)
    X = ((low + high) / 2 + (high - low) / 2 * u + zero)[:, None]
    return Data(("x",), X, y + noise * y.std() * rng.normal(size=60), np.ones(60))


def around_a_start(law, data: Data):
    """Fitted in the frame of the middle, as a search does."""
    centre = round_centre(data.X[:, 0])
    width = data.X[:, 0].std()
    start = {s: v for s, v in ((a, 1.0), (b, 1.0 / width), (c, 0.1 / width**2)) if law.has(s)}
    return fit_draft(law.xreplace({x: x - centre}), start, data, max_iterations=100)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("law", LAWS)
def test_the_printed_formula_draws_the_curve(law, column):
    data = rows(column, TARGETS[law])
    found = polish_centred(around_a_start(LAWS[law], data), data, "y")
    printed = parse(found.text)
    drawn = np.array([float(printed.subs(x, v)) for v in data.X[:, 0]])
    scatter = np.sqrt(found.loss)
    assert np.abs(drawn - found.predict(data.X)).max() < 0.1 * scatter
    assert scatter < 0.03 * data.y.std()


@pytest.mark.parametrize("law", LAWS)
def test_the_law_is_the_same_wherever_the_zero_lies(law):
    found = []
    for zero in (0.0, 700.0, -5000.0):
        data = rows("year", TARGETS[law], zero)
        found.append(polish_centred(around_a_start(LAWS[law], data), data, "y"))
    assert len({f.complexity for f in found}) == 1
    assert np.ptp([f.loss for f in found]) < 1e-6 * found[0].loss


def test_a_line_that_was_fitted_from_far_away_is_written_around_the_middle():
    data = rows("seconds since 1970", TARGETS["line"])
    found = polish_centred(fit_draft(a + b * x, {a: 0.0, b: 0.0}, data), data, "y")
    assert "(x - 1663849000)" in found.text


def test_a_phase_takes_up_the_shift():
    data = rows("year", lambda u: np.sin(5 * u + 0.4))
    draft = fit_draft(sin(a * x + b), {a: 5 / 17, b: 0.4 - 5 * 2007 / 17}, data)
    assert "x - 20" in polish_centred(draft, data, "y").text


def test_a_line_costs_less_than_a_power_that_stands_in_for_it():
    data = rows("year", lambda u: 3 + 0.05 * u)
    line = polish_centred(fit_draft(a + b * x, {a: 0.0, b: 0.0}, data), data, "y")
    low, high = data.y[:5].mean(), data.y[-5:].mean()
    p = np.log(high / low) / np.log(data.X[-3, 0] / data.X[2, 0])
    start = {a: 3 * 2007.0**-p, b: p}
    power = polish_centred(fit_draft(a * x**b, start, data, max_iterations=200), data, "y")
    assert abs(power.loss / line.loss - 1) < 0.05
    assert line.description_length < power.description_length - 3


def test_the_own_zero_of_a_column_is_kept_where_the_law_has_it():
    data = rows("kelvin", lambda u: 0.0821 * (300 + 10 * u), noise=0.01)
    assert polish_centred(fit_draft(a * x, {a: 1.0}, data), data, "y").text.endswith("*x")
    data = rows("kelvin", lambda u: np.exp(3 - 900 / (300 + 10 * u)), noise=0.01)
    assert "/x" in polish_centred(fit_draft(exp(a + b / x), {a: 3.0, b: -900.0}, data), data, "y").text


def test_both_zeros_at_once_are_no_law():
    data = rows("seconds since 1970", TARGETS["exponential"])
    centre = round_centre(data.X[:, 0])
    both = fit_draft(exp(a * (x - centre)) + b * x**2, {a: 5e-4, b: 1e-19}, data)
    assert polish_centred(both, data, "y") is None


def test_the_centre_has_the_unit_of_its_column():
    data = rows("year", TARGETS["line"])
    table = Table(("x",), data.X, "y", data.y)
    told = data_of(table, {"x": "year", "y": "km"})
    found = polish_centred(fit_draft(a + b * x, {a: 0.0, b: 0.0}, told), told, "y").labelled(told.units)
    assert [constant.unit for constant in found.constants] in (["km/year", "km"], ["km", "km/year"])


def test_a_constant_that_may_be_the_columns_own_zero_is_tried_as_it():
    data = rows("kelvin", lambda u: np.exp(20 - 6000 / (300 + 10 * u)), noise=0.003)
    draft = fit_draft(exp(a + b / (x - 300 + c)), {a: 20.0, b: -6000.0, c: 300.0}, data, max_iterations=100)
    found = polish_centred(draft, data, "y")
    assert "/x" in found.text
    assert len(found.free) <= 2
