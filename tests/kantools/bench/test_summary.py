"""Counting."""

from dataclasses import replace

import numpy as np
import pytest

from kantools.bench.record import Record
from kantools.bench.summary import groups, interval, summarize

DONE = Record(
    *("I.12.1", 0.0, 100, 0, "kantools", 10.0, False, 0, "done", True, "simplify", True, 1.0, 0.0, 3, 2.0),
    disagreement=0.0,
)


def test_counts():
    records = [
        DONE,
        replace(DONE, seconds=8.0, strict=False, decided="numeric"),
        replace(DONE, seconds=10.9, solved=False, strict=False, r2=0.9991),
        replace(DONE, seconds=11.1, solved=False, strict=None, r2=0.9, disagreement=np.inf),
        replace(
            DONE, solved=False, status="hang", seconds=np.nan, r2=np.nan, strict=None, disagreement=np.nan
        ),
        replace(DONE, solved=False, status="error", seconds=1, r2=np.nan, strict=None, disagreement=np.nan),
    ]
    s = summarize(records)
    assert (s.problems, s.solved, s.strict, s.accurate) == (6, 2, 1, 3)
    assert s.median_seconds == 5.0
    assert (s.over_limit, s.disagreements, s.failed, s.undecided) == (2, 1, 2, 1)


def test_errors_are_medians_of_what_was_found():
    far = [replace(DONE, lack=lack, far=10 * lack) for lack in (0.1, 0.2, 0.6)]
    hang = replace(DONE, status="hang", lack=np.nan, far=np.nan)
    s = summarize([*far, hang])
    assert (s.median_lack, s.median_far) == (0.2, 2.0)


def test_nothing_solved_has_no_median():
    assert np.isnan(summarize([replace(DONE, solved=False)]).median_seconds)


def test_a_disagreement_that_is_not_a_number_counts():
    assert summarize([replace(DONE, disagreement=np.nan)]).disagreements == 1


def test_groups_by_method_and_noise():
    other = replace(DONE, noise=0.1)
    assert groups([DONE, other, DONE]) == {("kantools", 0.0): [DONE, DONE], ("kantools", 0.1): [other]}


@pytest.mark.parametrize(("hits", "trials"), [(0, 14), (9, 10), (42, 50), (50, 50)])
def test_the_ends_of_the_interval_are_as_unlikely_as_its_level_says(hits, trials):
    """Seen from an end, the share that was found is 1.96 standard deviations away: Wilson's definition."""
    for end in interval(hits, trials):
        if 0 < end < 1:
            away = abs(hits / trials - end) / np.sqrt(end * (1 - end) / trials)
            assert away == pytest.approx(1.959964, abs=1e-5)
        else:
            assert end == hits / trials
