"""Every kernel that a search uses, ready before its time begins to run.

Numba compiles a kernel when it is first called, and once for each kind of arguments. All of them together
take some seconds, in which a search would sit still; from the second process on they are loaded from disk
(:mod:`kantools.kernels.compiled`) in a fraction of one. Whoever counts seconds calls :func:`prepare` first.

``python -m kantools.kernels.prepare`` compiles them and does nothing else, for an installation that is to be
fast from its first search on.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, ClassVar

from numba import config, from_dtype
from numba.core.event import Event, Listener, install_listener
from numba.types import boolean, float64, intp

from kantools.kernels.bspline import dense
from kantools.kernels.gram import add_gram, add_product, extents, gather
from kantools.kernels.jacobian import outer_rows
from kantools.kernels.placing import ROW, advance, lay_out, screen

__all__ = ["NOTE", "NOTICE", "noticed", "prepare"]

NOTE = "Preparing, once: kernels are compiled for this processor. No time limit runs meanwhile."
logger = logging.getLogger(__name__)

row, curve, curves = float64[::1], float64[:, ::1], float64[:, :, ::1]
whole, wholes, starts = intp[::1], intp[:, ::1], from_dtype(ROW)[::1]
#: A block of a matrix, or a part of the features: its rows are apart in memory.
block, part = float64[:, :], float64[:, :, :]

#: The kernels that searches call, with the kinds of arguments that they call them with.
KINDS: tuple[tuple[Any, tuple[Any, ...]], ...] = (
    (dense, (curve, curve, intp, intp, float64[:, :, :, ::1])),
    (outer_rows, (curve, curves, whole, whole, intp, curve)),
    (extents, (part, wholes)),
    (gather, (part, wholes, curve, whole, whole, curves)),
    (add_gram, (curve, whole, curve, whole, curve)),
    (add_gram, (curve, whole, curve, whole, block)),
    (add_product, (curve, whole, row, row)),
    (screen, (curve, whole, whole, starts, curve, curves, curve, intp)),
    (lay_out, (starts, whole, curve, float64, float64, curve)),
    (
        advance,
        (curve, curve, starts, whole, curve, curve, curves, curve, boolean[::1], *4 * (float64,), curve),
    ),
)


#: Who is told by default: the log, which Python shows on standard error.
NOTICE = logger.warning


def prepare(tell: Callable[[str], None] = NOTICE) -> None:
    """Compile the kernels that a search uses, or load them; nothing is done a second time in a process.

    Parameters
    ----------
    tell : callable
        Is told :data:`NOTE` before the first kernel is compiled, if one has to be.

    Examples
    --------
    >>> prepare()
    >>> dense.nopython_signatures[0].args == KINDS[0][1]
    True
    """
    with noticed(tell):
        _ready()


@cache
def _ready() -> None:
    if config.DISABLE_JIT:  # for whoever steps through the kernels with a debugger
        return
    for kernel, kinds in KINDS:
        kernel.compile(kinds)


@contextmanager
def noticed(tell: Callable[[str], None]) -> Iterator[None]:
    """Tell of the first kernel that is compiled, not loaded, while the block runs; once a process."""
    with install_listener("numba:compile", _Once(tell)):
        yield


class _Once(Listener):
    told: ClassVar[bool] = False

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell = tell

    def on_start(self, event: Event) -> None:
        if not _Once.told:
            _Once.told = True
            self.tell(NOTE)

    def on_end(self, event: Event) -> None:
        """Nothing is told."""


if __name__ == "__main__":
    prepare(print)
