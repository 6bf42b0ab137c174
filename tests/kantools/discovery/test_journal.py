"""The journal: what was tested, where, and whom it is told."""

import pytest
from sympy import symbols

from kantools.clock import Work, running
from kantools.discovery import Progress
from kantools.discovery.journal import Journal
from kantools.discovery.verdict import Verdict
from tests.kantools.discovery.scenes import view_of

a, b = symbols("a b")
WHOLE, PART, OTHER = view_of(a * b, rows=9), view_of(a**2, rows=9), view_of(b**2, rows=9)


def test_a_step_says_where_and_what_that_was_made_from():
    journal = Journal(begin=2.0)
    journal.derive(PART, WHOLE)
    with running(Work(5.0)):
        journal.note("a curve", 0.1, Verdict.READ, PART)
        journal.note("units", 0.2, Verdict.NEEDS_CONSTANTS, message="needs g")
    first, second = journal.steps
    assert (first.hypothesis, first.error, first.verdict) == ("a curve", 0.1, Verdict.READ)
    assert (first.view, first.source, first.seconds) == (str(PART), str(WHOLE), 3.0)
    assert (second.view, second.source, second.says) == ("", "", "needs g")


def test_the_first_source_of_a_view_counts():
    journal = Journal(0.0)
    journal.derive(PART, WHOLE)
    journal.derive(PART, OTHER)
    assert journal.made_of[PART.key] is WHOLE


def test_a_verdict_is_changed_for_all_steps_of_that_name():
    journal = Journal(0.0)
    for told in ("one", "other", "one"):
        journal.note(told, 0.1, Verdict.TRIED)
    journal.judge("one", Verdict.READ)
    assert [s.verdict for s in journal.steps] == [Verdict.READ, Verdict.TRIED, Verdict.READ]


@pytest.mark.parametrize("listens", [True, False])
def test_progress_is_told_to_whoever_listens(listens):
    heard: list[Progress] = []
    Journal(0.0, heard.append if listens else None).tell("a view", 0.5, None, [])
    assert heard == ([Progress(0.5, "a view", None, ())] if listens else [])
