"""Effort beside processor seconds, law by law, and where the seconds go that no effort is counted for.

``python -m benchmarks.effort`` searches the tables of the golden traces and some of ``kantools bench``, each
with a clock of work (:mod:`kantools.clock`), and prints the units of effort that were counted, the seconds
that the process was at work, and their ratio. It should be near 1: within a factor of 2.5 for four laws of
five.

``--parts`` looks into the process every five milliseconds of work. A sample belongs to the innermost function
that counts work; what belongs to none is listed by the function that it was in, and is not counted. Only the
time that the process computes is measured, so that it may run on a busy machine.
"""

import argparse
import signal
import sys
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from time import process_time
from types import FrameType
from typing import Any
from unittest.mock import patch

import numpy as np

from kantools.clock import Work
from kantools.datasets import problem
from kantools.discovery import discover
from kantools.table import Table
from tests.golden.laws import cases

#: Of Feynman's laws: short and long searches, one to five columns.
BENCH = ("I.12.1", "I.6.2a", "I.8.14", "I.13.12", "I.15.3x", "I.27.6", "I.34.27", "III.10.19")
ROWS, EFFORT = 300, 60.0
EVERY = 0.005  # seconds between two looks
WITHIN = 2.5  # times, either way
LISTED = 30  # functions that do not count their work


@dataclass
class Watched(Work):
    """A clock of work that knows who told it."""

    told: Counter[str] = field(default_factory=Counter)

    def worked(self, operations: float, once: Hashable = None) -> None:
        before = self.done
        super().worked(operations, once)
        self.told[_name(sys._getframe(2))] += self.done - before


@dataclass(frozen=True)
class Spent:
    """What a search took, and how often it was met in which functions, the innermost first."""

    name: str
    effort: float
    seconds: float
    told: Counter[str]
    seen: Counter[tuple[str, ...]]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asked.add_argument("laws", nargs="*", help="names of laws, all by default")
    asked.add_argument("--parts", action="store_true", help="where the seconds go")
    given = asked.parse_args()
    tables = [(name, *rest) for name, *rest in _tables() if not given.laws or name in given.laws]
    _spent("warm", tables[0][1], {})  # compiled functions and sympy's tables
    spent = []
    for name, table, settings in tables:
        spent.append(_spent(name, table, settings))
        s = spent[-1]
        print(f"{s.name:20} {s.effort:8.2f} units {s.seconds:8.2f} s {s.effort / s.seconds:6.2f}", flush=True)
    ratios = np.array([s.effort / s.seconds for s in spent])
    near = np.mean(np.abs(np.log(ratios)) <= np.log(WITHIN))
    print(f"median {np.median(ratios):.2f}; {near:.0%} within a factor of {WITHIN}")
    if given.parts:
        _tell_parts(spent)


def _tables() -> Iterator[tuple[str, Table, dict[str, Any]]]:
    for law, noise in cases():
        yield f"{law.name}-{noise}", law.table(noise), law.settings
    for name in BENCH:
        yield name, problem(name).sample(ROWS, seed=0), {}


def _spent(name: str, table: Table, settings: dict[str, Any]) -> Spent:
    clocks: list[Watched] = []

    def clock() -> Watched:
        clocks.append(Watched())
        return clocks[-1]

    begin = process_time()
    with patch.object(import_module(discover.__module__), "Work", clock), _seen() as seen:
        discover(table, effort=EFFORT, seed=0, **settings)
    return Spent(name, clocks[0].done, process_time() - begin, clocks[0].told, seen)


@contextmanager
def _seen() -> Iterator[Counter[tuple[str, ...]]]:
    """The functions of this library that are at work, looked at now and then."""
    seen: Counter[tuple[str, ...]] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        names = []
        while frame is not None:
            if "kantools" in frame.f_globals.get("__name__", ""):
                names.append(_name(frame))
            frame = frame.f_back
        seen[tuple(names)] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield seen
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _name(frame: FrameType) -> str:
    module = frame.f_globals.get("__name__", "").removeprefix("kantools.")
    return f"{module}.{frame.f_code.co_name}"


def _tell_parts(spent: list[Spent]) -> None:
    """Effort and seconds of each function that counts work, then the seconds of those that do not."""
    told, counted, other = Counter[str](), Counter[str](), Counter[str]()
    for s in spent:
        told.update(s.told)
        for names, times in s.seen.items():
            part = next((n for n in names if n in s.told), None)
            where = counted if part else other
            where[part or " < ".join(names[:3])] += times
    print(f"\n{'units':>8} {'s':>8} {'ratio':>6}  of functions that count their work")
    for name, units in told.most_common():
        seconds = counted[name] * EVERY
        print(f"{units:8.2f} {seconds:8.2f} {units / max(seconds, EVERY):6.2f}  {name}")
    print(f"\n{'s':>8}  of others, {sum(other.values()) * EVERY:.2f} s in all")
    for name, times in other.most_common(LISTED):
        print(f"{times * EVERY:8.2f}  {name}")


if __name__ == "__main__":
    main()
