"""Which hypotheses a search asks, as a user says it."""

import pytest

from kantools.discovery.hypotheses.few_terms import FewTerms
from kantools.discovery.hypotheses.networks import Networks
from kantools.discovery.roster import HYPOTHESES, roster_of
from kantools.errors import SettingError


def names(chosen) -> list[str]:
    return [h.name for h in roster_of(chosen).members]


def test_all_without_a_choice():
    assert names(None) == names([...]) == list(HYPOTHESES)


def test_names_and_instances_in_the_order_given():
    few = FewTerms(most_terms=20)
    roster = roster_of(["networks", few])
    assert names(["networks", few]) == ["networks", "polynomial with few terms"]
    assert roster.get(FewTerms) is few
    assert roster.get(Networks) == Networks()


def test_an_instance_stands_for_its_kind_among_all_others():
    roster = roster_of([FewTerms(most_terms=20), ...])
    assert len(roster.members) == len(HYPOTHESES)
    assert roster.get(FewTerms).most_terms == 20


def test_a_minus_leaves_one_out():
    assert set(names([..., "-networks", "-one curve"])) == set(HYPOTHESES) - {"networks", "one curve"}
    assert roster_of([..., "-networks"]).get(Networks) is None


def test_those_of_no_such_kind():
    assert [h.name for h in roster_of(["networks", "one curve"]).others([Networks])] == ["one curve"]


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        (["netwroks"], 'There is no hypothesis "netwroks"; did you mean "networks'),
        ([..., "-netwroks"], 'There is no hypothesis "netwroks"; did you mean "networks'),
        ("networks", "hypotheses is a list of names, hypotheses and ...; it is 'networks'"),
        (7, "hypotheses is a list of names, hypotheses and ...; it is 7"),
        ([7], r"A hypothesis is a name or an instance; this is 7. Write for instance FewTerms\(\)."),
        (
            [FewTerms],
            "A hypothesis is a name or an instance; this is <class .*FewTerms",
        ),
    ],
)
def test_what_is_none_is_told_with_what_may_have_been_meant(chosen, message):
    with pytest.raises(SettingError, match=message):
        roster_of(chosen)


def test_names_with_a_minus_alone_leave_out_of_all():
    assert roster_of(["-networks"]) == roster_of([..., "-networks"])


def test_a_name_given_twice_is_refused():
    with pytest.raises(SettingError, match='"networks" is named twice'):
        roster_of(["networks", ..., "networks"])


def test_thresholds_as_plain_values():
    written = [..., {"name": "polynomial with few terms", "most_terms": 20}]
    assert roster_of(written) == roster_of([..., FewTerms(most_terms=20)])
    with pytest.raises(SettingError, match='no threshold "most_term"; did you mean "most_terms"'):
        roster_of([{"name": "polynomial with few terms", "most_term": 20}])
