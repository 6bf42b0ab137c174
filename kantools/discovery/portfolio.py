"""Several searches of one table at a time, in processes, each with a seed of its own.

A search draws rows to hold out, starts of networks, and samples of long tables; under noise this decides what
it finds. Several of them on the same data leave the formula of the least description length among theirs:
more luck for more processors. (How much that is stands in the lab book: little.) The first search that
explains the data ends all.

One of them runs here and begins at once; the others run in joblib's worker processes, which have to import
the library first. They go on while a file exists: they look for it whenever they tell their progress.
"""

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, time
from typing import Any

import numpy as np

from kantools.discovery.discover import discover
from kantools.discovery.memory import Memory
from kantools.discovery.noise.as_found import as_found
from kantools.discovery.result import Discovery, Progress
from kantools.discovery.verdict import Stop
from kantools.kernels.prepare import prepare
from kantools.symbolic.examine.rivals import rivals
from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import pareto_front, select
from kantools.symbolic.units.units import InconsistentUnits
from kantools.table import Table
from kantools.warn import silent, warn

__all__ = ["SearchLost", "discover_in_parallel", "merged", "seeds_of"]

#: Seconds after the time limit, or after an interrupt, in which searches may still answer.
PATIENCE = 5.0
#: Seconds after which idle worker processes end.
IDLE = 300


class SearchLost(UserWarning):
    """A worker process was ended from outside, and its search with it."""


def discover_in_parallel(
    table: Table,
    *,
    jobs: int,
    seed: int = 0,
    time_limit: float = 60.0,
    selection: str = "description_length",
    units: Mapping[str, str] | None = None,
    progress: Callable[[Progress], None] | None = None,
    memory: Memory | None = None,
    **settings: Any,
) -> Discovery:
    """Find the law in a table by so many searches at a time.

    Parameters
    ----------
    jobs : int
        Two or more.
    seed : int
        Of the first search; those of the others follow from it. The result is the same for the same seed
        where all searches end before the time limit and at most one of them explains the data.
    progress : callable, optional
        Is told of the first search.
    memory : Memory, optional
        Of the first search; those in other processes begin anew.
    table, time_limit, selection, units, **settings
        As for :func:`~kantools.discovery.discover`.

    Returns
    -------
    Discovery
        Of the search with the best formula, with the front of all. A KeyboardInterrupt ends all searches;
        what they found by then is returned.

    Examples
    --------
    >>> from kantools.datasets import problem
    >>> friction = problem("I.12.1").sample(100, seed=0)
    >>> print(discover_in_parallel(friction, jobs=2, time_limit=20).chosen)
    F = Nn*mu
    """
    prepare()
    begin = monotonic()
    limit = time_limit if settings.get("effort") is None else inf
    settings |= {"selection": selection, "units": units}
    own, *others = seeds_of(seed, jobs)
    with _elsewhere(table, others, time() + limit, settings) as rest:
        mine = {**settings, "seed": own, "time_limit": time_limit, "memory": memory}
        found = _here(table, rest, progress, mine)
        if not found or found[0].stopped != Stop.EXPLAINED:
            interrupted = not found or found[0].stopped == Stop.INTERRUPTED
            found += rest.answers(begin if interrupted else begin + limit)
    if not found:
        raise KeyboardInterrupt
    data = data_of(table, units, loss=settings.get("loss", "squared"))
    best = merged(found, data, selection)
    return replace(best, seconds=monotonic() - begin) if limit < inf else best


def seeds_of(seed: int, jobs: int) -> list[int]:
    """The seed itself, and others that follow from it.

    >>> seeds_of(7, 2)[0], seeds_of(7, 3)[:2] == seeds_of(7, 2), len(set(seeds_of(0, 8) + seeds_of(1, 8)))
    (7, True, 16)
    """
    return [seed, *np.random.default_rng(seed).integers(2**31, size=jobs - 1).tolist()]


def _here(
    table: Table, rest: "_Rest", progress: Callable[[Progress], None] | None, settings: Mapping[str, Any]
) -> list[Discovery]:
    """What the search in this process finds; nothing where it is interrupted before its first formula."""

    def tell(state: Progress) -> None:
        if progress is not None:
            progress(state)
        if rest.explained:
            raise KeyboardInterrupt

    return _found(table, tell, settings)


def _there(table: Table, going: Path, until: float, settings: Mapping[str, Any]) -> list[Discovery]:
    """What a search finds in a worker process, in what is left of the time."""

    def tell(_: Progress) -> None:
        if not going.exists():
            raise KeyboardInterrupt

    left = until - time()
    return _found(table, tell, {**settings, "time_limit": left}) if left > 0 and going.exists() else []


