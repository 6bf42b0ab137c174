"""The parts of the collections whose rates are told apart.

Discovery is developed on the odd laws, so the even ones say what to expect of others. Published rates are
those of the laws that SRBench has. The sample is what slow methods are compared on.
"""

from collections.abc import Iterator, Sequence

from kantools.bench.record import Record
from kantools.bench.selection import collection, evenly_spread, outside_srbench, select

__all__ = ["SAMPLE", "subsets"]

#: Laws of the sample that methods are compared on, out of Feynman's 120.
SAMPLE = 30


def subsets(records: Sequence[Record]) -> Iterator[tuple[str, list[Record]]]:
    """The parts of which every law is among the records; first all of them where these leave some out.

    Examples
    --------
    >>> records = [Record(p.name, 0, 20, 0, "kantools", 60, False, 0, "done") for p in collection("nguyen")]
    >>> [(name, len(part)) for name, part in subsets(records)]
    [('Nguyen', 13)]
    """
    there = {r.name for r in records}
    whole = {label: names for label, names in _names().items() if names <= there}
    if there - frozenset().union(*whole.values()):
        yield "all", list(records)
    for label, names in whole.items():
        yield label, [r for r in records if r.name in names]


def _names() -> dict[str, frozenset[str]]:
    feynman, bonus, strogatz, nguyen = (
        frozenset(p.name for p in collection(name)) for name in ("feynman", "bonus", "strogatz", "nguyen")
    )
    odd, even = (frozenset(p.name for p in select("feynman", odd=o, even=not o)) for o in (True, False))
    both = (*collection("feynman"), *collection("bonus"))
    return {
        "Feynman": feynman,
        "Feynman, odd": odd,
        "Feynman, even": even,
        "Feynman, SRBench's": feynman - outside_srbench(),
        "bonus": bonus,
        "Feynman and bonus, SRBench's": (feynman | bonus) - outside_srbench(),
        "Feynman and bonus, sample": frozenset(p.name for p in evenly_spread(both, SAMPLE)),
        "Strogatz": strogatz,
        "Nguyen": nguyen,
    }
