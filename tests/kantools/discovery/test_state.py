"""What a search knows of its noise."""

from time import monotonic

import numpy as np
import pytest
import sympy

from kantools.discovery.state import Search
from kantools.symbolic.data import data_of
from kantools.symbolic.draft import fit_draft
from kantools.table import Table

a, b = sympy.symbols("a b")
c = sympy.Symbol("c0")
X = np.random.default_rng(0).uniform(0.5, 5.0, (300, 2))
LAW = 3.1 * X[:, 0] * np.exp(-X[:, 1])


def search(noise: np.ndarray, template: sympy.Expr, spent: float) -> Search:
    """With one formula, and a part of its time gone."""
    table = Table(("a", "b"), X, "y", LAW + noise)
    data, now = data_of(table), monotonic()
    begun = Search(table, data, (), now + 1000 * (1 - spent), now - 1000 * spent, 30, 0, None)
    begun.keep(fit_draft(template, {c: 3.0}, data))
    return begun


PERCENT = 0.05 * LAW * np.random.default_rng(1).normal(size=300)
ALIKE = 0.05 * np.random.default_rng(1).normal(size=300)
TRUE, WRONG = c * a * sympy.exp(-b), c * a / (1 + b**2)


@pytest.mark.parametrize(
    ("noise", "template", "spent", "told"),
    [
        (PERCENT, TRUE, 0.5, True),
        (PERCENT, TRUE, 0.1, False),
        (ALIKE, TRUE, 0.5, False),
        (PERCENT, WRONG, 0.5, False),
        (0 * LAW, WRONG, 0.5, False),
    ],
    ids=["in proportion", "too early", "alike", "wrong formula", "no noise"],
)
def test_noise_in_proportion_is_told_when_some_time_has_passed(noise, template, spent, told):
    found = search(noise, template, spent)
    assert found.best is not None
    assert found.proportional == told
    assert found.over == told


def test_that_it_is_in_proportion_is_not_asked_again():
    found = search(PERCENT, TRUE, 0.5)
    found.data = found.data.relative(LAW)
    assert not found.proportional


def test_a_search_that_begins_again_knows_no_error_of_other_weights():
    found = search(PERCENT, TRUE, 0.5)
    found.least_error, found.smoothness, found.surveyed = 0.01, 1.0, True
    found.forget()
    assert found.least_error == np.inf
    assert not found.surveyed
    assert not found.noisy
    assert not found.formulas
