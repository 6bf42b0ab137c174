"""A search of a trivial table, done when this module is imported.

A first search imports what others share, and loads the compiled kernels or compiles them; as the import of
any other method, that is not on the clock.
"""

import numpy as np

from kantools.bench.methods.kantools import find
from kantools.bench.task import Task
from kantools.table import Table

__all__: list[str] = []


def _search() -> None:
    x = np.linspace(1.0, 2.0, 20)
    find(Table(("x", "z"), np.stack([x, x[::-1] ** 2], axis=1), "y", x * x[::-1] ** 2), Task("", limit=5))


_search()
