"""Files are written whole or not at all, and the refusal says where and what to do."""

import errno
import os
from pathlib import Path

import pytest

from kantools.writing import UNFINISHED, WriteError, replacing, write_atomically


@pytest.fixture
def law(tmp_path: Path) -> Path:
    write_atomically(tmp_path / "law.txt", "y = x")
    return tmp_path / "law.txt"


def failing(number: int):
    def fail(*args: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def only(path: Path) -> bool:
    return [p.name for p in path.parent.iterdir()] == [path.name] and path.read_text() == "y = x"


@pytest.mark.parametrize("step", ["replace", "fsync"])
@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "(No space left on device). Make room there, or choose another folder"),
        (errno.EDQUOT, "Make room there"),
        (errno.EROFS, "(Read-only file system). Choose a folder that you may write to"),
        (errno.EIO, "Choose a folder"),
    ],
)
def test_a_failed_write_leaves_the_old_file(law, monkeypatch, step, number, remedy):
    monkeypatch.setattr(os, step, failing(number))
    with pytest.raises(WriteError) as error:
        write_atomically(law, "new")
    assert f'Cannot write law.txt into the folder "{law.parent}"' in str(error.value)
    assert remedy in str(error.value)
    assert str(error.value).endswith("; the old file is as it was.")
    assert only(law)


def test_missing_folder(tmp_path):
    with pytest.raises(WriteError, match=r"Make the folder first\.$"):
        write_atomically(tmp_path / "no" / "law.txt", "")


def half_written(path: Path) -> None:
    with replacing(path) as unfinished:
        assert unfinished.name.startswith(UNFINISHED)
        assert unfinished.suffix == ".txt"
        unfinished.write_text("half")
        raise KeyboardInterrupt


def test_an_interrupt_leaves_the_old_file(law):
    with pytest.raises(KeyboardInterrupt):
        half_written(law)
    assert only(law)


def test_permissions_are_those_of_any_new_file(law):
    (law.parent / "other").write_text("")
    assert law.stat().st_mode == (law.parent / "other").stat().st_mode


def test_long_names(tmp_path):
    write_atomically(tmp_path / ("n" * 250 + ".txt"), b"x")
