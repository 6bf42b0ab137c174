"""What is installed: every package is listed, and the wheel holds it."""

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = {"kantools": "kantools", "symbolic": "kantools.symbolic", "datasets": "kantools.datasets"}


def settings() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def packages() -> set[str]:
    """Every folder with modules, as the name that it is imported by; the linked rooms count once."""
    found = set()
    for room, package in ROOMS.items():
        for file in (ROOT / room).rglob("*.py"):
            folders = file.relative_to(ROOT / room).parts[:-1]
            if room != "kantools" or folders[:1] not in (("symbolic",), ("datasets",)):
                found.add(".".join((package, *folders)))
    return found


def test_every_package_is_listed():
    assert packages() == set(settings()["packages"])


def test_every_package_has_an_init():
    for package in packages():
        room = next(r for r, p in sorted(ROOMS.items(), reverse=True) if package.startswith(p))
        folder = ROOT / room / package.removeprefix(ROOMS[room]).lstrip(".").replace(".", "/")
        assert (folder / "__init__.py").is_file(), package


def test_the_command_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"kantools": "kantools.cli:main"}


@pytest.mark.slow
def test_wheel(tmp_path):
    source = tmp_path / "source"
    for room in ROOMS:
        shutil.copytree(
            ROOT / room, source / room, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
        )
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / file).is_file():
            shutil.copy(ROOT / file, source)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-q", "."]
    subprocess.run([*command, "-w", str(tmp_path)], cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for room, package in ROOMS.items():
        for file in (ROOT / room).rglob("*"):
            inside = file.relative_to(ROOT / room)
            linked = room == "kantools" and inside.parts[:1] in (("symbolic",), ("datasets",))
            if file.suffix in (".py", ".csv") and not linked:
                assert f"{package.replace('.', '/')}/{inside.as_posix()}" in names
    assert "kantools/py.typed" in names
