"""The linter reports circles of files, also where only types or a function's body need the import."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OPTIONS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONFIGURATION = f"""
[tool.importlinter]
root_package = "house"
contract_types = {OPTIONS["contract_types"]}
exclude_type_checking_imports = {str(OPTIONS.get("exclude_type_checking_imports", False)).lower()}

[[tool.importlinter.contracts]]
name = "no circle"
type = "no_circles"
"""
FOR_TYPES = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from house.door import Door\n"
LATE = "def key():\n    from house.door import Door\n"


def lint(folder: Path, lock: str) -> subprocess.CompletedProcess[str]:
    """What the linter says of a package in which the door imports the lock."""
    files = {"__init__": "", "door": "from house.lock import Lock\n", "lock": lock}
    (folder / "house").mkdir()
    for name, text in files.items():
        (folder / "house" / f"{name}.py").write_text(text)
    (folder / "pyproject.toml").write_text(CONFIGURATION)
    code = "from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", code, "--no-cache"]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True)


@pytest.mark.parametrize("lock", [FOR_TYPES, LATE], ids=["types only", "in a function"])
def test_a_circle_of_two_files_is_reported(tmp_path: Path, lock: str) -> None:
    run = lint(tmp_path, lock)
    assert run.returncode == 1
    assert "house.door -> house.lock -> house.door" in run.stdout


def test_one_way_is_no_circle(tmp_path: Path) -> None:
    run = lint(tmp_path, "class Lock: ...\n")
    assert run.returncode == 0, run.stdout


def test_the_contract_holds_for_the_package() -> None:
    assert "no_circles" in {contract["type"] for contract in OPTIONS["contracts"]}
