"""Why a search ends by itself, on a clock that work alone moves."""

from dataclasses import replace

import numpy as np
import pytest
from sympy import symbols

from kantools.clock import Work, running
from kantools.discovery.budget import Budget
from kantools.discovery.ending import ending
from kantools.discovery.evidence import Evidence
from kantools.discovery.networks.trial import SMOOTHNESS
from kantools.discovery.policy import Policy
from kantools.discovery.verdict import Stop
from kantools.discovery.views.rows import holdout_split
from tests.kantools.discovery.formulas import C, data_of_law, formula

a, b = symbols("a b")
DATA = data_of_law(2.345 * a, noise=0.1)
HELD = holdout_split(200, 0)[1]
LINE = formula(C * a, DATA)


def known(best=LINE, data=DATA, **about) -> Evidence:
    noise = {"surveyed": True, "smoothness": 10 * SMOOTHNESS, "least_error": 0.1} | about
    return Evidence(data, Policy(), HELD, best, **noise)


def stop(
    evidence: Evidence, now: float, found_at: float = 1.0, deadline: float = 100.0, expected: float = 1.0
) -> Stop | None:
    with running(Work(now)):
        return ending(evidence, Budget(0.0, deadline), found_at, lambda columns: expected)


def test_an_exact_formula_is_the_end_also_when_it_is_late():
    exact = data_of_law(2 * a)
    assert stop(known(formula(2 * a, exact), exact), now=200) is Stop.EXPLAINED


def test_so_is_the_end_of_the_time():
    assert stop(known(), now=100.1) is Stop.TIME
    assert stop(known(None), now=100.1) is Stop.TIME
    assert stop(known(None), now=99.9) is None


@pytest.mark.parametrize(
    ("now", "found_at", "over"),
    [
        (4.9, 1.0, False),  # four seconds for its number
        (5.1, 1.0, True),
        (29.9, 10.0, False),  # twice the time that it took
        (30.1, 10.0, True),
    ],
)
def test_a_formula_that_leaves_noise_is_waited_for_by_its_numbers_and_its_time(now, found_at, over):
    assert stop(known(), now, found_at) is (Stop.NOTHING_BETTER if over else None)


@pytest.mark.parametrize("about", [{"surveyed": False}, {"least_error": 0.002}, {"least_error": 0.01}])
def test_without_noise_or_above_the_floor_it_goes_on(about):
    assert stop(known(**about), now=90) is None


@pytest.mark.parametrize(("expected", "over"), [(2, False), (3, True), (9, True)])
def test_what_is_adequate_is_the_end_once_nothing_shorter_is_expected(expected, over):
    """``c0*a`` has three symbols."""
    assert stop(known(), now=1.5, expected=expected) is (Stop.NOTHING_BETTER if over else None)


@pytest.mark.parametrize(("expected", "over"), [(2, False), (3, True)])
def test_a_told_scatter_is_a_floor_and_no_end(expected, over):
    told = replace(DATA, weight=np.full(200, 1 / (0.1 * DATA.y.std()) ** 2), known=True)
    evidence = known(formula(C * a, told), told, surveyed=False)
    assert evidence.done
    assert stop(evidence, now=1.5, expected=expected) is (Stop.EXPLAINED if over else None)


def test_what_is_not_adequate_goes_on_whatever_is_expected():
    assert stop(known(least_error=0.01), now=1.5, expected=9) is None
