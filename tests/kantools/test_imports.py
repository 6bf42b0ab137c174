"""What is imported when, and that every public name is there."""

import subprocess
import sys

import pytest

import kantools

HEAVY = ("torch", "matplotlib", "sympy", "numba", "sklearn", "pandas", "scipy")


def imported_by(code: str) -> set[str]:
    code += f"\nimport sys; print('loaded:', *[m for m in {HEAVY} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.rpartition("loaded:")[2].split())


def test_import_is_light():
    assert imported_by("import kantools") == set()


def test_help_is_light():
    code = "from typer.testing import CliRunner; from kantools.cli.commands import app\n"
    code += "for words in (['--help'], ['--version'], ['fit', '--help']):\n"
    code += "    assert CliRunner().invoke(app, words).exit_code == 0"
    assert imported_by(code) == set()


def test_table_and_prediction_need_no_torch():
    assert "torch" not in imported_by("from kantools import Table, read_table, load; load('planets')")
    assert not {"torch", "matplotlib"} & imported_by(
        "import kantools.estimators.files.model_file, kantools.cli.input"
    )


@pytest.mark.parametrize("name", kantools.__all__)
def test_public_names(name):
    assert getattr(kantools, name) is not None
    assert name in dir(kantools)


def test_unknown_name():
    with pytest.raises(AttributeError, match="no attribute 'Kan'"):
        kantools.Kan  # noqa: B018
