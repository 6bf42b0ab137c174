"""Linear algebra on one thread while searches run.

A search is thousands of small matrices: threads would only wait for each other. How many threads BLAS takes
is a setting of the whole process. Where each of several searches in threads put back what it had found, the
last would leave the setting of the first behind, and meanwhile some would compute on more threads than others
and round differently. So one keeper holds the limit from the first search to the end of the last: a thread of
its own, because threadpoolctl lets nobody but the thread that has set a limit take it back. A limit that the
user holds already stays his. OpenMP keeps its setting for each thread apart: there every search has its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Any

from threadpoolctl import ThreadpoolController

__all__ = ["one_thread"]


def _limit(kind: str) -> Any:
    """One thread for libraries of this kind; what is put back at the end is theirs alone."""
    return ThreadpoolController().select(user_api=kind).limit(limits=1)


class _Keeper:
    """Holds the limit on BLAS until it is told to let go."""

    def __init__(self) -> None:
        self.holds, self.let_go = Event(), Event()
        self.thread = Thread(target=self._hold, name="kantools: one thread for BLAS", daemon=True)
        self.thread.start()
        self.holds.wait()

    def _hold(self) -> None:
        try:
            with _limit("blas"):
                self.holds.set()
                self.let_go.wait()
        finally:
            self.holds.set()

    def end(self) -> None:
        self.let_go.set()
        self.thread.join()


class _Shared:
    """A keeper that stays as long as anybody needs it."""

    def __init__(self) -> None:
        self.lock, self.users = Lock(), 0
        self.keeper: _Keeper | None = None

    def __enter__(self) -> None:
        with self.lock:
            if not self.users:
                self.keeper = _Keeper()
            self.users += 1

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.users -= 1
            if not self.users and self.keeper is not None:
                self.keeper.end()
                self.keeper = None


_BLAS = _Shared()


@contextmanager
def one_thread() -> Iterator[None]:
    """BLAS and OpenMP compute on one thread while the block runs, in however many threads it does.

    >>> from threadpoolctl import threadpool_info
    >>> with one_thread(), one_thread():
    ...     {pool["num_threads"] for pool in threadpool_info()}
    {1}
    """
    with _BLAS, _limit("openmp"):
        yield
