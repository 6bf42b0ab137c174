"""Which kantools made a result."""

import subprocess
from importlib.metadata import version

import pytest

from kantools.bench.stamp import stamp


def git(folder, *command):
    name = ("-c", "user.name=A", "-c", "user.email=a@b.c")
    subprocess.run(["git", "-C", str(folder), *name, *command], check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path):
    git(tmp_path, "init")
    (tmp_path / "law.txt").write_text("F = m*a")
    git(tmp_path, "add", "law.txt")
    git(tmp_path, "commit", "-m", "first")
    return tmp_path


def test_without_a_checkout_it_is_the_version(tmp_path):
    assert stamp(tmp_path) == version("kantools")


def test_a_checkout_says_its_commit(checkout):
    commit = subprocess.run(
        ["git", "-C", str(checkout), "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert stamp(checkout) == f"{version('kantools')}+{commit}"


def test_and_whether_files_were_changed(checkout):
    (checkout / "law.txt").write_text("F = m*g")
    assert stamp(checkout).endswith("-dirty")
