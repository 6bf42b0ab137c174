"""Positions of the same unit count by their differences: seen in noise, before ratios hide it."""

import numpy as np
from sympy import symbols

from kantools.discovery.hypotheses.dimensionless_groups import DimensionlessGroups
from kantools.discovery.policy import Policy
from kantools.discovery.surrogates.differences import differences
from kantools.discovery.views.rows import holdout_split, rows_of
from kantools.discovery.views.view import View

COLUMNS = symbols("m x1 x2 y1 y2")


def table(law, noise=0.05, rows=1000):
    rng = np.random.default_rng(7)
    X = np.column_stack([rng.uniform(1, 2, rows), *(rng.uniform(a, a + 1, rows) for a in (3, 1, 4, 1.5))])
    y = law(*X.T)
    return View(COLUMNS, rows_of(X, y + noise * y.std() * rng.normal(size=rows), np.ones(rows)))


def gravity(m, x1, x2, y1, y2):
    return m / ((x1 - x2) ** 2 + (y1 - y2) ** 2)


def lengths(some):
    return 0 not in some


def subtracted(view, alike=lengths):
    groups = DimensionlessGroups()
    most = groups.most_differences
    return differences(
        view, holdout_split(1000, 0), alike, easier=Policy().easier, most=most, survey=Policy().survey
    )


def test_positions_are_subtracted_in_pairs():
    view = subtracted(table(gravity))
    m, x1, x2, y1, y2 = COLUMNS
    assert {c**2 for c in view.columns} <= {
        m**2,
        (x1 - x2) ** 2,
        (x2 - x1) ** 2,
        (y1 - y2) ** 2,
        (y2 - y1) ** 2,
    }
    assert view.inputs == 3


def test_what_may_not_be_subtracted_is_not():
    assert subtracted(table(gravity), lambda some: False) is None


def test_positions_that_count_by_themselves_stay():
    law = lambda m, x1, x2, y1, y2: m * x1 / x2 + y1 * y2  # noqa: E731
    assert subtracted(table(law)) is None
