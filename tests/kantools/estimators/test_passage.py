"""The way from a user's table to the one that is searched, and back."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from sympy import Symbol

from kantools.discovery import Discovery, Progress
from kantools.estimators.passage.way import Way, steps, way_into
from kantools.symbolic.formula import Formula
from kantools.symbolic.trust.domain import domain_of
from kantools.table import Table

RNG = np.random.default_rng(0)
X = np.column_stack([RNG.uniform(1, 2, 40), np.full(40, 9.81), 1e200 * RNG.uniform(1, 2, 40)])
TABLE = Table(("a", "g", "b"), X, "y", X[:, 0] * X[:, 2] / 1e200)
a, b = Symbol("a"), Symbol("b")


@pytest.fixture
def way() -> Way:
    return way_into(TABLE, steps(seed=0))


def found_in(table: Table, *expressions) -> Discovery:
    """Formulas of a table that is searched; the last one is chosen."""
    nothing = np.zeros((0, 0))
    front = [Formula(table.columns, "y", e, covariance=nothing) for e in expressions]
    front = [replace(f, domain=domain_of(f.template, f.columns, table.X)) for f in front]
    return Discovery(tuple(front), front[-1], None, None, (), 0.0, "given")


def test_in_and_back(way):
    assert way.table.columns == ("a", "b")
    assert way.table.X.max() < 10
    shift = np.log2(X[:, 2].max() / way.table.X[:, 1].max())
    found = way.back(found_in(way.table, a, a * b * 2.0**shift / 1e200))
    assert found.chosen is found.front[1]
    assert found.chosen.columns == TABLE.columns
    np.testing.assert_allclose(found.chosen.predict(X), TABLE.y)
    assert "g = 9.81" in str(found.chosen.domain)


def test_rivals_go_the_same_way(way):
    inner = found_in(way.table, a, a * b)
    both = replace(inner, rivals=(inner.front[0], replace(inner.chosen)))
    found = way.back(both)
    assert found.rivals[0] is found.front[0]
    assert found.rivals[1].columns == TABLE.columns
    np.testing.assert_allclose(found.rivals[1].predict(X), found.chosen.predict(X))
    assert found.listed == (*found.front, found.rivals[1])


def test_known_formulas_go_in_as_far_as_they_mean_something(way):
    law = Formula(TABLE.columns, "y", a * b / 1e200, covariance=np.zeros((0, 0)))
    strange = Formula(("a", "h"), "y", a * Symbol("h"))
    fixed = Formula(TABLE.columns, "y", a * Symbol("g"))
    (inner,) = way.known([strange, law, fixed])
    assert inner.columns == way.table.columns
    np.testing.assert_allclose(inner.predict(way.table.X), way.table.y)
    np.testing.assert_allclose(way.formula(inner).predict(X), TABLE.y)


def test_progress_is_told_in_the_terms_of_the_table(way):
    seen = []
    tell = way.telling(seen.append)
    assert way.telling(None) is None
    tell(Progress(0.5, "tried", None))
    inner = Formula(way.table.columns, "y", a, covariance=np.zeros((0, 0)))
    tell(Progress(0.5, "tried", inner, (inner,)))
    assert seen[0].best is None
    assert seen[1].best.columns == TABLE.columns
    assert seen[1].formulas == (seen[1].best,)  # what a checkpoint keeps


def test_steps_are_undone_in_reverse():
    class Back(SimpleNamespace):
        def formula(self, formula):
            return formula + self.name

    ways = Way(TABLE, (Back(name="1"), Back(name="2")))
    assert ways.formula("") == "21"
