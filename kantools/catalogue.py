"""A folder of modules, read as ``{name: thing}``.

The extension points of kantools are folders: one basis, primitive family, exporter, figure or data set a
file. A catalogue imports every module of such a folder and collects what is asked for, so that adding a
thing touches one file and no list of names has to be kept.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from types import ModuleType
from typing import Generic, TypeVar

__all__ = ["Catalogue", "did_you_mean", "modules"]

T = TypeVar("T")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A remedy for an unknown name: the nearest known ones, else all of them.

    >>> did_you_mean("distnace", ["distance", "period"])
    'did you mean "distance"?'
    >>> did_you_mean("zzz", ["distance", "period"])
    'known: "distance", "period".'
    """
    known = list(known)
    near = get_close_matches(name, known, n=2)
    if near:
        return "did you mean " + " or ".join(f'"{n}"' for n in near) + "?"
    return "known: " + ", ".join(f'"{n}"' for n in known) + "."


def modules(package: str) -> Iterator[ModuleType]:
    """Import and yield every module of a package, in the order of their names.

    >>> next(modules("kantools.bases")).__name__
    'kantools.bases.basis'
    """
    path = importlib.import_module(package).__path__
    for info in sorted(pkgutil.iter_modules(path), key=lambda info: info.name):
        yield importlib.import_module(f"{package}.{info.name}")


class Catalogue(Mapping[str, T], Generic[T]):
    """The things of a folder by name; the folder is read when the first one is looked up.

    Parameters
    ----------
    kind : str
        What a thing is called in messages, for instance ``"basis"``.
    package : str
        The folder as an importable name.
    collect : callable
        ``collect(module)`` yields the ``(name, thing)`` pairs that a module offers.

    Examples
    --------
    >>> from kantools.bases import BASES
    >>> "bspline" in BASES, BASES["rbf"].name
    (True, 'rbf')
    """

    def __init__(
        self, kind: str, package: str, collect: Callable[[ModuleType], Iterable[tuple[str, T]]]
    ) -> None:
        self.kind, self.package, self._collect = kind, package, collect
        self._things: dict[str, T] | None = None

    def _read(self) -> dict[str, T]:
        if self._things is None:
            self._things = {name: x for m in modules(self.package) for name, x in self._collect(m)}
        return self._things

    def __getitem__(self, name: str) -> T:
        things = self._read()
        if name not in things:
            raise KeyError(f'There is no {self.kind} "{name}"; {did_you_mean(str(name), things)}')
        return things[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __contains__(self, name: object) -> bool:
        return name in self._read()
