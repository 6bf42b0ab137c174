"""A search that is limited in effort: the same answer however busy the machine, in every process."""

import os
import subprocess
import sys
import threading

import numpy as np
import pytest

from kantools import Table
from kantools.discovery import Discovery, discover
from kantools.errors import SettingError

SMALL, LARGE = 0.1, 0.6
IN_A_PROCESS = (
    "from tests.kantools.discovery.test_effort import LARGE, searched, told; print(told(searched(LARGE)))"
)


def table() -> Table:
    rng = np.random.default_rng(0)
    a, b = rng.uniform(1, 3, (2, 80))
    y = a * np.exp(-b / 2) + 0.3 * b
    return Table(("a", "b"), np.stack([a, b], axis=1), "y", y + 0.02 * rng.normal(size=80))


def searched(effort: float) -> Discovery:
    return discover(table(), effort=effort, seed=0)


def told(found: Discovery) -> str:
    """Everything that may differ, to the last digit."""
    front = [(str(f), f.loss, f.held_out_loss, f.description_length) for f in found.front]
    return repr((front, found.steps, str(found.chosen), found.stopped, found.seconds))


@pytest.fixture(scope="module")
def small() -> str:
    return told(searched(SMALL))


@pytest.fixture(scope="module")
def large() -> str:
    return told(searched(LARGE))


def test_twice_the_same(small):
    """Also in a process that has caches filled."""
    assert told(searched(SMALL)) == small


def test_the_same_on_a_busy_machine(small):
    over = threading.Event()

    def burn() -> None:
        while not over.is_set():
            sum(range(1000))

    busy = threading.Thread(target=burn)
    busy.start()
    try:
        found = told(searched(SMALL))
    finally:
        over.set()
        busy.join()
    assert found == small


@pytest.mark.slow
@pytest.mark.parametrize("hashes", ["1", "2"])
def test_the_same_in_every_process(large, hashes):
    """Whatever order sets have there, and with empty caches."""
    environment = {**os.environ, "PYTHONHASHSEED": hashes}
    ran = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS], env=environment, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == large


def test_it_ends_when_the_effort_is_spent():
    found = searched(SMALL)
    assert (found.stopped, found.unit) == ("effort spent", "units of effort")
    assert found.seconds > SMALL


def test_more_effort_finds_no_worse():
    few, many = searched(SMALL), searched(LARGE)
    assert many.chosen.description_length <= few.chosen.description_length


def test_without_effort_there_are_plain_formulas():
    found = searched(0)
    assert found.stopped == "effort spent"
    assert {s.hypothesis for s in found.steps if s.formulas} <= {"plain formulas"}


def test_a_search_in_seconds_counts_seconds():
    found = discover(table(), time_limit=0.0)
    assert (found.stopped, found.unit) == ("time limit", "s")


@pytest.mark.parametrize("effort", [-1, float("nan"), "much", True])
def test_effort_is_a_number_from_0(effort):
    rule = f"effort is a number of units of work from 0; got {effort!r}. A unit is about a second of one core"
    with pytest.raises(SettingError, match=rule):
        discover(table(), effort=effort)
