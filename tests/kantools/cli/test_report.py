"""``kantools report``, and the report of ``kantools fit --out``."""

import hashlib
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kantools.cli.commands import app
from tests.kantools.cli.test_cli import FALL


def kantools(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture
def fall(tmp_path: Path) -> Path:
    (tmp_path / "fall.csv").write_text(FALL)
    return tmp_path / "fall.csv"


@pytest.fixture
def run(fake_discovery, fall: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    args = ["fit", str(fall), "--target", "height", "--sigma", "e", "--out", str(fall.parent / "run")]
    monkeypatch.setattr(sys, "argv", ["kantools", *args])
    assert kantools(*args).exit_code == 0
    return fall.parent / "run"


def model_in(folder: Path) -> Path:
    return next(folder.glob("model.*"))


def test_fit_tells_its_command_and_its_file(run, fall):
    page = (run / "report.html").read_text(encoding="utf-8")
    assert f"kantools fit {fall} --target height --sigma e" in page
    assert hashlib.sha256(fall.read_bytes()).hexdigest() in page
    assert 'id="residuals-title"' in page


def test_report_of_a_saved_model(run, fall):
    out = run / "again.html"
    result = kantools("report", model_in(run), "--data", fall, "--sigma", "e", "--out", out)
    assert result.exit_code == 0, result.stderr
    assert f"Written to {out}." in result.stderr
    page = out.read_text(encoding="utf-8")
    assert "residual / standard error" in page
    assert "SymbolicRegressor(" in page  # the search, not the command that wrote the report


def test_without_data(run):
    out = run / "again.json"
    assert kantools("report", model_in(run), "--out", out).exit_code == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["data"] is None
    assert told["formula"]["equation"].startswith("height = ")


def test_unknown_ending(run):
    result = kantools("report", model_in(run), "--out", run / "report.pdf")
    assert result.exit_code == 2
    assert 'A report ends in .html, .htm, .txt, .json; got "report.pdf".' in result.stderr


def test_other_table(run):
    result = kantools("report", model_in(run), "--data", "planets", "--out", run / "r.html")
    assert result.exit_code == 2
    assert "Error: " in result.stderr
