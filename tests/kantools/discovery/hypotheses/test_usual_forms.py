"""Usual forms: found beside columns that tell nothing, in noise, and only where they may be said."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import cos, exp, log, sin, symbols

from kantools.discovery import discover, findings
from kantools.discovery.findings import Form
from kantools.discovery.hypotheses.usual_forms import UsualForms
from kantools.discovery.hypothesis import Scene
from kantools.symbolic.language.language import language_of
from kantools.symbolic.usual.named import named_form
from kantools.table import Table
from tests.kantools.discovery.scenes import data_like, scene_of, view_of

a, b, c = symbols("a b c")


def offered(scene: Scene) -> list[Form]:
    return [f for f in UsualForms().findings(scene) if isinstance(f, Form)]


def first_name(scene: Scene) -> str | None:
    """What the first offer is called, once it is worked out alone."""
    found = discover(
        Table(scene.data.columns, scene.data.X, "y", scene.data.y), effort=5, hypotheses=["usual forms"]
    )
    named = named_form(found.chosen)
    return None if named is None else named.name


@pytest.mark.parametrize(
    ("law", "name"),
    [
        (2.5 * exp(-1.8 * a), "exponential decay"),
        (7 / (1 + exp(-4.3 * (a - 2.1))), "logistic"),
        (1.2 + 3.1 * log(a), "logarithm"),
        (1.7 * exp(-((a - 1.8) ** 2) / 0.1) + 0.4, "Gaussian peak with baseline"),
        (1.3 * sin(9.7 * a + 0.4) * exp(-0.6 * a), "damped sine"),
    ],
)
def test_a_law_of_one_column_is_the_first_offer_beside_idle_ones(law, name):
    assert first_name(scene_of(view_of(law, (b, a, c), rows=150, noise=0.02))) == name


def test_the_best_are_offered_the_shortest_description_first():
    scene = scene_of(view_of(3 * a / (1.4 + a), rows=100, noise=0.02))
    drafts = [form.draft for form in offered(scene)]
    lengths = [draft.length(scene.data) for draft in drafts]
    assert lengths == sorted(lengths)
    assert 1 < len(drafts) <= UsualForms().most_offered


def test_it_tells_how_good_the_best_is():
    *_, told = UsualForms().findings(scene_of(view_of(3 * a / (1.4 + a))))
    assert isinstance(told, findings.Tested)
    assert told.error < 1e-6


def test_nothing_is_said_that_the_language_does_not_allow():
    language = language_of(["square", "reciprocal"])
    view = view_of(2.5 * exp(-1.8 * a))
    found = offered(replace(scene_of(view), data=data_like(view, language=language)))
    assert found
    for form in found:
        assert not language.violations(form.draft.template)


def test_units_are_kept():
    scene = scene_of(view_of(1.2 + 3.1 * log(a), noise=0.01), units={"a": "m", "y": "s"})
    found = offered(scene)
    assert found
    for draft in (form.draft for form in found):
        assert scene.data.admits(draft.template, draft.constants, draft.fit.values)


def test_a_wave_that_the_rows_do_not_show_is_none():
    """The beginning of a cosine is a parabola."""
    found = offered(scene_of(view_of(cos(0.3 * a), noise=0.01)))
    assert not any(form.draft.template.has(sin) for form in found)


def test_a_column_from_zero():
    rng = np.random.default_rng(0)
    dose = np.repeat([0, 0.3, 1, 3, 10, 30, 100], 6).astype(float)
    y = 8 * dose**1.6 / (5**1.6 + dose**1.6) + 0.1 * rng.normal(size=len(dose))
    found = discover(Table(("dose",), dose[:, None], "y", y), effort=5, hypotheses=["usual forms"])
    named = named_form(found.chosen)
    assert named is not None
    assert named.name == "Hill"
    numbers = {quoted.name: quoted for quoted in named.quoted}
    assert numbers["half-saturation"].value == pytest.approx(5, abs=4 * numbers["half-saturation"].error)
