"""What came of a search for a random law."""

from dataclasses import replace

import pytest

from kantools.bench.outcome import Outcome, outcome
from kantools.bench.record import Record

DONE = Record(
    *("random.0.1", 0.01, 100, 0, "kantools", 60.0, False, 0, "done"),
    complexity=9,
    seconds=20.0,
    kind="sum",
    form=False,
    misfit=0.02,
    scatter=0.01,
    law_complexity=9,
)


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"solved": True, "form": True}, Outcome.SOLVED),
        ({"form": True}, Outcome.WRONG_CONSTANT),
        ({"misfit": 0.0099, "complexity": 10}, Outcome.LONGER),
        ({"misfit": 0.0099}, Outcome.SHORTER),
        ({"misfit": 0.0099, "seconds": 60.0}, Outcome.SHORTER),
        ({}, Outcome.NONE_AS_GOOD),
        ({"seconds": 59.5}, Outcome.OUT_OF_TIME),
        ({"status": "hang", "seconds": float("nan"), "misfit": float("nan")}, Outcome.OUT_OF_TIME),
        ({"status": "error", "seconds": 1.0, "misfit": float("nan"), "form": None}, Outcome.FAILED),
        ({"misfit": 1e-7, "scatter": 0.0}, Outcome.SHORTER),
        ({"misfit": 1e-4, "scatter": 0.0}, Outcome.NONE_AS_GOOD),
    ],
)
def test_outcomes(changed, what):
    assert outcome(replace(DONE, **changed)) is what
