"""``kantools refit``: a form that is given, from the command line."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import t
from typer.testing import CliRunner, Result

from kantools.cli.commands import app


@pytest.fixture
def fall(tmp_path: Path) -> Path:
    t = np.linspace(0.1, 3, 12)
    noise = 1e-3 * np.random.default_rng(0).normal(size=12)
    rows = (f"{a},{4.905 * a**2 + 2 + e}" for a, e in zip(t, noise, strict=True))
    (tmp_path / "fall.csv").write_text("\n".join(("t,height", *rows)))
    return tmp_path / "fall.csv"


def refit(*args: object) -> Result:
    return CliRunner().invoke(app, ["refit", *map(str, args)])


def test_constants_come_with_errors_and_intervals(fall: Path) -> None:
    result = refit(fall, "--target", "height", "--form", "g*t^2/2 + h")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("height = ")
    (told,) = (line for line in lines if line.startswith("  g = "))
    value, low, high = map(float, re.findall(r"g = (\S+) ± \S+, 95 % between (\S+) and (\S+)", told)[0])
    assert low < value < high
    assert (value, high - low) == (pytest.approx(9.81, abs=0.005), pytest.approx(0, abs=0.005))
    assert "on 12 rows" in lines[-1]


def test_quiet_is_one_line(fall: Path) -> None:
    result = refit(fall, "--target", "height", "--form", "a*t**2", "--start", "a=5", "-q")
    assert len(result.stdout.splitlines()) == 1


def test_one_document_for_programs(fall: Path) -> None:
    result = refit(fall, "--target", "height", "--form", "g*t^2/2 + h", "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert (document["target"], document["columns"], document["rows"]) == ("height", ["t"], 12)
    assert document["formula"].startswith("height = ")
    g = next(c for c in document["constants"] if c["name"] == "g")
    assert g["lower"] < 9.81 < g["upper"]
    assert g["upper"] - g["value"] == pytest.approx(t.ppf(0.975, 10) * g["error"])
    assert 0 < document["unexplained"] < 1e-6


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--form", "g*t^^2"), "formula|operator|expect"),
        (("--form", "height + a"), 'contains the target "height"'),
        (
            ("--form", "a*t", "--start", "a"),
            '--start gives constants first values, such as "a=1,b=0.5"; got "a"',
        ),
        (("--form", "a*t", "--start", "a=x"), "--start gives constants first values"),
        (
            ("--form", "a*t", "--profile", "95"),
            "A level of confidence is between 0 and 1, such as 0.95",
        ),
        (
            ("--form", "a*t", "--profile", "0.9", "--loss", "huber"),
            "A profile is that of squared residuals; got --loss huber.",
        ),
    ],
)
def test_refusals(fall: Path, options: tuple[str, ...], message: str) -> None:
    result = refit(fall, "--target", "height", *options)
    assert result.exit_code == 2
    assert "Traceback" not in result.output

    assert re.search(message.replace("(", r"\("), " ".join(result.output.split()))


def test_profiles_and_terms_below_the_noise_are_told_on_request(fall: Path) -> None:
    form = "--target", "height", "--form", "g*t^2/2 + h + c*t^3"
    plain = refit(fall, *form).stdout
    result = refit(fall, *form, "--profile", "0.99", "--negligible")
    assert result.exit_code == 0
    assert "By the profile of the loss, 99 %:" in result.stdout.splitlines()
    (told,) = re.findall(r"^  g between (\S+) and (\S+)$", result.stdout, re.MULTILINE)
    low, high = map(float, told)
    plain_low, plain_high = map(float, re.findall(r"g = .*95 % between (\S+) and (\S+)", plain)[0])
    assert low < plain_low < 9.81 < plain_high < high
    assert "noise" in result.stdout
    assert "profile" not in plain


def test_of_a_line_the_profile_is_the_interval(fall: Path) -> None:
    form = "--target", "height", "--form", "g*t^2/2 + h"
    document = json.loads(refit(fall, *form, "--json", "--profile", "0.95", "--negligible").stdout)
    g = next(c for c in document["constants"] if c["name"] == "g")
    assert document["profile"]["level"] == 0.95
    assert document["profile"]["intervals"]["g"] == pytest.approx([g["lower"], g["upper"]], rel=1e-6)
    assert document["negligible"] == []
