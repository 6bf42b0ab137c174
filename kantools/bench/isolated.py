"""A process that answers in stages, each within its time, or is ended.

Nothing inside a process can bound the time of a sympy call or of compiled code, so the bound stands outside.
"""

import os
import queue
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO

__all__ = ["Answers", "ask"]

#: One thread a process, whichever library asks.
ONE_THREAD = {
    name: "1"
    for name in (
        *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"),
        *("VECLIB_MAXIMUM_THREADS", "NUMBA_NUM_THREADS"),
    )
}
NOTES = 300  # last characters of standard error that are kept


@dataclass(frozen=True)
class Answers:
    """What a process wrote.

    Attributes
    ----------
    lines : tuple of str
    late : bool
        Whether it was ended because a line did not come in time.
    code : int or None
        Exit status; negative for a signal. None where it was ended.
    notes : str
        The end of its standard error.
    """

    lines: tuple[str, ...]
    late: bool
    code: int | None
    notes: str = field(default="", compare=False)


def ask(command: Sequence[str], question: str, seconds: Sequence[float]) -> Answers:
    """Run a command, give it a line, and collect its lines, each awaited for so many seconds.

    Parameters
    ----------
    command : sequence of str
    question : str
        One line of its standard input, which then stays open until it ends.
    seconds : sequence of float
        How long to wait for the first line, the second, …; the last holds for all further ones and for the
        end.

    Examples
    --------
    >>> import sys
    >>> ask([sys.executable, "-c", "print(input() * 2)"], "ab", [30])
    Answers(lines=('abab',), late=False, code=0, notes='')
    """
    with tempfile.TemporaryFile() as errors:
        with _process(command, errors) as process:
            assert process.stdin is not None
            _give(process.stdin, question)
            lines, late = _collect(process, seconds)
            code = None if late else process.wait()
        return Answers(lines, late, code, _end(errors))


@contextmanager
def _process(command: Sequence[str], errors: IO[bytes]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        env={**os.environ, **ONE_THREAD},
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            _end_with_children(process)


def _end_with_children(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _give(stdin: IO[str], question: str) -> None:
    with suppress(BrokenPipeError):  # it ended before it read; its status says why
        print(question, file=stdin, flush=True)


def _collect(process: subprocess.Popen[str], seconds: Sequence[float]) -> tuple[tuple[str, ...], bool]:
    arrived: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_forward, args=(process, arrived), daemon=True).start()
    lines: list[str] = []
    while True:
        try:
            line = arrived.get(timeout=seconds[min(len(lines), len(seconds) - 1)])
        except queue.Empty:
            return tuple(lines), True
        if line is None:
            return tuple(lines), False
        lines.append(line)


def _forward(process: subprocess.Popen[str], arrived: "queue.Queue[str | None]") -> None:
    assert process.stdout is not None
    for line in process.stdout:
        arrived.put(line.rstrip("\n"))
    arrived.put(None)


def _end(errors: IO[bytes]) -> str:
    errors.seek(0)
    return errors.read().decode(errors="replace").strip()[-NOTES:]
