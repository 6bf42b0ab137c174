"""Thresholds are fields with a kind and a reason, and defaults that no two instances share."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kantools.discovery.policy import Policy
from kantools.discovery.threshold import guard, judgement, size, thresholds


@dataclass(frozen=True)
class Some:
    good: float = judgement(0.5, "a guess")
    most: Mapping[int, int] = size({1: 4}, "columns")
    tiny: float = guard(1e-9, "rounding")
    chosen: str = field(default="")


def test_kinds_and_reasons_are_told_of_thresholds_alone():
    told = [(f.name, kind, reason) for f, kind, reason in thresholds(Some)]
    good, most, tiny = told
    assert (good, most) == (("good", "judgement", "a guess"), ("most", "size", "columns"))
    assert tiny == ("tiny", "guard", "rounding")
    assert told == [(f.name, kind, reason) for f, kind, reason in thresholds(Some())]


def test_values_are_plain_and_can_be_replaced():
    assert (Some().good, Some().most, Some().tiny) == (0.5, {1: 4}, 1e-9)
    assert replace(Some(), good=0.7).good == 0.7
    assert Some().most is not Some().most


def test_a_mapping_does_not_keep_it_from_being_hashed():
    assert hash(Some()) == hash(Some())
    assert Some() == Some() != Some(most={1: 5})


def test_every_threshold_of_the_walk_has_a_reason():
    parts = {"survey", "noise"}
    told = {f.name: reason for f, _, reason in thresholds(Policy)}
    assert set(told) == set(Policy.__dataclass_fields__) - parts
    for part in parts:
        told |= {f.name: reason for f, _, reason in thresholds(getattr(Policy(), part))}
    assert all(reason.strip() for reason in told.values())
