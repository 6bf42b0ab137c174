"""What the benchmark asks of a method, and the methods there are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import numpy as np

from kantools.bench.task import Task
from kantools.catalogue import Catalogue, did_you_mean
from kantools.errors import SettingError
from kantools.table import Table

__all__ = ["METHODS", "Finding", "Method", "method"]


@dataclass(frozen=True)
class Finding:
    """What a search gave.

    Attributes
    ----------
    expression : sympy.Expr
        In plain symbols named like the table's columns.
    predict : callable
        The method's own prediction, of rows of inputs.
    """

    expression: Any
    predict: Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Method:
    """A method of symbolic regression.

    Attributes
    ----------
    name : str
    find : callable
        ``find(table, task)`` gives a :class:`Finding` within about ``task.limit`` seconds.
    modules : tuple of str
        Modules to import before the clock starts.
    extra : str
        The extra of kantools that brings these modules, ``""`` where none is needed.
    takes_units : callable
        Whether the method can be told units.
    """

    name: str
    find: Callable[[Table, Task], Finding]
    modules: tuple[str, ...]
    extra: str = ""
    takes_units: Callable[[], bool] = lambda: False

    def check(self, *, units: bool = False) -> None:
        """Raise :class:`~kantools.errors.SettingError` where it is not installed, or knows no units."""
        for module in self.modules:
            if not _is_there(module):
                raise SettingError(
                    f'The method "{self.name}" needs {module}, which is not installed: '
                    f'pip install "kantools[{self.extra}]".'
                )
        if units and not self.takes_units():
            raise SettingError(f'The method "{self.name}" cannot be told units. Leave out --units.')

    def prepare(self) -> None:
        """Import what a search needs."""
        for module in self.modules:
            import_module(module)


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # of the package above it
        return False


def _method(module: ModuleType) -> Iterator[tuple[str, Method]]:
    yield module.METHOD.name, module.METHOD


METHODS: Catalogue[Method] = Catalogue("method", "kantools.bench.methods", _method)


def method(name: str, *, units: bool = False) -> Method:
    """The method of this name, installed, and able to be told units if asked for.

    >>> method("kantols")
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: There is no method "kantols"; did you mean "kantools"?
    """
    if name not in METHODS:
        raise SettingError(f'There is no method "{name}"; {did_you_mean(name, METHODS)}')
    METHODS[name].check(units=units)
    return METHODS[name]
