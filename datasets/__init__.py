"""Data to learn on: real measurements with a history, and laws whose truth is known.

``load`` gives a measured table by name; ``problem`` gives a law that can be sampled at will.

>>> from kantools.datasets import load, problem
>>> table = load("planets")
>>> table.columns, table.target, table.rows
(('distance',), 'period', 8)
"""

from collections.abc import Iterator
from types import ModuleType

from kantools.catalogue import Catalogue
from kantools.datasets.experiment import Experiment
from kantools.table import Table

__all__ = ["EXPERIMENTS", "Experiment", "load", "names"]


def _experiment(module: ModuleType) -> Iterator[tuple[str, Experiment]]:
    yield module.EXPERIMENT.name, module.EXPERIMENT


EXPERIMENTS: Catalogue[Experiment] = Catalogue("experiment", "kantools.datasets.experiments", _experiment)


def load(name: str) -> Table:
    """The table of a measured experiment.

    >>> load("planet")
    Traceback (most recent call last):
        ...
    KeyError: 'There is no experiment "planet"; did you mean "planets"?'
    """
    return EXPERIMENTS[name].table()


def names() -> tuple[str, ...]:
    """The names that ``load`` knows."""
    return tuple(EXPERIMENTS)
