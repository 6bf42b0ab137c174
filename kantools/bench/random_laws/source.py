"""Law number k of a seed, and its name among the problems of the benchmark.

Each law has a stream of random numbers of its own, spawned from the seed (numpy's ``SeedSequence``), so it is
the same whatever the others are, and how many. A later numpy may draw other numbers, and a later grammar
other laws: a record keeps the formula, its class and its columns.

``decades.N.k`` is a law whose target goes over decades. These are drawn by themselves: the laws of a seed are
not those of the same seed without decades.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count

import numpy as np

from kantools.bench.random_laws.law import RandomLaw
from kantools.errors import SettingError

__all__ = ["DECADES", "RANDOM", "attempts", "is_random", "law", "law_named", "name_of"]

#: The sources: of any laws, and of those whose target goes over decades.
RANDOM, DECADES = "random", "decades"
NAME = re.compile(rf"({RANDOM}|{DECADES})\.(\d+)\.(\d+)")


def name_of(seed: int, index: int, source: str = RANDOM) -> str:
    """The name of a law.

    >>> name_of(7, 12), name_of(7, 12, DECADES)
    ('random.7.12', 'decades.7.12')
    """
    return f"{source}.{seed}.{index}"


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
    return law(int(match[2]), int(match[3]), match[1])


@lru_cache(maxsize=256)
def law(seed: int, index: int, source: str = RANDOM) -> RandomLaw:
    """Law number ``index`` of a seed, drawn until rows can tell it."""
    return next(drawn for drawn, why in attempts(seed, index, source) if why is None)


def attempts(seed: int, index: int, source: str = RANDOM) -> Iterator[tuple[RandomLaw, str | None]]:
    """What is drawn for a law, one after the other, each with what is wrong with it."""
    from kantools.bench.random_laws.draft import Draft  # these need sympy, and names alone do not
    from kantools.bench.random_laws.grammar import drawn, theme_of
    from kantools.bench.random_laws.identifiable import flaw

    decades = source == DECADES
    for attempt in count():
        stream = np.random.SeedSequence(seed, spawn_key=(index, attempt, 1) if decades else (index, attempt))
        writing, rows = (np.random.default_rng(s) for s in stream.spawn(2))
        found = drawn(Draft(writing, theme_of(writing)), name_of(seed, index, source))
        yield found, flaw(found, rows, decades=decades)
