"""Where traces are kept, and when two of them say the same."""

import re
from itertools import zip_longest
from math import isclose
from pathlib import Path

from tests.golden.laws import Law

__all__ = ["difference", "file_of"]

FOLDER = Path(__file__).with_name("traces")
#: Processors round differently: so many digits are alike, and what is smaller is nothing.
SAME, NOTHING = 2e-6, 1e-9
NUMBER = re.compile(r"(?<![\w.])(-?(?:\d+\.\d+(?:e[-+]?\d+)?|\d+e[-+]?\d+|inf|nan))(?![\w.])")


def file_of(law: Law, noise: float) -> Path:
    """The file of one search, a law and a noise."""
    return FOLDER / f"{law.name}-{noise}.txt"


def difference(one: str, other: str) -> str:
    """The first lines that do not say the same; empty where all do.

    >>> difference("y = x/2 | 3.1e-17 | 0.30000001", "y = x/2 | 0.0 | 0.3")
    ''
    >>> print(difference("y = 0.30000*x | 0.3", "y = 0.30001*x | 0.3"))
    line 1 was
      y = 0.30000*x | 0.3
    and is
      y = 0.30001*x | 0.3
    """
    pairs = zip_longest(one.splitlines(), other.splitlines(), fillvalue="(no line)")
    for number, (before, now) in enumerate(pairs, 1):
        if not _same(before, now):
            return f"line {number} was\n  {before}\nand is\n  {now}"
    return ""


def _same(one: str, other: str) -> bool:
    """Whether two lines are the same text with the same numbers in it."""
    a, b = NUMBER.split(one), NUMBER.split(other)
    if len(a) != len(b) or a[::2] != b[::2]:
        return False
    return all(_alike(float(x), float(y)) for x, y in zip(a[1::2], b[1::2], strict=True))


def _alike(a: float, b: float) -> bool:
    return a == b or isclose(a, b, rel_tol=SAME, abs_tol=NOTHING) or (a != a and b != b)
