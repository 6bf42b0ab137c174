"""The page of random laws: what it counts and lists, and that it is up to date."""

from dataclasses import replace

import pytest

from benchmarks import random_laws as module
from benchmarks.random_laws import HEAD, PAGE, of_peer, page, recorded, tasks
from kantools.bench.record import Record, append

DONE = Record(
    *(
        "random.1.0",
        0.01,
        1000,
        1,
        "kantools",
        30.0,
        False,
        0,
        "done",
        True,
        "numeric",
        None,
        1.0,
        1e-7,
        9,
        4.0,
        3.0,
    ),
    disagreement=0.0,
    formula="x",
    truth="2.0*x",
    version="0.1.0+abc",
    kind="sum",
    form=True,
    misfit=0.01,
    scatter=0.01,
    law_complexity=9,
)
MISSED = replace(DONE, name="random.1.1", solved=False, form=False, misfit=0.02, formula="y + " * 60 + "1")
RECORDS = [
    DONE,
    MISSED,
    replace(MISSED, name="random.2.0", seed=2, kind="root", misfit=0.009, complexity=12),
    replace(
        MISSED, name="random.2.1", seed=2, status="error", formula="", error="ValueError: no", kind="root"
    ),
    replace(DONE, method="pyoperon", limit=60.0),
]


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(recorded()), "run python -m benchmarks.random_laws"


def test_nothing_measured_is_said():
    assert page([]).startswith(HEAD)
    assert "Nothing has been measured yet" in page([])


def test_rates_and_those_of_the_peers_laws():
    text = page(RECORDS)
    assert "Seeds 1, 2, which are spent; kantools 0.1.0+abc." in text
    assert "| kantools | 0.01 | 1000 | 30 s | 4 | 1 | 25.0 | 5–70 |" in text
    assert "| kantools, the laws of pyoperon | 0.01 | 1000 | 30 s | 1 | 1 | 100.0 |" in text
    assert "| pyoperon | 0.01 | 1000 | 60 s | 1 | 1 | 100.0 |" in text


def test_other_settings_and_versions_are_runs_of_their_own():
    wide = [
        replace(DONE, name=f"decades.{seed}.0", seed=seed, noise=0.05, proportional=True) for seed in (3, 4)
    ]
    later = replace(DONE, version="0.1.0+def")
    text = page([*RECORDS, *wide, later])
    assert "| kantools, targets over decades | 0.05 of each value | 1000 | 30 s | 2 | 2 | 100.0 |" in text
    assert "| 100.0 ± 0.0 |" in text
    assert "## kantools, targets over decades, γ = 0.05 of each value, 1000 rows, 0.1.0+abc" in text
    assert "--first 3 --seeds 2 --noise 0.05 --rows 1000 --time 30 --decades --proportional`" in text
    assert (
        "| kantools | 0.01 | 1000 | 30 s | 1 | 1 | 100.0 | 21–100 | - | 1 | 4.0 | 3.0 | 0.1.0+def |" in text
    )


def test_classes_by_outcome():
    lines = page(RECORDS).splitlines()
    head = next(line for line in lines if line.startswith("| class | laws | solved |"))
    assert head.split(" | ")[4:6] == ["as good, another and longer", "as good, another and no longer"]
    assert "| sum | 2 | 1 |  |  |  |  | 1 |  |" in lines
    assert "| root | 2 |  |  | 1 |  |  |  | 1 |" in lines
    assert "| all | 4 | 1 |  | 1 |  |  | 1 | 1 |" in lines


def test_failures_are_listed_by_outcome_and_class():
    text = page(RECORDS)
    longer, none, raised = (
        text.index(f"**{what}**")
        for what in ("as good, another and longer", "nothing as good, ended by itself", "raised")
    )
    assert longer < text.index("random.2.0") < none < text.index("random.1.1") < raised
    assert "| root | random.2.1 | `2.0*x` | ValueError: no |" in text
    assert "…`" in text
    assert text.rstrip().endswith("None.")  # of the peer


def test_the_peer_gets_some_laws_and_twice_the_time():
    every = tasks(range(1, 6), laws=40, noise=[0.0, 0.01], rows=1000, limit=30.0)
    peers = of_peer(every, 0.01, 40)
    assert len(every), len(peers) == (400, 40)
    assert {(t.method, t.limit, t.noise) for t in peers} == {("pyoperon", 60.0, 0.01)}
    assert {t.seed for t in peers} == {1, 2, 3, 4, 5}


def test_results_are_gone_on_with(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(module, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(module, "installed", lambda package: None)
    monkeypatch.setattr("sys.argv", ["random_laws", "--seeds", "1", "--laws", "1", "--noise", "0.01"])
    (tmp_path / "results").mkdir()
    append(tmp_path / "results" / "kantools.csv", DONE)
    monkeypatch.setattr("kantools.bench.run.record_of", lambda task: pytest.fail("searched again"))
    module.main()
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == page(recorded())
