"""The README's command lines on a machine where nothing is compiled yet, with a core that is busy.

``pytest -m slow tests/test_first_start.py`` runs them; they take a few minutes, most of them searching.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest

from kantools.datasets import problem
from kantools.kernels.prepare import NOTE

pytestmark = pytest.mark.slow
README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def unprepared(tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """An environment with empty caches, while one core counts."""
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "caches")}
    finally:
        busy.kill()
        busy.wait()


def run(command: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", *shlex.split(command)]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=True)


def commands() -> list[str]:
    """The README's command lines, without a prompt and what is said about them."""
    return re.findall(r"^(?:\$ )?(kantools (?:fit|predict|export) .*?)(?:  +#.*)?$", README, re.MULTILINE)


def test_the_first_example_finds_ohms_law(unprepared, tmp_path):
    told = run("kantools fit ohm --time-limit 15", tmp_path, unprepared)
    assert "current = 7243.0/(length + 20.14)" in told.stdout
    assert told.stderr.count(NOTE) == 1

    again = run("kantools fit ohm --time-limit 15", tmp_path, unprepared)
    assert NOTE not in again.stderr


def test_the_commands_for_tables_of_ones_own(unprepared, tmp_path):
    law = problem("I.12.1").sample(60, seed=0)
    frame = pd.DataFrame(law.X, columns=list(law.columns))
    frame.to_csv(tmp_path / "new_conditions.csv", index=False)
    frame.assign(y=law.y).to_csv(tmp_path / "data.csv", index=False)
    frame.assign(rate=law.y, rate_error=0.01).to_csv(tmp_path / "measurements.csv", index=False)

    first, *rest = commands()
    assert first == "kantools fit ohm --time-limit 15"
    mine, measured, predicted, exported = (run(command, tmp_path, unprepared) for command in rest)
    assert "\ny = Nn*mu\n" in mine.stdout
    assert mine.stderr.count(NOTE) == 1
    assert "\nrate = Nn*mu\n" in measured.stdout
    assert NOTE not in measured.stderr
    assert predicted.stdout.startswith("mu,Nn,rate,rate std\n")
    assert exported.stdout.startswith("=")
