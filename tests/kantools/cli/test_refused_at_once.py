"""What is misspelt is told before anything heavy is imported."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "scipy.stats", "matplotlib", "sympy", "numba", "sklearn")

REFUSED = {
    "fit nosuch.csv --target y": 'There is no file "nosuch.csv"',
    "fit planits": 'did you mean "planets"?',
    "fit table.csv": "Name it with --target",
    "fit table.csv --target heigth": 'did you mean "height"?',
    "fit planets --target nosuch": 'There is no column "nosuch"',
    "fit planets --loss hubber": 'did you mean "huber"?',
    "fit planets --noise mixd": 'did you mean "mixed"?',
    "fit planets --selection best": 'There is no selection "best"',
    "fit planets --time-limit -3": "time_limit is positive; got -3.0.",
    "fit planets --jobs 0": "n_jobs is a number of processes",
    "fit planets --primitives sin=x": "--primitives takes names and costs",
    "fit planets --forbid sin": "--forbid takes nestings",
    "fit planets --x-sigma a": "--x-sigma gives inputs their errors",
    "fit planets --units table.csv": "Units are read from a .json or .toml file",
    "fit planets --out table.csv": "--out names a folder",
    "refit nosuch.csv --target y --form a*x": 'There is no file "nosuch.csv"',
    "refit planets --form a*distance --loss hubber": 'did you mean "huber"?',
    "refit planets --form a*distance --start a": "--start gives constants first values",
    "predict nosuch.kantools table.csv": 'cannot open "nosuch.kantools"',
    "predict table.csv nosuch.csv": 'There is no file "nosuch.csv"',
    "choose nosuch.kantools": 'cannot open "nosuch.kantools"',
    "report nosuch.kantools": 'cannot open "nosuch.kantools"',
    "report table.csv --out law.pdf": "A report ends in .html",
    "export nosuch.kantools": 'cannot open "nosuch.kantools"',
    "datasets planits": 'did you mean "planets"?',
    "bench feynmann": 'did you mean "feynman"?',
    "bench feynman --method nosuch": 'There is no method "nosuch"',
    "bench feynman --noise a": "--noise takes numbers",
}

RUN = """
import sys
from typer.testing import CliRunner
from kantools.cli.commands import app

for words in sys.stdin.read().splitlines():
    result = CliRunner().invoke(app, words.split())
    heavy = [module for module in {heavy} if module in sys.modules]
    print(result.exit_code, heavy, " ".join(result.stderr.split()))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> dict[str, str]:
    """What one process says to all of these, one after the other."""
    folder: Path = tmp_path_factory.mktemp("refused")
    (folder / "table.csv").write_text("t,height\n0,1\n1,5.9\n2,20.6\n3,45.1\n4,79.5\n")
    run = subprocess.run(
        [sys.executable, "-c", RUN.format(heavy=HEAVY)],
        input="\n".join(REFUSED),
        capture_output=True,
        text=True,
        cwd=folder,
        check=True,
    )
    return dict(zip(REFUSED, run.stdout.splitlines(), strict=True))


@pytest.mark.parametrize("words", REFUSED)
def test_refused_at_once(words, answers):
    assert answers[words].startswith("2 [] Error: ")
    assert REFUSED[words] in answers[words]
