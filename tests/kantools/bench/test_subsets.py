"""Which parts of the collections are told apart."""

from kantools.bench.record import Record
from kantools.bench.selection import collection, select
from kantools.bench.subsets import SAMPLE, subsets


def records(*names: str) -> list[Record]:
    return [Record(name, 0, 20, 0, "kantools", 60, False, 0, "done") for name in names]


def sizes(*collections: str) -> dict[str, int]:
    there = records(*(p.name for name in collections for p in collection(name)))
    return {label: len(part) for label, part in subsets(there)}


def test_feynman():
    assert sizes("feynman") == {
        "Feynman": 100,
        "Feynman, odd": 50,
        "Feynman, even": 50,
        "Feynman, SRBench's": 97,
    }


def test_with_the_bonus():
    found = sizes("feynman", "bonus")
    assert found["Feynman and bonus, SRBench's"] == 116
    assert found["Feynman and bonus, sample"] == SAMPLE
    assert "all" not in found


def test_two_searches_a_law_are_two():
    twice = records(*(p.name for p in collection("nguyen"))) * 2
    assert [(label, len(part)) for label, part in subsets(twice)] == [("Nguyen", 26)]


def test_a_part_that_is_not_complete_is_not_told_of():
    odd = records(*(p.name for p in select("feynman", odd=True)))
    assert [label for label, _ in subsets(odd)] == ["Feynman, odd"]
    assert [(label, len(part)) for label, part in subsets(odd[1:])] == [("all", 49)]


def test_what_belongs_to_no_complete_part_is_told_of_with_all():
    mixed = records(*(p.name for p in collection("nguyen")), "I.12.1")
    assert [(label, len(part)) for label, part in subsets(mixed)] == [("all", 14), ("Nguyen", 13)]
