"""Data to learn on: real measurements with a history, and laws whose truth is known.

``load`` gives a measured table by name; ``problem`` gives a law that can be sampled at will.

>>> from kantools.datasets import load, problem
>>> table = load("planets")
>>> table.columns, table.target, table.rows
(('distance',), 'period', 8)
>>> problem("I.13.12").sample(1000, noise=0.01, seed=0).columns
('m1', 'm2', 'r1', 'r2', 'G')
"""

from collections.abc import Iterator
from types import ModuleType

from kantools.catalogue import Catalogue, did_you_mean
from kantools.datasets.experiment import Experiment
from kantools.datasets.problem import Problem
from kantools.table import Table

__all__ = ["EXPERIMENTS", "PROBLEMS", "Experiment", "Problem", "load", "names", "problem"]


def _experiment(module: ModuleType) -> Iterator[tuple[str, Experiment]]:
    yield module.EXPERIMENT.name, module.EXPERIMENT


def _problems(module: ModuleType) -> Iterator[tuple[str, Problem]]:
    yield from ((p.name, p) for p in module.PROBLEMS)


EXPERIMENTS: Catalogue[Experiment] = Catalogue("experiment", "kantools.datasets.experiments", _experiment)
PROBLEMS: Catalogue[Problem] = Catalogue("problem", "kantools.datasets.collections", _problems)


def load(name: str) -> Table:
    """The table of a measured experiment.

    >>> load("planet")
    Traceback (most recent call last):
        ...
    KeyError: 'There is no experiment "planet"; did you mean "planets"?'
    """
    if name in EXPERIMENTS:
        return EXPERIMENTS[name].table()
    if name in PROBLEMS:
        raise KeyError(
            f'An experiment has one table, a problem has to be sampled; "{name}" is a problem: '
            f'problem("{name}").sample(1000, seed=0).'
        )
    raise KeyError(f'There is no experiment "{name}"; {did_you_mean(name, EXPERIMENTS)}')


def problem(name: str) -> Problem:
    """A law with known truth, to be sampled.

    >>> problem("I.12.1").truth
    Nn*mu
    """
    return PROBLEMS[name]


def names() -> tuple[str, ...]:
    """The names that ``load`` knows.

    >>> "planets" in names(), "I.12.1" in names()
    (True, False)
    """
    return tuple(EXPERIMENTS)
