"""The command: which tasks it means, what it prints and what it refuses."""

import json
from dataclasses import asdict

import pytest
from typer.testing import CliRunner, Result

from kantools.bench.record import Record, read
from kantools.bench.task import Task
from kantools.cli.commands import app


def bench(*args: object) -> Result:
    return CliRunner().invoke(app, ["bench", *(str(a) for a in args)])


@pytest.fixture
def tasks(monkeypatch):
    """Every law whose name ends in 1 is solved."""
    done: list[Task] = []

    def solve(task: Task) -> Record:
        done.append(task)
        known = {"r2": 1.0, "lack": 1e-30, "far": 0.5, "seconds": 2.0, "disagreement": 0.0, "formula": "a*b"}
        solved = task.name.endswith("1")
        return Record(**asdict(task), status="done", solved=solved, strict=solved, **known)

    monkeypatch.setattr("kantools.bench.run.record_of", solve)
    return done


def test_all_of_a_collection(tasks):
    result = bench("nguyen")
    assert result.exit_code == 0
    assert tasks == [Task(t.name, rows=20) for t in tasks]
    assert len(tasks) == 13
    header, row = result.stdout.splitlines()
    assert header.split()[:3] == ["method", "noise", "problems"]
    assert row.split()[:5] == ["kantools", "0", "13", "2", "15.4"]  # 1 and 11
    assert "Nguyen-8" in result.stderr


def test_every_setting_reaches_the_task(tasks):
    options = ("--noise", "0,0.1", "--rows", 77, "--time", 9, "--columns", 3, "--seed", "5,6", "--jobs", 2)
    assert bench("feynman", "--only", "I.12.1", *options).exit_code == 0
    assert set(tasks) == {
        Task("I.12.1", noise, 77, seed, "kantools", 9.0, False, 3) for noise in (0, 0.1) for seed in (5, 6)
    }


def test_proportional_noise_reaches_the_task(tasks):
    assert bench("nguyen", "--only", "Nguyen-1", "--noise", "0.05", "--proportional").exit_code == 0
    assert tasks == [Task("Nguyen-1", 0.05, 20, proportional=True)]


def test_both_errors_are_shown_if_asked_for(tasks):
    header, row = bench("nguyen", "--far").stdout.splitlines()
    assert header.split()[-3:] == ["1-R²", "far", "1-R²"]
    assert row.split()[-2:] == ["1e-30", "0.5"]
    assert "far" not in bench("nguyen").stdout
    assert json.loads(bench("nguyen", "--json", "-q").stdout)["summary"][0]["median_far"] == 0.5


def test_the_116_have_a_row_of_their_own(tasks):
    rows = bench("feynman", "bonus").stdout.splitlines()
    assert [row.split()[-11] for row in rows[1:]] == ["120", "116"]
    assert "SRBench's" in rows[2]


def test_one_document_for_programs(tasks):
    result = bench("nguyen", "--json", "-q")
    document = json.loads(result.stdout)
    assert [(part["problems"], part["solved"]) for part in document["summary"]] == [(13, 2)]
    assert [record["name"] for record in document["records"] if record["solved"]] == ["Nguyen-1", "Nguyen-11"]
    assert result.stderr == ""


def test_the_figure(tasks, tmp_path):
    assert bench("nguyen", "--plot", tmp_path / "solved.svg", "--noise", "0,0.1").exit_code == 0
    assert (tmp_path / "solved.svg").read_text().startswith("<?xml")


def test_odd_and_even(tasks):
    bench("feynman", "--odd")
    odd = {t.name for t in tasks}
    tasks.clear()
    bench("feynman", "--even")
    assert len(odd) == 50
    assert not odd & {t.name for t in tasks}


def test_random_laws_of_every_seed(tasks):
    assert bench("random", "--seed", "7,8", "--laws", 3, "--noise", 0.01).exit_code == 0
    assert tasks == [Task(f"random.{seed}.{k}", 0.01, 1000, seed) for seed in (7, 8) for k in range(3)]


def test_random_laws_are_none_of_srbench(tasks):
    rows = bench("random", "nguyen", "--laws", 2).stdout.splitlines()
    assert [row.split()[-11] for row in rows[1:]] == ["15", "13"]


def test_a_sample_is_of_all_collections_together(tasks):
    bench("feynman", "bonus", "--sample", 30)
    assert [tasks[k].name for k in (0, 1, -1)] == ["I.8.14", "I.12.1", "test_20"]
    assert len(tasks) == 30
    tasks.clear()
    bench("nguyen", "--odd", "--sample", 7)
    assert {t.rows for t in tasks} == {20}
    assert len(tasks) == 7


def test_results_are_gone_on_with(tasks, tmp_path):
    bench("nguyen", "--only", "Nguyen-1", "--out", tmp_path / "r.csv")
    result = bench("nguyen", "--only", "Nguyen-1,Nguyen-2", "--out", tmp_path / "r.csv")
    assert [t.name for t in tasks] == ["Nguyen-1", "Nguyen-2"]
    assert [r.name for r in read(tmp_path / "r.csv")] == ["Nguyen-1", "Nguyen-2"]
    assert result.stdout.splitlines()[1].split()[2] == "2"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("feynmann",), "did you mean"),
        (("nguyen", "--noise", "low"), '--noise takes numbers separated by commas; got "low"'),
        (("nguyen", "--method", "kantols"), 'no method "kantols"; did you mean "kantools"?'),
        (("nguyen", "--jobs", "0"), "got --jobs 0"),
        (("nguyen", "--odd", "--even"), "halves of a collection"),
        (("nguyen", "--plot", "solved.doc"), 'A figure ends in .png, .svg, .pdf; got --plot "solved.doc"'),
        (("nguyen", "--sample", "14"), "A sample has 1 to 13 of the problems asked for; got 14"),
        (("random", "--laws", "0"), "At least one law is drawn; got --laws 0"),
        (("random", "--only", "random.0.40"), 'no problem "random.0.40" among those of random asked for'),
        (("nguyen", "--rows", "2"), "at least 5 training rows"),
        (("nguyen", "--method", "gplearn", "--units"), "gplearn"),
    ],
)
def test_refusals(tasks, args, message):
    result = bench(*args)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not tasks


def test_a_failed_search_is_shown(monkeypatch):
    hang = {"status": "hang", "error": "ended"}
    monkeypatch.setattr("kantools.bench.run.record_of", lambda task: Record(**asdict(task), **hang))
    result = bench("nguyen", "--only", "Nguyen-1")
    assert result.exit_code == 0
    assert "hang: ended" in result.stderr
