"""``kantools hypotheses`` on the command line: what a search tries, and by which thresholds."""

import json

from click.testing import Result
from typer.testing import CliRunner

from kantools.cli.commands import app
from kantools.discovery.about import thresholds_of
from kantools.discovery.policy import Policy
from kantools.discovery.roster import HYPOTHESES


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["hypotheses", *words])


def test_all_are_listed_with_formula_time_and_cost() -> None:
    lines = run().stdout.splitlines()
    assert set(lines[::3]) == set(HYPOTHESES)
    at = lines.index("polynomial with few terms")
    assert lines[at + 1].startswith("  y = Σ c_t Π u_i: the polynomial with the shortest description")
    assert lines[at + 2].startswith("  on arrival in a view; ")


def test_one_is_shown_with_its_prose_and_its_thresholds() -> None:
    shown = run("smooth", "power").stdout
    assert "Rows are sorted by each product in turn" in shown
    (line,) = (x for x in shown.splitlines() if x.startswith("most_columns"))
    assert line.split() == ["most_columns", "4", "size", "more", "columns", "have", "too", "many", "products"]


def test_the_policy_is_that_of_the_walk() -> None:
    lines = run("--policy").stdout.splitlines()[1:]
    names = [line.split()[0] for line in lines if not line.startswith(" ")]
    assert names == [t.name for t in thresholds_of(Policy())]


def test_as_json_they_are_for_programs() -> None:
    of = json.loads(run("--json", "idle columns").stdout)
    assert (of["name"], of["thresholds"][0]["name"], of["thresholds"][0]["kind"]) == (
        "idle columns",
        "many",
        "size",
    )
    assert {each["name"] for each in json.loads(run("--json").stdout)} == set(HYPOTHESES)
    assert json.loads(run("--json", "--policy").stdout)[0]["name"] == "holds"


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    result = run("one curves")
    assert result.exit_code == 2
    assert 'There is no hypothesis "one curves"; did you mean "one curve"' in result.stderr


def test_the_policy_has_no_name() -> None:
    result = run("--policy", "one curve")
    assert result.exit_code == 2
    assert "--policy shows the thresholds of the walk" in result.stderr
