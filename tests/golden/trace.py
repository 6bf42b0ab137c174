"""A search as text: its steps, its front, why it ended; with a clock that stands still.

Without a deadline, and without waiting, a search is a function of its table and its seed. What is written here
must stay, byte for byte, while code is moved.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from unittest.mock import patch

import kantools
from kantools.discovery import Discovery, discover
from tests.golden.laws import Law

__all__ = ["trace"]


def trace(law: Law, noise: float) -> str:
    """What a search of a law's table tries and finds."""
    with _no_time_passes():
        found = discover(law.table(noise), time_limit=inf, seed=0, **law.settings)
    return _written(found)


def _written(found: Discovery) -> str:
    steps = (
        f"{s.hypothesis} | {s.error!r} | {getattr(s, 'says', s.verdict)!s} | {s.view} | {s.source} | {s.formulas}"
        for s in found.steps
    )
    front = (f"{f} | {f.complexity} | {f.loss!r} | {f.description_length!r}" for f in found.front)
    return "\n".join(
        [*steps, "", *front, "", f"{found.chosen} | {found.stopped} | {found.noise} | {found.scale!r}", ""]
    )


@contextmanager
def _no_time_passes() -> Iterator[None]:
    modules = [
        importlib.import_module(m.name)
        for m in pkgutil.walk_packages(kantools.__path__, "kantools.")
        if "discovery" in m.name or "symbolic" in m.name or "training" in m.name or "clock" in m.name
    ]
    patches = [patch.object(m, "monotonic", lambda: 0.0) for m in modules if hasattr(m, "monotonic")]
    for p in patches:
        p.start()
    try:
        yield
    finally:
        for p in patches:
            p.stop()
