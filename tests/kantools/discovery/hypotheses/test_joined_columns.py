"""Joins: the right pair is found where no gradient is good enough."""

import numpy as np
import pytest
from sympy import sin, symbols

from kantools.discovery.findings import Must
from kantools.discovery.hypotheses.joined_columns import JoinedColumns
from tests.kantools.discovery.scenes import exact_surrogate, scene_of, view_of

p, q, r = symbols("p q r")
LAW = sin(p * q) + r


def poor(law, view):
    """A surrogate with half of its gradient's spread as noise."""
    exact = exact_surrogate(law, view)
    off = np.random.default_rng(2).normal(size=exact.gradient.shape) * exact.gradient.std(axis=0)
    exact.gradient[:] += 0.5 * off
    return exact


def test_a_poor_gradient_still_ranks_the_right_pair_first():
    view = view_of(LAW, rows=1500, high=4.0)
    best = JoinedColumns().joins(poor(LAW, view), view)[0]
    assert best.kind == "product"
    assert {tuple(int(q) for q in row) for row in best.groups} == {(0, 0, 1), (1, 1, 0)}


@pytest.mark.parametrize(("noisy", "must"), [(False, Must.HELP), (True, Must.NO_WORSE)])
def test_the_join_that_is_easiest_to_learn_comes_first(noisy, must):
    view = view_of(LAW, rows=300, high=4.0)
    first, *_ = JoinedColumns(most=2).findings(scene_of(view, noisy=noisy, surrogate=poor(LAW, view)))
    assert first.must is must
    assert set(first.choices[0].columns) == {r, p * q}


def test_a_view_that_was_visited_is_no_finding():
    view = view_of(LAW, rows=300, high=4.0)
    scene = scene_of(view, surrogate=poor(LAW, view))
    found = [t.choices[0] for t in JoinedColumns(most=1).findings(scene)]
    assert len(found) == 1
    again = scene_of(view, surrogate=poor(LAW, view), visited=frozenset({found[0].key}))
    assert not list(JoinedColumns(most=1).findings(again))


def test_nothing_is_divided_by_a_column_that_changes_its_sign():
    view = view_of(LAW, low=-2.0, high=2.0)
    products = [j for j in JoinedColumns(most=20).joins(poor(LAW, view), view) if j.kind == "product"]
    assert len(products) == 3
    assert all(k >= 0 for j in products for row in j.groups for k in row)
