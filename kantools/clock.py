"""What time it is for a search: seconds that pass, or work that was done.

A search that is limited in seconds depends on the machine and on what else it does. One that is limited in
effort does not: its clock stands still but for the work that the library does and counts, in operations on
numbers, alike on every machine. Whatever asks for the time in a search asks here, so that deadlines, patience
and everything else that looks at a clock follow the same one.

Work is counted where it is done in bulk (training, fitting, enumeration, snapping, rewriting); what is not
counted costs little beside it. A unit of effort is a thousand million operations, about a second of one core.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

__all__ = ["OPERATIONS", "Clock", "Seconds", "Work", "current", "now", "running", "worked"]

#: Operations in a unit of effort.
OPERATIONS = 1e9


class Clock(Protocol):
    """What tells the time."""

    @property
    def unit(self) -> str: ...

    def now(self) -> float: ...

    def worked(self, operations: float) -> None: ...


@dataclass(frozen=True)
class Seconds:
    """The clock on the wall; work does not move it."""

    unit: str = "s"

    def now(self) -> float:
        return monotonic()

    def worked(self, operations: float) -> None: ...


@dataclass
class Work:
    """A clock that work alone moves.

    >>> clock = Work()
    >>> with running(clock):
    ...     worked(3e9)
    >>> clock.now()
    3.0
    """

    done: float = 0.0
    unit: str = "units of effort"

    def now(self) -> float:
        return self.done

    def worked(self, operations: float) -> None:
        self.done += operations / OPERATIONS


_CURRENT: ContextVar[Clock] = ContextVar("clock")
_WALL = Seconds()


def current() -> Clock:
    """The clock that counts here."""
    return _CURRENT.get(_WALL)


def now() -> float:
    """The time on the clock that counts here."""
    return _CURRENT.get(_WALL).now()


def worked(operations: float) -> None:
    """Tell the clock of work that was done."""
    _CURRENT.get(_WALL).worked(operations)


@contextmanager
def running(clock: Clock) -> Iterator[None]:
    """Let a clock count for what is called inside."""
    before = _CURRENT.set(clock)
    try:
        yield
    finally:
        _CURRENT.reset(before)
