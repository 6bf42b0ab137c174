"""Which problems a command names: collections, halves of them, or single ones."""

from collections.abc import Collection, Iterable, Sequence
from importlib import import_module
from typing import TypeVar

from kantools.bench.random_laws.source import DECADES, RANDOM, is_random, law, law_named
from kantools.catalogue import did_you_mean
from kantools.datasets import PROBLEMS, Problem
from kantools.errors import SettingError

__all__ = [
    "COLLECTIONS",
    "LAWS",
    "ROWS",
    "collection",
    "collections_of",
    "evenly_spread",
    "outside_srbench",
    "problem_of",
    "select",
]

T = TypeVar("T")

#: Name of a collection → its module in :mod:`kantools.datasets.collections`.
COLLECTIONS = {"feynman": "feynman", "bonus": "feynman_bonus", "strogatz": "strogatz", "nguyen": "nguyen"}

#: Training rows where none are asked for: Strogatz has 400 rows, Nguyen 20 by custom, and 1000 rows can tell
#: the laws drawn at random.
ROWS = {"feynman": 1000, "bonus": 1000, "strogatz": 300, "nguyen": 20, RANDOM: 1000, DECADES: 1000}

#: Laws of a seed where no number is asked for.
LAWS = 40


def collection(name: str, *, seed: int = 0, laws: int = LAWS) -> tuple[Problem, ...]:
    """The problems of a collection, in its order; seed and number are those of random laws.

    >>> len(collection("feynman")), len(collection("bonus")), collection("random", seed=3)[1].name
    (100, 20, 'random.3.1')
    """
    if name not in ROWS:
        raise SettingError(f'There is no collection "{name}"; {did_you_mean(name, ROWS)}')
    if name in (RANDOM, DECADES):
        return tuple(law(seed, index, name).problem for index in range(laws))
    return _module(name).PROBLEMS


def problem_of(name: str) -> Problem:
    """The problem of this name, of a collection or drawn at random.

    >>> problem_of("random.3.1").columns == collection("random", seed=3)[1].columns
    True
    """
    return law_named(name).problem if is_random(name) else PROBLEMS[name]


def _module(name: str):  # type: ignore[no-untyped-def]
    return import_module(f"kantools.datasets.collections.{COLLECTIONS[name]}")


def collections_of(problems: Collection[str]) -> list[str]:
    """Names of the collections that have some of these problems.

    >>> collections_of(["I.12.1", "test_3"])
    ['feynman', 'bonus']
    """
    listed = [name for name in COLLECTIONS if any(p.name in problems for p in collection(name))]
    return listed + [
        source for source in (RANDOM, DECADES) if any(p.startswith(f"{source}.") for p in problems)
    ]


def outside_srbench() -> frozenset[str]:
    """Problems that the published rates of SRBench leave out."""
    return frozenset(p for name in COLLECTIONS for p in getattr(_module(name), "OUTSIDE_SRBENCH", ()))


def select(
    name: str,
    *,
    only: Sequence[str] | None = None,
    odd: bool = False,
    even: bool = False,
    seed: int = 0,
    laws: int = LAWS,
) -> tuple[Problem, ...]:
    """Problems of a collection: all, the single ones named, or every other one.

    Parameters
    ----------
    name : str
        Of the collection.
    only : sequence of str, optional
        Names of problems.
    odd, even : bool
        The first, third, … or the second, fourth, … of the collection's list.
    seed, laws : int
        Of random laws, which are as many as are asked for.

    Raises
    ------
    SettingError
        For an unknown name, and for odd and even together.

    Examples
    --------
    >>> [p.name for p in select("feynman", odd=True)][:2], [p.name for p in select("feynman", even=True)][:2]
    (['I.6.2a', 'I.6.2b'], ['I.6.2', 'I.8.14'])
    """
    if odd and even:
        raise SettingError("--odd and --even are halves of a collection; for all of it give neither.")
    problems = collection(name, seed=seed, laws=laws)
    problems = problems[0::2] if odd else problems[1::2] if even else problems
    return problems if only is None else _named(problems, only, name)


def evenly_spread(problems: Sequence[T], count: int) -> list[T]:
    """So many of a list: the last of each of ``count`` parts.

    Of the 120 Feynman laws 30 are every fourth, the 4th to the 120th, all of the even half.

    Raises
    ------
    SettingError
        For a number that is not between 1 and that of the problems.

    Examples
    --------
    >>> evenly_spread("abcdefgh", 2), evenly_spread("abcdefg", 3)
    (['d', 'h'], ['b', 'd', 'g'])
    """
    if not 1 <= count <= len(problems):
        raise SettingError(f"A sample has 1 to {len(problems)} of the problems asked for; got {count}.")
    return [problems[(k + 1) * len(problems) // count - 1] for k in range(count)]


def _named(problems: Iterable[Problem], only: Sequence[str], where: str) -> tuple[Problem, ...]:
    known = {p.name: p for p in problems}
    for name in only:
        if name not in known:
            elsewhere = name in PROBLEMS
            hint = "it is in another collection or half." if elsewhere else did_you_mean(name, known)
            raise SettingError(f'There is no problem "{name}" among those of {where} asked for; {hint}')
    return tuple(known[name] for name in only)
