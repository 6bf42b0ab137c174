"""``--units``: what a file may hold, and what it does."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kantools.cli.commands import app

FALL = "t,height\n0.5,1.226\n1,4.905\n1.5,11.036\n2,19.62\n2.5,30.656\n3,44.145\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fall.csv").write_text(FALL)
    return tmp_path


def fit(folder: Path, name: str, text: str) -> Result:
    (folder / name).write_text(text)
    words = ["fit", folder / "fall.csv", "--target", "height", "--units", folder / name, "--time-limit", "10"]
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_acceleration_of_free_fall_comes_with_its_unit(folder):
    result = fit(folder, "units.json", '{"t": "s", "height": "m"}')
    assert result.exit_code == 0
    assert "  c0 = 4.90" in result.stdout
    assert " m/s**2\n" in result.stdout
    assert " m/s**2 m" not in result.stdout


@pytest.mark.usefixtures("fake_discovery")
class TestFiles:
    def test_toml(self, folder):
        result = fit(folder, "units.toml", 't = "s"\nheight = "m"\n')
        assert result.exit_code == 0
        assert "Looking for height (m) as a formula in t (s)" in result.stderr

    def test_the_units_of_a_data_set(self):
        assert CliRunner().invoke(app, ["fit", "planets", "--units", "table"]).exit_code == 0

    @pytest.mark.parametrize(
        ("name", "text", "message"),
        [
            ("units.json", '{"t": "s"}', 'Every column has a unit; "height" has none. Give one'),
            ("units.json", '{"t": "s", "height": "metter"}', 'The unit of "height" is one that pint knows'),
            ("units.json", '{"t": 1, "height": "m"}', "units.json holds something else. Correct it."),
            ("units.json", '["s"]', "units.json holds something else. Correct it."),
            ("units.json", "{", "units.json is no valid JSON"),
            ("units.toml", "t = s", "units.toml is no valid TOML"),
            ("units.txt", "t = s", "Units are read from a .json or .toml file"),
        ],
    )
    def test_refused(self, folder, name, text, message):
        result = fit(folder, name, text)
        assert result.exit_code == 2
        assert message in result.stderr

    def test_no_such_file(self, folder):
        result = CliRunner().invoke(app, ["fit", "planets", "--units", "nothing.json"])
        assert result.exit_code == 2
        assert "nothing.json" in result.stderr