def _found(table: Table, tell: Callable[[Progress], None], settings: Mapping[str, Any]) -> list[Discovery]:
    with silent(InconsistentUnits), suppress(KeyboardInterrupt):  # another search may find better
        return [discover(table, progress=tell, **settings)]
    return []


@dataclass(frozen=True)
class _Rest:
    """The searches in worker processes, and the file that keeps them going."""

    futures: tuple["Future[list[Discovery]]", ...]
    going: Path

    @property
    def explained(self) -> bool:
        """Whether one of them has explained the data."""
        return any(d.stopped == Stop.EXPLAINED for f in self.futures for d in _answer(f))

    def answers(self, until: float) -> list[Discovery]:
        """What they find until then, or an interrupt, or until one explains the data; each in its place."""
        with suppress(KeyboardInterrupt):
            while not self.explained and self._wait_for_one(until - monotonic()):
                pass
        self.going.unlink(missing_ok=True)
        if not self.explained:
            wait(self.futures, timeout=PATIENCE)
        if any(f.done() and isinstance(f.exception(), BrokenExecutor) for f in self.futures):
            warn(f"A process of a search was ended; the others stand. {MEMORY}", SearchLost)
        return [d for f in self.futures for d in _answer(f)]

    def _wait_for_one(self, seconds: float) -> bool:
        """Whether one more has answered within so many seconds."""
        left = [f for f in self.futures if not f.done()]
        timeout = max(seconds, 0) if seconds < inf else None
        return bool(left and wait(left, timeout=timeout, return_when=FIRST_COMPLETED).done)


MEMORY = "Where memory is short, use fewer jobs."


def _answer(future: "Future[list[Discovery]]") -> list[Discovery]:
    """What a search found; nothing while it is at work, or where its process was ended."""
    if not future.done() or isinstance(future.exception(), BrokenExecutor):
        return []
    return future.result()


@contextmanager
def _elsewhere(
    table: Table, seeds: Sequence[int], until: float, settings: Mapping[str, Any]
) -> Iterator[_Rest]:
    """Searches with these seeds in worker processes; those still at work end with the context."""
    from joblib.externals.loky import get_reusable_executor

    # Ctrl-C goes to all processes of a terminal; here it is for the first one.
    deaf = {"initializer": signal.signal, "initargs": (signal.SIGINT, signal.SIG_IGN)}
    executor = get_reusable_executor(len(seeds), timeout=IDLE, **deaf)
    with TemporaryDirectory() as folder:
        going = Path(folder, "going")
        going.touch()
        given = ((table, going, until, {**settings, "seed": seed}) for seed in seeds)
        rest = _Rest(tuple(executor.submit(_there, *arguments) for arguments in given), going)
        try:
            yield rest
        finally:
            if not all(future.done() for future in rest.futures):
                executor.shutdown(wait=False, kill_workers=True)  # nobody waits for imports or long steps


def merged(found: Sequence[Discovery], data: Data, selection: str = "description_length") -> Discovery:
    """The discovery with the best formula, with the front of all of them.

    Description lengths on the same data compare, also between noise models.
    """
    there = _consistent(found, data)
    chosen = select(_front([d.chosen for d in there]), selection)
    best = next(d for d in there if d.chosen is chosen)
    front = _front([f for d in there for f in d.front if f is not chosen], chosen)
    every = [f for d in there for f in (*d.rivals, *d.front)]
    return replace(best, front=front, rivals=rivals(chosen, every, as_found(data, best)))


def _front(formulas: Sequence[Formula], best: Formula | None = None) -> tuple[Formula, ...]:
    """The Pareto front, with the formula of the least description length, or the one given, on it."""
    best = best or min(formulas, key=lambda f: f.description_length)
    others = [f for f in pareto_front([*formulas, best]) if f.complexity != best.complexity]
    return tuple(sorted((*others, best), key=lambda f: f.complexity))


def _consistent(found: Sequence[Discovery], data: Data) -> Sequence[Discovery]:
    """Those whose formula is consistent with the units; all of them, with a warning, where none is."""
    units = data.units
    if units is None:
        return found
    consistent = [d for d in found if d.chosen.labelled(units) is not None]
    if not consistent:
        warn(
            "No search found a formula that is consistent with the units; the answer is not either. "
            "Check the units, or leave them out.",
            InconsistentUnits,
        )
    return consistent or found
