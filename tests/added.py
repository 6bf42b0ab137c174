"""Files that stand beside those of the packages, as if somebody had added them.

As a plugin, ``python -m pytest -p tests.added`` with ``KANTOOLS_ADDED=FOLDER``, it lets the conformance
tests run over them. A folder holds ``kantools/bases/NAME.py`` and the like, as the repository does.
"""

import os
from importlib import import_module, resources
from importlib.readers import MultiplexedPath
from pathlib import Path

DATA = "kantools.datasets.data"
#: Folders that catalogues read, as they are called in the repository, and their packages.
CATALOGUES = {
    "kantools/bases": "kantools.bases",
    "kantools/discovery/hypotheses": "kantools.discovery.hypotheses",
    "kantools/plots": "kantools.plots",
    "symbolic/primitives": "kantools.symbolic.primitives",
    "symbolic/forms": "kantools.symbolic.forms",
    "symbolic/exporters": "kantools.symbolic.exporters",
    "datasets/experiments": "kantools.datasets.experiments",
    "benchmarks/languages": "benchmarks.languages",
}


def add(folder: Path) -> None:
    """Let catalogues find the files of a folder; no catalogue must have been read before."""
    data = folder / "datasets" / "data"
    if data.is_dir():
        usual = resources.files
        resources.files = lambda name: beside(usual(name), data) if name == DATA else usual(name)
    for place, package in CATALOGUES.items():
        if (folder / place).is_dir():
            import_module(package).__path__.append(str(folder / place))


def beside(usual: Path, more: Path) -> MultiplexedPath:
    """Two folders as one."""
    return MultiplexedPath(usual, more)


if "KANTOOLS_ADDED" in os.environ:
    add(Path(os.environ["KANTOOLS_ADDED"]))
