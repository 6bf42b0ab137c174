"""A search that is ended goes on, results are printed before files are tried, and no file is ever half."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from kantools import SymbolicRegressor
from kantools.cli.commands import app
from kantools.cli.resume import CHECKPOINT, keeper_in
from kantools.datasets import EXPERIMENTS
from kantools.estimators.files.checkpoint import (
    Checkpoint,
    Keeper,
    fingerprint,
    read_checkpoint,
    write_checkpoint,
)
from kantools.estimators.files.model_file import ModelFileError

PLANETS = EXPERIMENTS["planets"].table()


def fit(*args: object) -> Result:
    return CliRunner().invoke(app, ["fit", "planets", *(str(a) for a in args)])


def mark(**settings: object) -> str:
    """Of what `kantools fit planets` searches."""
    return fingerprint(SymbolicRegressor(**{"random_state": 0, **settings}), PLANETS)


@pytest.fixture
def front(fake_discovery):
    return fake_discovery.discover(PLANETS, **dict.fromkeys(SETTINGS)).front


SETTINGS = (
    *("primitives", "forbid", "units", "basis", "time_limit", "max_complexity", "selection", "loss"),
    *("seed", "progress"),
)


@pytest.fixture
def seen(fake_discovery, monkeypatch):
    """The arguments of each search."""
    calls: list[dict] = []
    search = fake_discovery.discover

    def discover(table, known=(), **settings):
        calls.append({**settings, "known": known})
        return search(table, **settings)

    monkeypatch.setattr(fake_discovery, "discover", discover)
    return calls


def test_a_checkpoint_comes_back(front, tmp_path):
    write_checkpoint(Checkpoint("mark", 2.5, front), tmp_path / "c")
    again = read_checkpoint(tmp_path / "c")
    assert (again.fingerprint, again.seconds) == ("mark", 2.5)
    assert [str(f) for f in again.formulas] == [str(f) for f in front]
    assert read_checkpoint(tmp_path / "none") is None


def test_the_fingerprint_is_of_table_and_settings():
    from dataclasses import replace

    model = SymbolicRegressor(random_state=0)
    other = PLANETS.y.copy()
    other[3] = np.nextafter(other[3], 0)
    tables = [replace(PLANETS, y=other), replace(PLANETS, target="T"), replace(PLANETS, sigma=None)]
    others = {fingerprint(model, t) for t in tables} | {mark(random_state=1), mark(primitives=["exp"])}
    assert len(others | {mark()}) == 6
    assert mark(time_limit=3, selection="knee", progress=True) == mark()


def test_a_checkpoint_is_written_every_few_seconds(front, tmp_path, monkeypatch):
    class Now:
        formulas = front

    keeper = Keeper(tmp_path / "c", Checkpoint("mark", 40.0), every=0.05)
    keeper(Now)
    assert not keeper.path.exists()
    time.sleep(0.06)
    keeper(Now)
    assert read_checkpoint(keeper.path).seconds >= 40.06
    monkeypatch.setattr(os, "replace", full_disk)
    keeper.keep(front)
    assert "Make room there" in str(keeper.failed)
    keeper.remove()
    assert not list(tmp_path.iterdir())


def full_disk(*args: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_the_same_command_goes_on(front, seen, tmp_path):
    write_checkpoint(Checkpoint(mark(), 50.0, front), tmp_path / CHECKPOINT)
    (tmp_path / ".kantools-half.png").write_text("of the run that was killed")
    result = fit("--out", tmp_path, "--time-limit", 60)
    assert result.exit_code == 0, result.stderr
    assert f"Note: going on with {len(front)} formulas of a search of 50 s that was ended." in result.stderr
    assert seen[0]["time_limit"] == 10
    assert [str(f) for f in seen[0]["known"]] == [str(f) for f in front]
    assert not {CHECKPOINT, ".kantools-half.png"} & {p.name for p in tmp_path.iterdir()}
    assert SymbolicRegressor.load(tmp_path / "model.kantools").time_limit == 60


def begun(folder: Path) -> Checkpoint:
    return keeper_in(folder, SymbolicRegressor(random_state=0), PLANETS, quiet=False).begun


def test_one_of_another_search_is_left_alone(front, tmp_path, capsys):
    path = tmp_path / CHECKPOINT
    for settings in ({"random_state": 1}, {"max_complexity": 9}):
        write_checkpoint(Checkpoint(mark(**settings), 50.0, front), path)
        assert begun(tmp_path) == Checkpoint(mark())
        assert "checkpoint.kantools is of another table or of other settings" in capsys.readouterr().err
    path.write_bytes(b"half a f")
    assert begun(tmp_path) == Checkpoint(mark())
    assert "Note: checkpoint.kantools is no model, or a truncated one" in capsys.readouterr().err
    SymbolicRegressor(random_state=0).fit_table(PLANETS).save(path)
    assert begun(tmp_path) == Checkpoint(mark())
    assert "holds a SymbolicRegressor and no checkpoint" in capsys.readouterr().err


def test_a_checkpoint_is_no_model(front, tmp_path):
    write_checkpoint(Checkpoint("mark", 2.5, front), tmp_path / "c")
    with pytest.raises(ModelFileError, match="holds a Checkpoint"):
        SymbolicRegressor.load(tmp_path / "c")


def interrupted(fake_discovery, monkeypatch, times: int) -> None:
    """Ctrl-C, so many times, in a search that gives what it has."""
    search = fake_discovery.discover

    def discover(table, known=(), **settings):
        for _ in range(times):
            try:
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(1)
            except KeyboardInterrupt:
                pass
        return search(table, **settings)

    monkeypatch.setattr(fake_discovery, "discover", discover)


def test_ctrl_c_prints_and_writes_the_best_so_far(fake_discovery, monkeypatch, tmp_path):
    interrupted(fake_discovery, monkeypatch, 1)
    result = fit("--out", tmp_path)
    assert result.exit_code == 130
    assert "period = " in result.stdout
    assert "Interrupted." in result.stderr
    assert {"model.kantools", "formula.txt", CHECKPOINT} <= {p.name for p in tmp_path.iterdir()}
    assert len(read_checkpoint(tmp_path / CHECKPOINT).formulas) == 3
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_ctrl_c_leaves_at_once(fake_discovery, monkeypatch, tmp_path):
    interrupted(fake_discovery, monkeypatch, 2)
    result = fit("--out", tmp_path)
    assert (result.exit_code, result.stdout) == (130, "")
    assert [p.name for p in tmp_path.iterdir()] == [CHECKPOINT]


@pytest.mark.usefixtures("fake_discovery")
def test_a_full_disk_after_the_search(monkeypatch, tmp_path):
    assert fit("--out", tmp_path).exit_code == 0
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda a, b: replace(a, b) if "trial" in str(b) else full_disk())
    result = fit("--out", tmp_path, "--max-complexity", 50)
    assert result.exit_code == 3
    assert "period = " in result.stdout
    assert f'Cannot write formula.txt into the folder "{tmp_path}" (No space left' in result.stderr
    assert "Make room there, or choose another folder; the old file is as it was." in result.stderr
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_a_folder_that_is_read_only_is_told_before_the_search(seen, monkeypatch, tmp_path):
    def read_only(*args: object, **options: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", read_only)
        result = fit("--out", tmp_path)
    assert result.exit_code == 3
    assert f'into the folder "{tmp_path}" (Read-only file system). Choose a folder that you' in result.stderr
    monkeypatch.setattr(Path, "mkdir", read_only)
    assert 'Cannot make the folder "' in fit("--out", tmp_path / "new").stderr
    assert not seen


# Real processes, really killed.


def noisy(folder: Path) -> Path:
    """A table on which a search is long."""
    draw = np.random.default_rng(0)
    X = draw.uniform(0.5, 2, (300, 4))
    y = np.sin(X[:, 0] * X[:, 1]) / (1 + X[:, 2]) + X[:, 3] * np.exp(-X[:, 0]) + draw.normal(0, 0.05, 300)
    np.savetxt(folder / "d.csv", np.column_stack([X, y]), delimiter=",", header="a,b,c,d,y", comments="")
    return folder / "d.csv"


def started(data: Path, out: Path, seconds: float) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "kantools", "fit", str(data), "--target", "y", "--out", str(out)]
    return subprocess.Popen(
        [*command, "--time-limit", str(seconds)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for(path: Path, process: "subprocess.Popen[str]", seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.slow
def test_killed_and_resumed(tmp_path):
    data, out = noisy(tmp_path), tmp_path / "run"
    process = started(data, out, 600)
    wait_for(out / CHECKPOINT, process)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    kept = read_checkpoint(out / CHECKPOINT)
    best = min(f.description_length for f in kept.formulas)
    process = started(data, out, kept.seconds + 2)
    stdout, stderr = process.communicate(timeout=300)
    assert process.returncode == 0, stderr
    assert f"going on with {len(kept.formulas)} formulas" in stderr
    assert "y = " in stdout
    front = SymbolicRegressor.load(out / "model.kantools").discovery_.front
    assert min(f.description_length for f in front) <= best + 1e-6 * abs(best)
    assert not [p for p in out.iterdir() if p.name == CHECKPOINT or p.name.startswith(".")]


@pytest.mark.slow
def test_ctrl_c_in_a_real_process(tmp_path):
    data, out = noisy(tmp_path), tmp_path / "run"
    process = started(data, out, 600)
    wait_for(out / CHECKPOINT, process)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=120)
    assert process.returncode == 130, stderr
    assert "y = " in stdout
    assert "Traceback" not in stderr
    SymbolicRegressor.load(out / "model.kantools")
    assert read_checkpoint(out / CHECKPOINT).formulas
