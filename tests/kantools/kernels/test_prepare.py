"""Kernels are compiled before a search, all of them, and that is said once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from numba.core.event import Event

from kantools.kernels import compiled, prepare
from kantools.kernels.prepare import KINDS, NOTE, _Once


@pytest.fixture
def nothing_said(monkeypatch):
    monkeypatch.setattr(_Once, "told", False)


def test_every_kind_is_ready():
    prepare.prepare()
    for kernel, kinds in KINDS:
        assert kinds in [signature.args for signature in kernel.nopython_signatures]


@pytest.mark.usefixtures("nothing_said")
def test_it_is_said_once():
    said: list[str] = []
    once, again = _Once(said.append), _Once(said.append)
    for listener in (once, once, again):
        listener.on_start(Event("numba:compile", "START"))
    assert said == [NOTE]


@pytest.mark.usefixtures("nothing_said")
def test_nothing_is_said_of_what_is_there():
    prepare.prepare()
    said: list[str] = []
    prepare.prepare(said.append)
    assert said == []


def test_a_place_that_cannot_be_written_is_no_reason_to_refuse(monkeypatch):
    def njit(function, cache=False, **options):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return function

    monkeypatch.setattr(compiled, "njit", njit)
    assert compiled.compiler("contract")(abs) is abs


SEARCHES = """
from numba.core.event import RecordingListener, install_listener

from kantools import SymbolicRegressor, load
from kantools.datasets import problem
from kantools.discovery.looks import Looks

listener, begun = RecordingListener(), []
run = Looks.run


def begins(looks):
    begun.append(len(listener.buffer))
    return run(looks)


Looks.run = begins
tables = load("puromycin"), problem("I.15.3x").sample(500, noise=0.01, seed=0), load("trees")
with install_listener("numba:compile", listener):
    for table, loss in zip(tables, ("squared", "squared", "huber")):
        SymbolicRegressor(time_limit=8, loss=loss, random_state=0).fit_table(table)
print(begun[0] > 0, [str(event.data["dispatcher"]) for _, event in listener.buffer[begun[0]:]])
"""


@pytest.mark.slow
def test_nothing_is_compiled_in_a_search(tmp_path: Path):
    """With an empty cache; the searches go by curves, by networks on fine grids and by robust weights."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", SEARCHES], capture_output=True, text=True, env=environment, check=True
    )
    assert run.stdout == "True []\n"
    assert run.stderr.count(NOTE) == 1
