"""A formula that people know by name is told by it, with the numbers that they quote."""

from pathlib import Path

import pytest

from kantools import SymbolicRegressor, load
from kantools.cli.output import show

TOLD = "Gaussian peak in wavelength"
WIDTH = "9.63 ± 0.11"


@pytest.fixture(scope="module")
def model() -> SymbolicRegressor:
    return SymbolicRegressor(hypotheses=["usual forms"], random_state=0).fit_table(load("filter"))


def test_the_model_knows_it(model):
    named = model.usual_form_
    assert str(named) == TOLD
    assert [str(quoted) for quoted in named.quoted][-1] == f"width at half height = {WIDTH}"


def test_a_formula_without_a_name_has_none():
    plain = SymbolicRegressor(hypotheses=["plain formulas"], random_state=0).fit_table(load("viscometer"))
    assert plain.usual_form_ is None


@pytest.mark.parametrize("ending", ["html", "txt"])
def test_reports_show_it(model, ending, tmp_path: Path):
    path = tmp_path / f"report.{ending}"
    model.report(path)
    text = path.read_text(encoding="utf-8")
    assert TOLD in text
    assert "width at half height" in text
    assert WIDTH in text


def test_the_command_line_prints_it(model, capsys):
    show(model, load("filter"), quiet=False, as_json=False, interrupted=False)
    printed = capsys.readouterr().out
    assert f"Known as: {TOLD}." in printed
    assert f"  width at half height = {WIDTH}" in printed
