"""What a search may spend, on a clock that work alone moves."""

from math import inf

import pytest

from kantools.clock import Work, running
from kantools.discovery.budget import Budget

BUDGET = Budget(10.0, 50.0)


@pytest.mark.parametrize(
    ("now", "spent", "fraction", "half_gone", "late"),
    [
        (10, 0, 0.0, False, False),
        (29, 19, 0.475, False, False),
        (31, 21, 0.525, True, False),
        (50, 40, 1.0, True, False),
        (60, 50, 1.0, True, True),
    ],
)
def test_what_is_gone(now, spent, fraction, half_gone, late):
    with running(Work(now)):
        assert (BUDGET.spent, BUDGET.fraction) == (spent, pytest.approx(fraction))
        assert (BUDGET.half_gone, BUDGET.late) == (half_gone, late)


@pytest.mark.parametrize(("now", "patience"), [(20, 5.0), (47, 3.0), (50, 2.0), (90, 2.0)])
def test_a_last_look_takes_what_is_left_or_a_little_more(now, patience):
    with running(Work(now)):
        assert BUDGET.patience == patience


def test_half_of_it_and_a_moment_more():
    with running(Work(60)):
        assert BUDGET.halved() == Budget(10.0, 30.0)
        assert BUDGET.at_least(1.0) == Budget(10.0, 61.0)
        assert Budget(10.0, 90.0).at_least(1.0) == Budget(10.0, 90.0)


def test_without_an_end_it_is_never_late():
    with running(Work(1e9)):
        endless = Budget(0.0, inf)
        assert (endless.late, endless.half_gone) == (False, False)
        assert (endless.fraction, endless.patience) == (0.0, 5.0)
