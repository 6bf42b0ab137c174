"""The pages on adding a thing: their files are found, their code runs, and what they add conforms."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs" / "adding").glob("*.md"))
FILE = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TESTS = re.compile(r"^python -m (pytest .*)$", re.MULTILINE)


def run(command: list[str], page: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command for which the files of a page stand in their places."""
    for name, text in FILE.findall(page.read_text(encoding="utf-8")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    environment = {**os.environ, "KANTOOLS_ADDED": str(folder), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_adds_works(page: Path, tmp_path: Path) -> None:
    (code,) = CODE.findall(page.read_text(encoding="utf-8"))
    done = run(["-c", f"import tests.added\n{code}"], page, tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_adds_conforms(page: Path, tmp_path: Path) -> None:
    command = TESTS.search(page.read_text(encoding="utf-8"))
    assert command is not None
    done = run(["-m", *shlex.split(command[1]), "-q", "-p", "tests.added"], page, tmp_path)
    assert done.returncode == 0, done.stdout
    assert re.search(r"\b[1-9]\d* passed", done.stdout)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_files_of_a_page_are_new_and_compile(page: Path) -> None:
    files = FILE.findall(page.read_text(encoding="utf-8"))
    assert files
    for name, text in files:
        assert (ROOT / name).parent.is_dir()
        assert not (ROOT / name).exists()
        assert not name.endswith(".py") or compile(text, name, "exec")
