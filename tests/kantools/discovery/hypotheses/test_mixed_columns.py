"""Columns are mixed where that makes a law a product or a sum of curves, and only there."""

import numpy as np
import pytest
from sympy import symbols

from kantools.discovery.findings import Must
from kantools.discovery.hypotheses.mixed_columns import MixedColumns
from kantools.discovery.policy import Policy
from kantools.discovery.views.rows import rows_of
from kantools.discovery.views.view import View
from tests.kantools.discovery.scenes import scene_of

u, v = symbols("u v")
LAWS = {
    "u*v": lambda u, v: np.sin(u * v) ** 2 / np.sin(v / 2) ** 2,
    "u/v": lambda u, v: np.exp(-u / v) + v**2,
    "u - v": lambda u, v: np.cos(u - v) * v,
    "u + v": lambda u, v: np.sqrt(u + v) + np.log(v),
}


def scene(law, columns=(u, v), **about):
    X = np.random.default_rng(0).uniform(1, 3, (800, len(columns)))
    return scene_of(View(columns, rows_of(X, law(*X.T), np.ones(800))), **about)


def mixed(law):
    return MixedColumns().mixtures(scene(law))


@pytest.mark.parametrize("name", LAWS)
def test_the_mixture_that_makes_a_law_plain_comes_first(name):
    best = mixed(LAWS[name])[0]
    assert best.trial.error < 2e-3
    assert {str(c) for c in best.view.columns} in ({name, "v"}, {name, "u"})


def test_no_mixture_helps_a_law_of_three_kinds_of_terms():
    assert mixed(lambda u, v: np.sin(3 * u) + u * v**2 + np.exp(u / v))[0].trial.error > 1e-2


def test_what_helps_must_be_no_worse_and_the_rest_is_no_finding():
    here = scene(LAWS["u*v"], visit={"best": 0.1})
    turns = list(MixedColumns().findings(here))
    assert 1 <= len(turns) <= 2
    assert {t.must for t in turns} == {Must.NO_WORSE}
    assert not list(
        MixedColumns().findings(scene(LAWS["u*v"], visit={"best": 1e-9}, policy=Policy(looks_exact=0)))
    )


def test_tables_of_one_column_and_of_many_are_left_alone():
    assert not MixedColumns().applies(scene(lambda u: u, columns=(u,)))
    assert not MixedColumns().applies(scene(lambda *x: x[0], columns=symbols("a b c d e")))


def test_nothing_is_trained_when_the_time_is_up():
    assert MixedColumns().mixtures(scene(LAWS["u*v"], deadline=0.0)) == []
