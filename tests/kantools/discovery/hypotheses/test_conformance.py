"""What every hypothesis keeps to; a new file in the folder is tested without touching the tests.

That the true law comes out and a wrong one does not is asked where there is an example for it
(:mod:`tests.kantools.discovery.hypotheses.examples`).
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, get_args

import numpy as np
import pytest
from sympy import Expr, exp, sin, symbols

from kantools.discovery import discover, findings
from kantools.discovery.findings import Finding, Form, Reading, Surveyed, Trained, Turn
from kantools.discovery.hypothesis import Cost, Hypothesis, Scene, When
from kantools.discovery.roster import HYPOTHESES
from kantools.discovery.threshold import thresholds
from kantools.discovery.views.rows import rows_of
from kantools.discovery.views.view import View
from kantools.symbolic.evaluate import compile_expression
from kantools.table import Table
from tests.kantools.discovery.hypotheses.examples import EXAMPLES, Example
from tests.kantools.discovery.scenes import scene_of, surveyed, view_of

a, b, c = symbols("a b c")
#: Fields that say what is asked, not how: the agenda fills them in.
ASKED = {"topology", "first"}

every = pytest.mark.parametrize("name", sorted(HYPOTHESES))


def asked(name: str) -> Hypothesis:
    """A hypothesis as an agenda asks it."""
    told = EXAMPLES[name].thresholds if name in EXAMPLES else {}
    return HYPOTHESES[name](**told)


def answers(hypothesis: Hypothesis, scene: Scene) -> list[Finding]:
    """All findings, where there is something to try."""
    with np.errstate(all="ignore"):
        return list(hypothesis.findings(scene)) if hypothesis.applies(scene) else []


def scene(view: View, **about: Any) -> Scene:
    """With whatever there may be in a scene: a surrogate, where there is one, and a unit for each column."""
    noisy = bool(about.get("noisy", False))
    try:
        surrogate = surveyed(view, noisy=noisy) if view.inputs > 1 else None
    except IndexError:  # there is none for so few rows
        surrogate = None
    units = dict.fromkeys(view.names, "m") | {"y": "m"}
    return scene_of(view, surrogate=surrogate, units=units, **about)


def noise(rows: int, columns: int) -> View:
    rng = np.random.default_rng(rows)
    X, y = rng.uniform(1, 3, (rows, columns)), rng.normal(size=rows)
    return View(symbols("a b c")[:columns], rows_of(X, y, np.ones(rows)))


def constant_column() -> View:
    view = view_of(a * b**2, (a, b, c), rows=60)
    view.rows.X[:, 2] = 2.0
    return view


@cache
def right(name: str) -> tuple[Scene, list[Finding]]:
    """The scene of an example, and what the hypothesis finds there; its numbers must not be changed."""
    scene = example(name).right()
    for numbers in arrays(scene):
        numbers.flags.writeable = False
    return scene, answers(asked(name), scene)


def example(name: str) -> Example:
    if name not in EXAMPLES:
        pytest.skip(f"tests/kantools/discovery/hypotheses/examples.py has no table for {name}")
    return EXAMPLES[name]


class TestWritten:
    @every
    def test_it_is_a_frozen_dataclass(self, name: str) -> None:
        kind = HYPOTHESES[name]
        assert is_dataclass(kind)
        assert kind.__dataclass_params__.frozen
        assert hash(kind()) == hash(kind())

    @every
    def test_its_docstring_begins_with_a_formula_or_says_what_it_is_in_a_sentence(self, name: str) -> None:
        first = (HYPOTHESES[name].__doc__ or "").split("\n\n")[0]
        assert first.rstrip().endswith("."), first
        assert not first.startswith(f"{HYPOTHESES[name].__name__}("), "a docstring made by dataclass"

    @every
    def test_its_name_is_words_for_people(self, name: str) -> None:
        assert HYPOTHESES[name].name == name
        assert re.fullmatch(r"[a-z]+( [a-z]+)*", name)

    def test_no_two_have_one_name(self) -> None:
        modules = [kind.__module__ for kind in HYPOTHESES.values()]
        assert len(set(modules)) == len(modules) == len(HYPOTHESES)

    @every
    def test_every_field_is_a_threshold_with_a_reason(self, name: str) -> None:
        told = {f.name: reason for f, _, reason in thresholds(HYPOTHESES[name])}
        for field in fields(HYPOTHESES[name]):
            assert field.name in told or field.name in ASKED, f"{field.name} has no reason"
        assert all(reason.strip(" .,;…") for reason in told.values())

    @every
    def test_cost_and_time_are_told(self, name: str) -> None:
        kind = HYPOTHESES[name]
        assert isinstance(kind.cost, Cost)
        assert isinstance(kind.when, When)


class TestFindings:
    @every
    def test_they_are_findings(self, name: str) -> None:
        assert all(isinstance(f, get_args(Finding)) for f in right(name)[1])

    @every
    def test_numbers_of_the_scene_are_not_changed(self, name: str) -> None:
        """Whoever writes into them has ended in an error already; the numbers themselves are compared too."""
        (scene, _), fresh = right(name), example(name).right()
        assert all(np.array_equal(x, y) for x, y in zip(arrays(scene), arrays(fresh), strict=True))

    @every
    def test_the_same_scene_gives_the_same(self, name: str) -> None:
        again = answers(asked(name), example(name).right())
        assert [*map(said, again)] == [*map(said, right(name)[1])]

    @every
    def test_when_it_is_late_nothing_that_takes_time_begins(self, name: str) -> None:
        """What takes milliseconds is ended by the walk; a reading that is cut short may be told."""
        scene = example(name).right()
        scene = replace(scene, budget=replace(scene.budget, deadline=scene.budget.begin))
        found = answers(asked(name), scene)
        if HYPOTHESES[name].cost is not Cost.MILLISECONDS:
            assert not any(isinstance(f, Form | Trained) for f in found)
            assert sum(isinstance(f, Reading) for f in found) <= 1

    @every
    def test_forms_are_finite_and_in_the_columns_of_the_table(self, name: str) -> None:
        scene, found = right(name)
        for draft in drafts(found):
            assert np.isfinite(draft.loss)
            assert np.isfinite(draft.fit.values).all()
            assert draft.template.free_symbols <= {*scene.data.symbols, *draft.constants}

    @every
    def test_turns_lift_back_to_the_table(self, name: str) -> None:
        scene, found = right(name)
        for view in (v for f in found if isinstance(f, Turn) for v in f.choices):
            for column, numbers in zip(view.columns, view.rows.X.T, strict=True):
                np.testing.assert_allclose(on_the_table(column, scene), numbers, rtol=1e-9)
            target = on_the_table(view.prefactor, scene) * view.rows.y
            np.testing.assert_allclose(target, scene.data.y, rtol=1e-9, atol=1e-12)


class TestLaws:
    @every
    def test_the_true_law_comes_out(self, name: str) -> None:
        scene, found = right(name)
        assert any(example(name).found(f, scene) for f in found)

    @every
    def test_a_wrong_law_does_not(self, name: str) -> None:
        scene = example(name).wrong()
        assert not [f for f in answers(asked(name), scene) if example(name).misled(f, scene)]

    def test_every_example_is_of_a_hypothesis(self) -> None:
        assert set(EXAMPLES) <= set(HYPOTHESES)


SINE = view_of(sin(a) * exp(b), rows=60)
TABLES = {
    "noise": lambda: scene(noise(30, 3), noisy=True),
    "noise that is not known": lambda: scene(noise(30, 3)),
    "four rows": lambda: scene(noise(4, 2)),
    "one column": lambda: scene(noise(30, 1)),
    "no primitive but the identity": lambda: scene(SINE, settings={"primitives": ["identity"]}),
    "a constant column": lambda: scene(constant_column()),
    "a column of another sign": lambda: scene(view_of(a * b**2, (a, b), rows=60, low=-2, high=2)),
    "a view that hides something": lambda: scene(SINE, visit={"before": 1e-4, "best": 1.0}),
}


@every
@pytest.mark.parametrize("table", TABLES)
def test_no_table_is_an_error(name: str, table: str) -> None:
    for finding in answers(asked(name), TABLES[table]()):
        assert isinstance(finding, get_args(Finding))


@every
def test_a_search_does_without_it(name: str) -> None:
    X = np.random.default_rng(0).uniform(1, 3, (40, 2))
    table = Table(("a", "b"), X, "y", np.sin(3 * X[:, 0]) / (X[:, 1] + X[:, 0] ** 2))
    found = discover(table, effort=0.7, hypotheses=[..., f"-{name}"])
    assert np.isfinite(found.chosen.loss)


def arrays(scene: Scene) -> Iterator[np.ndarray]:
    for rows in (scene.data, scene.view.rows):
        yield from (rows.X, rows.y, rows.weight)
    yield from scene.split


def on_the_table(expr: Expr, scene: Scene) -> np.ndarray:
    return compile_expression(expr, scene.data.symbols).value(scene.data.X)


def drafts(found: list[Finding]) -> Iterator[Any]:
    for finding in found:
        if isinstance(finding, Form):
            yield finding.draft
        elif isinstance(finding, Reading):
            yield from (x.draft for x in finding.chosen)


def said(finding: Finding) -> tuple[object, ...]:
    """What a finding says, as far as two of them can be compared."""
    match finding:
        case Form(draft, told, _):
            return told, str(draft.template), draft.loss
        case Reading(told, chosen):
            return told, *(str(x.draft.template) for x in chosen)
        case Trained(told, trial):
            return told, trial and trial.error
        case Turn(choices, must, error, told):
            return tuple(v.key for v in choices), must, error, told
        case findings.Tested(told, error, verdict, message):
            return told, error, verdict, message
        case Surveyed(view, surrogate, noisy):
            return view.key, surrogate.error, noisy
    raise AssertionError(finding)
