"""Searches of tables with columns far from 0, and of the few rows that two levels have."""

import numpy as np
import pytest

from kantools.discovery import discover
from kantools.symbolic.written.parse import parse
from kantools.table import Table

RNG = np.random.default_rng(5)
U, NOISE = np.sort(RNG.uniform(-1, 1, 60)), RNG.normal(size=60)
COLUMNS = {"year": (2007, 17), "kelvin": (300, 10), "nanometre": (545, 15), "second": (1663849000, 2000)}
LAWS = {
    "line": lambda u: 3 + 2 * u,
    "exponential": lambda u: 2 * np.exp(1.3 * u),
    "parabola": lambda u: 1 + u + 2 * u**2,
    "sine": lambda u: 2 + 1.5 * np.sin(5 * u + 0.4),
    "logistic": lambda u: 3 / (1 + np.exp(-4 * u)),
}


def table(law, middle: float, width: float, noise: float = 0.02) -> Table:
    y = law(U)
    return Table(("t",), (middle + width * U)[:, None], "y", y + noise * y.std() * NOISE)


def draws_the_curve(formula, rows: Table) -> bool:
    printed = parse(formula.text)
    (column,) = printed.free_symbols
    drawn = np.array([float(printed.subs(column, v)) for v in rows.X[:, 0]])
    return bool(np.abs(drawn - formula.predict(rows.X)).max() < 0.1 * np.sqrt(formula.loss))


@pytest.mark.parametrize("column", COLUMNS)
def test_a_line_is_written_around_a_round_number(column):
    rows = table(LAWS["line"], *COLUMNS[column])
    found = discover(rows, hypotheses=["plain formulas"]).chosen
    assert " - " in found.text
    assert draws_the_curve(found, rows)


@pytest.mark.slow
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("law", LAWS)
def test_laws_are_found_as_near_to_0(law, column):
    rows = table(LAWS[law], *COLUMNS[column])
    found = discover(rows, time_limit=10).chosen
    true = LAWS[law](U)
    assert np.sqrt(np.mean((found.predict(rows.X) - true) ** 2)) < 0.01 * true.std()
    assert draws_the_curve(found, rows)


@pytest.mark.parametrize("repeats", [1, 2])
def test_exclusive_or_on_two_levels(repeats):
    X = np.array([[1, 1], [1, 0], [0, 1], [0, 0]], dtype=float)
    y = np.array([0.0, 1.0, 1.0, 0.0])
    rows = Table(("a", "b"), np.tile(X, (repeats, 1)), "y", np.tile(y, repeats))
    found = discover(rows, hypotheses=[..., "-networks"], time_limit=10).chosen
    assert np.abs(found.predict(X) - y).max() < 1e-9
