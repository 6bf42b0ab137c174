"""Warnings that point at the user's line, not at ours.

Which warnings are shown is a setting of the whole process (``warnings.filters``); the library never changes
it. Where it has to be silent, it is so in its own thread only.
"""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from os import sep
from pathlib import Path

__all__ = ["Notice", "silent", "warn"]

#: Where the library lives, installed or not: its folder, and the two that are mapped into it.
_HOME = tuple(
    str(folder) + sep
    for root in {Path(__file__).parent, Path(__file__).parent.resolve()}
    for folder in (root, root.parent / "symbolic", root.parent / "datasets")
)
_SILENT: ContextVar[tuple[type[Warning], ...]] = ContextVar("silent", default=())


class Notice(UserWarning):
    """About the user's own rows or units: the command line, which shows no other warning, prints it."""


def warn(message: str, category: type[Warning]) -> None:
    """Warn, naming the line outside the library that led here.

    Parameters
    ----------
    message : str
        What is so, and what can be done about it.
    category : type of Warning
        A class of its own, so that it can be silenced or made an error alone.

    Examples
    --------
    >>> class Noticed(UserWarning): ...
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     warn("something is so", Noticed)
    >>> caught[0].category.__name__, str(caught[0].message), caught[0].filename == __file__
    ('Noticed', 'something is so', False)
    """
    if issubclass(category, _SILENT.get()):
        return
    frame, level = sys._getframe(), 1
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_HOME):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)


@contextmanager
def silent(category: type[Warning]) -> Iterator[None]:
    """No warnings of this kind from the library, in this thread, while the block runs.

    >>> with silent(UserWarning):
    ...     warn("nobody hears this", UserWarning)
    """
    before = _SILENT.set((*_SILENT.get(), category))
    try:
        yield
    finally:
        _SILENT.reset(before)
