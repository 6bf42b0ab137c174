"""A process that hangs, crashes or chatters."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path

import pytest

from kantools.bench import isolated
from kantools.bench.isolated import Answers, ask

NAP = 600  # longer than any test


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def is_gone(pid: int, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < end:
        time.sleep(0.01)
    return not is_alive(pid)


def test_answers():
    found = ask(enumerate, "abc", [60])
    assert (found.stages, found.late, found.code) == (((0, "a"), (1, "b"), (2, "c")), False, 0)


def test_the_same_where_processes_cannot_be_forked(monkeypatch):
    monkeypatch.setattr(isolated, "_CONTEXT", get_context("spawn"))
    isolated.load_once(["kantools.bench.worker"])
    assert ask(enumerate, "a", [60]) == Answers(((0, "a"),), late=False, code=0)
    assert ask(crash, "no memory", [60]).notes == "no memory"
    assert ask(first_and_nap, 0, [60, 0.3]).late


def first_and_nap(ignored: int) -> Iterator[object]:
    if ignored:
        signal.signal(ignored, signal.SIG_IGN)
    yield "first"
    time.sleep(NAP)


def test_a_stage_that_takes_too_long_is_the_end_but_what_came_before_stays():
    found = ask(first_and_nap, 0, [60, 0.3])
    assert (found.stages, found.late, found.code) == (("first",), True, None)


def test_signals_do_not_help_it():
    assert ask(first_and_nap, signal.SIGTERM, [60, 0.3]).late


def crash(question: str) -> Iterator[str]:
    yield question
    raise SystemExit(question)


def test_a_crash_says_how():
    found = ask(crash, "no memory", [60])
    assert (found.stages, found.late, found.code, found.notes) == (("no memory",), False, 1, "no memory")


def fail(question: str) -> Iterator[str]:
    yield from ()
    print("about to fail")
    raise ValueError(question)


def test_an_error_leaves_the_end_of_its_traceback():
    found = ask(fail, "not a law", [60])
    assert found.code == 1
    assert found.notes.endswith("ValueError: not a law")


def kill_itself(number: int) -> Iterator[object]:
    yield from ()
    os.kill(os.getpid(), number)


def test_death_by_signal():
    assert ask(kill_itself, signal.SIGKILL, [60]).code == -9


def test_a_crash_of_one_is_nothing_to_the_next():
    ask(kill_itself, signal.SIGKILL, [60])
    assert ask(enumerate, "a", [60]).code == 0


def threads(names: list[str]) -> Iterator[object]:
    yield [os.environ[name] for name in names]


def test_libraries_get_one_thread_and_this_process_keeps_its_own():
    before = dict(os.environ)
    found = ask(threads, ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"], [60])
    assert found.stages == (["1", "1"],)
    assert dict(os.environ) == before


def with_a_child(question: object) -> Iterator[int]:
    yield subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({NAP})"]).pid
    time.sleep(NAP)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
def test_children_of_a_late_process_end_with_it():
    found = ask(with_a_child, None, [60, 0.1])
    assert found.late
    assert is_gone(found.stages[0])


RUN = """
from kantools.bench.isolated import ask, load_once
from tests.kantools.bench.test_isolated import tell_and_nap
if __name__ == "__main__":
    load_once(["tests.kantools.bench.test_isolated"])
    ask(tell_and_nap, {path!r}, [{nap}])
"""


def tell_and_nap(path: str) -> Iterator[object]:
    Path(path).write_text(f"{os.getpid()} {os.getppid()}\n")
    yield from ()
    time.sleep(NAP)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
def test_nothing_is_left_of_a_run_that_was_killed(tmp_path):
    """Neither the task's process nor the one it was forked from, and nobody could catch the signal."""
    told = tmp_path / "pids.txt"
    program = tmp_path / "run.py"
    program.write_text(RUN.format(path=str(told), nap=NAP))
    run = subprocess.Popen(
        [sys.executable, str(program)], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    with run:
        end = time.monotonic() + 60
        while not (told.exists() and told.read_text().endswith("\n")) and time.monotonic() < end:
            time.sleep(0.01)
        run.kill()
    assert all(is_gone(pid) for pid in map(int, told.read_text().split()))


@pytest.mark.skipif("forkserver" not in get_all_start_methods(), reason="processes cannot be forked")
def test_what_is_loaded_once_is_there_in_every_process(tmp_path):
    """In a run of its own, because the process that others are forked from starts once."""
    (tmp_path / "heavy.py").write_text("import os; LOADED_BY = os.getpid()")
    (tmp_path / "run.py").write_text(
        "from kantools.bench.isolated import ask, load_once\n"
        "if __name__ == '__main__':\n"
        "    load_once(['heavy'])\n"
        "    print(len({ask(eval, '[__import__(\"heavy\").LOADED_BY]', [60]).stages for _ in range(3)}))\n"
    )
    done = subprocess.run(
        [sys.executable, "run.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
    )
    assert done.stdout == "1\n"
