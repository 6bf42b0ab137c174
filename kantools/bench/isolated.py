"""A function that answers in stages in a process of its own, each stage within its time, or is ended.

Nothing inside a process can bound the time of a sympy call or of compiled code, so the bound stands outside.
Where the system can fork, a process is a copy of one that has imported what all of them need and does nothing
else (multiprocessing's fork server), so it starts in milliseconds; elsewhere it imports for itself.
"""

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

__all__ = ["Answers", "ask", "load_once"]

#: One thread a process, whichever library asks: for speed, and because only such a process is safely forked.
ONE_THREAD = {
    **dict.fromkeys(
        (
            *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"),
            *("VECLIB_MAXIMUM_THREADS", "NUMBA_NUM_THREADS"),
        ),
        "1",
    ),
    "JE_ARROW_MALLOC_CONF": "background_thread:false",  # pyarrow's allocator
}
NOTES = 300  # last characters of standard error that are kept

_CONTEXT: Any = get_context("forkserver" if "forkserver" in get_all_start_methods() else "spawn")
#: Starting a process and asking how one ended touch what multiprocessing shares between threads.
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Answers:
    """What a process gave.

    Attributes
    ----------
    stages : tuple
        What the function yielded.
    late : bool
        Whether it was ended because a stage did not come in time.
    code : int or None
        Exit status; negative for a signal. None where it was ended.
    notes : str
        The end of what it printed.
    """

    stages: tuple[Any, ...]
    late: bool
    code: int | None
    notes: str = field(default="", compare=False)


def load_once(modules: Sequence[str]) -> None:
    """Name modules to import before the first process is forked; after it this has no effect."""
    if _CONTEXT.get_start_method() == "forkserver":
        _CONTEXT.set_forkserver_preload(list(modules))


def ask(function: Callable[[Any], Iterator[Any]], question: Any, seconds: Sequence[float]) -> Answers:
    """Call a function in a process of its own and collect what it yields, each awaited for so many seconds.

    Parameters
    ----------
    function : callable
        Of a module, so that the process can import it; makes an iterator of things that can be pickled.
    question
        Its argument.
    seconds : sequence of float
        How long to wait for the first stage, the second, …; the last holds for all further ones and for the
        end.

    Examples
    --------
    >>> ask(enumerate, "ab", [60])
    Answers(stages=((0, 'a'), (1, 'b')), late=False, code=0, notes='')
    """
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder, "printed.txt")
        printed.touch()
        receiver, sender = _CONTEXT.Pipe(duplex=False)
        with receiver, _process(_answer, (function, question, sender, printed)) as process:
            sender.close()  # so that its end is the end of the pipe
            stages, late = _collect(receiver, seconds)
            late = late or not wait([process.sentinel], seconds[-1])
            code = None if late else _status(process)
        return Answers(stages, late, code, printed.read_text(errors="replace").strip()[-NOTES:])


@contextmanager
def _process(target: Callable[..., None], arguments: tuple[Any, ...]) -> Iterator[BaseProcess]:
    process = _CONTEXT.Process(target=target, args=arguments, daemon=True)
    with _LOCK, _environment(ONE_THREAD):  # of the fork server, or of the process itself
        process.start()
    try:
        yield process
    finally:
        _end_with_children(process)


@contextmanager
def _environment(more: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(more)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _end_with_children(process: BaseProcess) -> None:
    if not wait([process.sentinel], 0):
        _kill(process)
        wait([process.sentinel])
    _status(process)
    with _LOCK:
        process.close()


def _status(process: BaseProcess) -> int | None:
    """How a process ended whose sentinel says that it is ending."""
    with _LOCK:
        process.join()
        return process.exitcode


def _kill(process: BaseProcess) -> None:
    assert process.pid is not None
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError):  # no such thing on Windows; or not yet a group of its own
        process.kill()


def _collect(receiver: Connection, seconds: Sequence[float]) -> tuple[tuple[Any, ...], bool]:
    stages: list[Any] = []
    while receiver.poll(seconds[min(len(stages), len(seconds) - 1)]):
        try:
            stages.append(receiver.recv())
        except (EOFError, ConnectionResetError):
            return tuple(stages), False
    return tuple(stages), True


def _answer(
    function: Callable[[Any], Iterator[Any]], question: Any, sender: Connection, printed: Path
) -> None:
    """What the process does."""
    if hasattr(os, "setsid"):
        os.setsid()
    _print_into(printed)
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    for stage in function(question):
        sender.send(stage)


def _print_into(path: Path) -> None:
    with path.open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        for descriptor in (1, 2):
            os.dup2(file.fileno(), descriptor)


def _end_with_the_run() -> None:
    """End when the process that asked is gone, however it ended."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
