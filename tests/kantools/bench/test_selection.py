"""Which problems a command means."""

import pytest

from kantools.bench.selection import COLLECTIONS, ROWS, collection, evenly_spread, outside_srbench, select
from kantools.errors import SettingError


def names(*args, **more):
    return [p.name for p in select(*args, **more)]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_halves_make_the_whole(name):
    odd, even = names(name, odd=True), names(name, even=True)
    assert sorted(odd + even) == sorted(p.name for p in collection(name))
    assert odd[0] == collection(name)[0].name
    assert even[0] == collection(name)[1].name
    assert 0 <= len(odd) - len(even) <= 1


def test_srbench_counts_116_of_feynmans():
    feynman = set(names("feynman")) | set(names("bonus"))
    assert len(feynman) == 120
    assert len(feynman - outside_srbench()) == 116


def test_every_collection_has_its_rows():
    assert set(ROWS) == {*COLLECTIONS, "random", "decades"}


def test_single_ones_in_the_order_asked_for():
    assert names("nguyen", only=["Nguyen-8", "Nguyen-1"]) == ["Nguyen-8", "Nguyen-1"]


def test_a_sample_of_thirty_is_every_fourth():
    laws = (*collection("feynman"), *collection("bonus"))
    thirty = evenly_spread(laws, 30)
    assert [laws.index(law) for law in thirty] == list(range(3, 120, 4))
    assert not {p.name for p in thirty} & set(names("feynman", odd=True))


@pytest.mark.parametrize("count", [0, 14])
def test_a_sample_is_of_what_there_is(count):
    with pytest.raises(SettingError, match=rf"has 1 to 13 of the problems asked for; got {count}"):
        evenly_spread(collection("nguyen"), count)


@pytest.mark.parametrize(
    ("args", "more", "message"),
    [
        (("feynmann",), {}, 'no collection "feynmann"; did you mean "feynman"'),
        (("feynman",), {"odd": True, "even": True}, "are halves of a collection"),
        (("nguyen",), {"only": ["Nguyen-88"]}, 'no problem "Nguyen-88" .* did you mean'),
        (("nguyen",), {"only": ["I.12.1"]}, "another collection or half"),
        (("feynman",), {"only": ["I.6.2"], "odd": True}, "another collection or half"),
    ],
)
def test_what_there_is_not(args, more, message):
    with pytest.raises(SettingError, match=message):
        select(*args, **more)
