"""The public names of the symbolic room."""

from importlib import import_module

import pytest

import kantools.symbolic as door


@pytest.mark.parametrize("name", door.__all__)
def test_a_name_at_the_door_is_the_thing_in_its_room(name: str) -> None:
    room = import_module(door._HOME[name])
    assert getattr(door, name) is getattr(room, name)
    assert name in room.__all__
    assert name in dir(door)


def test_what_is_not_there_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match=r"module 'kantools.symbolic' has no attribute 'snap_all'"):
        door.snap_all  # noqa: B018
