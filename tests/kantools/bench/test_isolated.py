"""A process that hangs, crashes or chatters."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kantools.bench.isolated import ask


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def test_answers():
    found = ask(python("for k in range(3): print(k, flush=True)"), "", [30])
    assert (found.lines, found.late, found.code) == (("0", "1", "2"), False, 0)


def test_a_stage_that_takes_too_long_is_the_end_but_what_came_before_stays():
    began = time.monotonic()
    found = ask(python("import time; print('first', flush=True); time.sleep(600)"), "", [60, 0.3])
    assert (found.lines, found.late, found.code) == (("first",), True, None)
    assert time.monotonic() - began < 30


def test_signals_do_not_help_it():
    program = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True)"
    found = ask(python(program + "; time.sleep(600)"), "", [60, 0.3])
    assert found.late


def test_a_crash_says_how():
    found = ask(python("raise SystemExit('no memory')"), "", [30])
    assert (found.lines, found.late, found.code, found.notes) == ((), False, 1, "no memory")


def test_death_by_signal():
    assert ask(python("import os; os.kill(os.getpid(), 9)"), "", [30]).code == -9


def test_libraries_get_one_thread():
    program = "import os; print(os.environ['OMP_NUM_THREADS'], os.environ['OPENBLAS_NUM_THREADS'])"
    assert ask(python(program), "", [30]).lines == ("1 1",)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
def test_children_of_a_late_process_end_with_it():
    program = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    found = ask(python(program), "", [60, 0.1])
    assert found.late
    ended = time.monotonic() + 10
    while is_alive(int(found.lines[0])) and time.monotonic() < ended:
        time.sleep(0.01)
    assert not is_alive(int(found.lines[0]))


def test_the_worker_ends_when_its_run_is_gone():
    """Its standard input closes when the run dies, also by a signal that cannot be caught."""
    program = "from kantools.bench.worker import _end_with_the_run as f; print(1, flush=True); f()"
    worker = subprocess.Popen(python(program), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with worker:
        assert worker.stdout is not None
        assert worker.stdin is not None
        assert worker.stdout.readline() == b"1\n"
        assert worker.poll() is None
        worker.stdin.close()
        assert worker.wait(30) == 1
