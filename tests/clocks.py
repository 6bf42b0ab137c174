"""Clocks for tests, so that none of them depends on how busy the machine is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from unittest.mock import patch

__all__ = ["telling", "ticking"]


@contextmanager
def telling(time: Callable[[], float]) -> Iterator[None]:
    """Wherever a module of kantools asks the clock on the wall, it is told this time."""
    clocks = [m for n, m in sys.modules.items() if n.startswith("kantools") and hasattr(m, "monotonic")]
    with ExitStack() as patches:
        for module in clocks:
            patches.enter_context(patch.object(module, "monotonic", time))
        yield


def ticking(tick: float) -> Callable[[], float]:
    """A clock that goes on by a tick whenever somebody looks at it."""
    looks = count(1)
    return lambda: tick * next(looks)
