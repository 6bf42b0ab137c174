"""The page of results: what is a run, which parts are told of it, and that it is up to date."""

from dataclasses import replace

import pytest

from benchmarks.bench_page import PAGE, results, runs, with_results
from kantools.bench.record import Record, append
from kantools.bench.selection import select

DONE = Record(
    *("I.12.1", 0.0, 100, 0, "kantools", 10.0, False, 0, "done", True, "simplify", True, 1.0, 0.0, 3, 2.0),
    disagreement=0.0,
    version="0.1.0+abc",
)


def test_the_page_is_up_to_date():
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_results(page), "run python -m benchmarks.bench_page"


@pytest.fixture
def path(tmp_path):
    """The odd laws, all solved but one, with and without noise, and two with a peer."""
    file = tmp_path / "r.csv"
    for law in select("feynman", odd=True):
        solved = law.name != "I.15.3x"
        append(file, replace(DONE, name=law.name, solved=solved, strict=solved))
        append(file, replace(DONE, name=law.name, noise=0.1))
    for name in ("I.12.1", "I.12.2"):
        append(file, replace(DONE, name=name, method="gplearn", solved=False, seconds=12.0))
    return file


def test_a_run_is_what_has_the_same_settings(path):
    assert [(run.title, len(run.records)) for run in runs([path])] == [
        ("feynman: kantools, no noise, 100 rows, 10 s", 50),
        ("feynman: kantools, γ = 0.1, 100 rows, 10 s", 50),
        ("feynman: gplearn, no noise, 100 rows, 10 s", 2),
    ]


def test_a_run_may_stand_in_several_files(path, tmp_path):
    append(tmp_path / "more.csv", replace(DONE, seed=1))
    run = runs([path, tmp_path / "more.csv"])[0]
    assert (run.files, len(run.records)) == (("r.csv", "more.csv"), 51)


def test_but_no_search_twice(path, tmp_path):
    append(tmp_path / "more.csv", replace(DONE, name="I.12.5"))
    with pytest.raises(ValueError, match=r"that of I\.12\.5 in .* stands in r\.csv and more\.csv\. Take one"):
        runs([path, tmp_path / "more.csv"])


def test_what_is_told_of_a_run(path):
    text = results(runs([path]))
    overview, clean, noisy, peer = text.split("\n### ")
    assert "| feynman: kantools, no noise, 100 rows, 10 s | 50 | 49 | 98.0 | 90–100 | 49 |" in overview
    assert "| Feynman, odd | 50 | 49 | 98.0 | 90–100 |" in clean
    assert "| all |" not in clean
    assert "Not solved: I.15.3x." in clean
    assert "Every row: [r.csv](results/r.csv); kantools 0.1.0+abc; seed 0." in clean
    assert "Not solved: none." in noisy
    assert "| all | 2 | 0 | 0.0 |" in peer
    assert "Over their limit by more than a tenth: 2;" in peer
    assert "nan" not in text
