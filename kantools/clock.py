"""What time it is for a search: seconds that pass, or work that was done.

A search that is limited in seconds depends on the machine and on what else it does. One that is limited in
effort does not: its clock stands still but for the work that the library does and counts, in operations on
numbers, alike on every machine. Whatever asks for the time in a search asks here, so that deadlines, patience
and everything else that looks at a clock follow the same one.

Work is counted where it is done in bulk (training, fitting, enumeration, snapping, rewriting), from the sizes
of what is worked on; what is not counted costs little beside it. A unit of effort is a thousand million
operations, about a second of one core; ``python -m benchmarks.effort`` compares the two.
"""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from numbers import Real
from time import monotonic
from typing import Protocol

from kantools.errors import SettingError

__all__ = [
    "BLAS",
    "CALL",
    "NODE",
    "OPERATIONS",
    "Clock",
    "Seconds",
    "Work",
    "current",
    "now",
    "refuse_effort",
    "running",
    "worked",
]

#: Operations in a unit of effort. One operation is a sum or product of two numbers in arrays, about 0.7 ns.
OPERATIONS = 1e9
#: Operations that a call of numpy, scipy or torch on a small array takes, with the interpreter around it.
#: Measured with time.process_time: 0.3 µs for a sum of 100 numbers, 0.9 µs in torch, 4 µs for a small solve.
CALL = 1e3
#: Operations for each node of an expression that sympy builds, substitutes in or compiles.
#: Measured likewise: 2 µs to count it, 6 µs to compile it, 24 µs to substitute in it.
NODE = 1e4
#: Operations for each product and sum inside a product of matrices, where BLAS keeps numbers in registers.
#: Measured likewise: 0.015 ns for large ones in double precision; small ones pay for their call.
BLAS = 0.02


class Clock(Protocol):
    """What tells the time."""

    @property
    def unit(self) -> str: ...

    def now(self) -> float: ...

    def worked(self, operations: float, once: Hashable = None) -> None: ...


@dataclass(frozen=True)
class Seconds:
    """The clock on the wall; work does not move it."""

    unit: str = "s"

    def now(self) -> float:
        return monotonic()

    def worked(self, operations: float, once: Hashable = None) -> None: ...


@dataclass
class Work:
    """A clock that work alone moves.

    Work whose result a cache keeps is told with what it is of, and counts the first time that it is told, so
    that the time on this clock does not depend on what the process did before.

    >>> clock = Work()
    >>> with running(clock):
    ...     worked(3e9)
    ...     for _ in range(5):
    ...         worked(1e9, once="a table that is kept")
    >>> clock.now()
    4.0
    """

    done: float = 0.0
    unit: str = "units of effort"
    known: set[Hashable] = field(default_factory=set)

    def now(self) -> float:
        return self.done

    def worked(self, operations: float, once: Hashable = None) -> None:
        if once is not None:
            if once in self.known:
                return
            self.known.add(once)
        self.done += float(operations) / OPERATIONS


_CURRENT: ContextVar[Clock] = ContextVar("clock")
_WALL = Seconds()


def current() -> Clock:
    """The clock that counts here."""
    return _CURRENT.get(_WALL)


def now() -> float:
    """The time on the clock that counts here."""
    return _CURRENT.get(_WALL).now()


def worked(operations: float, once: Hashable = None) -> None:
    """Tell the clock of work that was done; with ``once``, of work that is done once for the same thing."""
    _CURRENT.get(_WALL).worked(operations, once)


@contextmanager
def running(clock: Clock) -> Iterator[None]:
    """Let a clock count for what is called inside."""
    before = _CURRENT.set(clock)
    try:
        yield
    finally:
        _CURRENT.reset(before)


def refuse_effort(effort: float | None) -> None:
    """Raise :class:`~kantools.errors.SettingError` for what is no effort; None is none."""
    if effort is None:
        return
    number = isinstance(effort, Real) and not isinstance(effort, bool)
    if not (number and effort >= 0):
        raise SettingError(
            f"effort is a number of units of work from 0; got {effort!r}. A unit is about a second of one "
            "core; leave effort out for a limit in seconds, time_limit."
        )
