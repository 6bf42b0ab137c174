"""Figures, one a file: each draws onto what it is given, or onto a figure of its own, and returns it.

Nothing is shown and nothing is written: call ``figure.savefig(path)``. ``FIGURES`` holds those that can be
drawn of a model, by name: ``model.plot("parity")``.

>>> print(*sorted(FIGURES))
activations curve dependence front history importance network parity residuals rivals tree
"""

from collections.abc import Iterator
from types import ModuleType

from kantools.catalogue import Catalogue
from kantools.plots.curve import curve
from kantools.plots.dependence import dependence
from kantools.plots.front import front
from kantools.plots.gallery import gallery
from kantools.plots.history import history
from kantools.plots.importance import importance
from kantools.plots.kind import Kind, Subject
from kantools.plots.network_diagram import network_diagram
from kantools.plots.parity import parity
from kantools.plots.progress import progress
from kantools.plots.residuals import residuals
from kantools.plots.rivals import rivals
from kantools.plots.solved import solved
from kantools.plots.tree import tree

__all__ = [
    "FIGURES",
    "Kind",
    "Subject",
    "curve",
    "dependence",
    "front",
    "gallery",
    "history",
    "importance",
    "network_diagram",
    "parity",
    "progress",
    "residuals",
    "rivals",
    "solved",
    "tree",
]


def _kind(module: ModuleType) -> Iterator[tuple[str, Kind]]:
    if isinstance(kind := getattr(module, "KIND", None), Kind):
        yield kind.name, kind


FIGURES: Catalogue[Kind] = Catalogue("figure", "kantools.plots", _kind)
"""The kinds of figures by name; adding one is adding a file with a ``KIND``."""
