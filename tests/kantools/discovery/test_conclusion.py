"""What is returned: the front, the best, and what has to be said of units."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import sin, symbols

from kantools.discovery import discover
from kantools.discovery.budget import Budget
from kantools.discovery.conclusion import conclude
from kantools.discovery.hypothesis import Settings
from kantools.discovery.journal import Journal
from kantools.discovery.ledger import Ledger
from kantools.discovery.memory import Recall
from kantools.discovery.verdict import Stop, Verdict
from kantools.errors import SettingError
from kantools.symbolic.units.units import InconsistentUnits, read_units
from kantools.table import Table
from tests.kantools.discovery.formulas import C, data_of_law, draft

a, b = symbols("a b")


def found(*templates, law=sin(a), noise=0.0, **units: str) -> Ledger:
    """A ledger with formulas of these templates."""
    data = data_of_law(law, noise)
    if units:
        data = replace(data, units=read_units(units, ("a", "b"), "y"))
    ledger = Ledger(data, "y", 30, Journal(0.0), Recall(None), 0.0)
    for template in templates:
        ledger.offer(draft(template, data), Budget(0.0, np.inf), str(template))
    return ledger


def concluded(ledger: Ledger, **about):
    return conclude(ledger, Settings(), "description_length", Stop.EXPLAINED, picture=False, **about)


def test_the_last_resort_warns():
    with pytest.warns(InconsistentUnits, match="Check the units, or leave them out"):
        assert str(concluded(found(sin(a), a="m", b="1", y="1")).chosen) == "y = sin(a)"


def test_nothing_at_all_is_told_with_what_to_add():
    with pytest.raises(SettingError, match='"plain formulas" among the hypotheses'):
        concluded(found())
    X = np.random.default_rng(0).uniform(1, 3, (9, 2))
    with pytest.raises(SettingError, match='"plain formulas" among the hypotheses'):
        discover(Table(("a", "b"), X, "y", X[:, 0]), time_limit=5, hypotheses=["known formulas"])


def test_a_quantity_that_no_column_holds_is_a_step():
    ledger = found(C * a, law=2.345 * a, noise=0.1, a="m", b="1", y="s")
    last = concluded(ledger).steps[-1]
    assert last.verdict is Verdict.NEEDS_CONSTANTS
    assert last.says == "needs constants with a dimension: c0 in s/m"


def test_the_front_has_the_best_one_in_the_place_of_another_as_long():
    ledger = found(C, C * a, law=2.345 * a, noise=0.1)
    best = ledger.best
    ledger.formulas.append(replace(best, loss=best.loss / 2, description_length=best.description_length + 9))
    front = concluded(ledger).front
    assert best in front
    assert len({f.complexity for f in front}) == len(front)


def test_what_the_data_cannot_tell_from_the_chosen_formula_is_kept_though_not_on_the_front():
    ledger = found(C * a, law=2.345 * a, noise=0.1)
    best = ledger.best
    bent = {"template": best.template + sin(9 * a) / 20, "complexity": 9, "loss": 1.01 * best.loss}
    rival = replace(best, **bent, description_length=best.description_length + 1)
    ledger.formulas += [rival, replace(rival, complexity=31)]
    conclusion = concluded(ledger)
    assert conclusion.front == (best,)
    assert conclusion.rivals == (rival,)
    assert conclusion.listed == (best, rival)


def test_every_step_has_the_formulas_that_came_of_it():
    ledger = found(C * a, law=2.345 * a, noise=0.1)
    ledger.journal.note(str(C * a), 0.1, Verdict.READ)
    ledger.journal.note("another", 0.1, Verdict.READ)
    one, other = concluded(ledger).steps
    assert one.formulas == (str(ledger.best),)
    assert other.formulas == ()


def test_the_picture_is_of_the_law():
    ledger = found(sin(a))
    shown = conclude(ledger, Settings(), "description_length", Stop.EXPLAINED)
    assert {e.edge.source for e in shown.activations.edges} <= {0, 1}
    assert concluded(ledger).network is None
