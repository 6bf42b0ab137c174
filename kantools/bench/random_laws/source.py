"""Law number k of a seed, and its name among the problems of the benchmark.

Each law has a stream of random numbers of its own, spawned from the seed (numpy's ``SeedSequence``), so it is
the same whatever the others are, and how many. A later numpy may draw other numbers, and a later grammar
other laws: a record keeps the formula, its class and its columns.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count

import numpy as np

from kantools.bench.random_laws.law import RandomLaw
from kantools.errors import SettingError

__all__ = ["attempts", "is_random", "law", "law_named", "name_of"]

NAME = re.compile(r"random\.(\d+)\.(\d+)")


def name_of(seed: int, index: int) -> str:
    """The name of a law.

    >>> name_of(7, 12)
    'random.7.12'
    """
    return f"random.{seed}.{index}"


def is_random(name: str) -> bool:
    """Whether a name is that of a random law."""
    return NAME.fullmatch(name) is not None


def law_named(name: str) -> RandomLaw:
    """The law of this name.

    >>> law_named("random.7")
    Traceback (most recent call last):
        ...
    kantools.errors.SettingError: A random law is named by seed and number, as "random.7.12"; got "random.7".
    """
    match = NAME.fullmatch(name)
    if match is None:
        raise SettingError(f'A random law is named by seed and number, as "random.7.12"; got "{name}".')
    return law(int(match[1]), int(match[2]))


@lru_cache(maxsize=256)
def law(seed: int, index: int) -> RandomLaw:
    """Law number ``index`` of a seed, drawn until rows can tell it."""
    return next(drawn for drawn, why in attempts(seed, index) if why is None)


def attempts(seed: int, index: int) -> Iterator[tuple[RandomLaw, str | None]]:
    """What is drawn for a law, one after the other, each with what is wrong with it."""
    from kantools.bench.random_laws.draft import Draft  # these need sympy, and names alone do not
    from kantools.bench.random_laws.grammar import drawn, theme_of
    from kantools.bench.random_laws.identifiable import flaw

    for attempt in count():
        stream = np.random.SeedSequence(seed, spawn_key=(index, attempt))
        writing, rows = (np.random.default_rng(s) for s in stream.spawn(2))
        found = drawn(Draft(writing, theme_of(writing)), name_of(seed, index))
        yield found, flaw(found, rows)
