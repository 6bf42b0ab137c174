"""Whatever lies in the folder of hypotheses can be read about: formulas, times, thresholds and reasons."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from kantools.discovery.about import PARTS, Threshold, about, about_all, in_order, thresholds_of
from kantools.discovery.agenda import NAMED
from kantools.discovery.hypothesis import Hypothesis, When
from kantools.discovery.policy import Policy
from kantools.discovery.roster import HYPOTHESES, roster_of
from kantools.errors import SettingError

ROOT = Path(__file__).resolve().parents[3]
LAB_BOOK = (ROOT / "docs" / "lab-book.md").read_text(encoding="utf-8")
ROW = re.compile(r'lab book, "([^"]+)"')
#: How the reason of a judgement ends: where its value is from.
FROM = re.compile(
    r'; (a guess(; what it found: lab book, "[^"]+")?|measured: lab book, "[^"]+"|derived: .+|by definition)$'
)
ALL = [*HYPOTHESES]


def stands_alone(threshold: Threshold) -> bool:
    """Whether a reason is understood without the line above it."""
    return not re.search(r"…|\bthe same (in|where|for)\b|^(and|or|of|that|these|those)\b", threshold.reason)


def is_sourced(threshold: Threshold) -> bool:
    """Whether a judgement says where it is from, and what it says is there."""
    if any(f"| {row}" not in LAB_BOOK for row in ROW.findall(threshold.reason)):
        return False
    return threshold.kind != "judgement" or bool(FROM.search(threshold.reason))


@pytest.mark.parametrize("name", ALL)
def test_reasons_stand_alone_and_judgements_say_where_they_are_from(name: str) -> None:
    for threshold in about(name).thresholds:
        assert stands_alone(threshold), threshold
        assert is_sourced(threshold), threshold


def test_reasons_of_the_walk_do_as_well() -> None:
    for threshold in thresholds_of(Policy()):
        assert stands_alone(threshold), threshold
        assert is_sourced(threshold), threshold


@pytest.mark.parametrize("name", ALL)
def test_a_hypothesis_is_a_frozen_dataclass_whose_fields_have_reasons(name: str) -> None:
    kind = HYPOTHESES[name]
    assert is_dataclass(kind)
    assert issubclass(kind, Hypothesis)
    told = {t.name for t in thresholds_of(kind())}
    rest = {f.name for f in fields(kind)} - told
    assert rest <= {"topology", "first"}, "what the agenda sets; all others are thresholds"


@pytest.mark.parametrize("name", ALL)
def test_a_hypothesis_tells_what_it_does_when_and_why(name: str) -> None:
    of = about(name)
    assert of.does.endswith(".")
    assert len(of.prose) > 40
    assert of.when
    assert set(of.when) <= {*PARTS.values(), *(when.value for when in When)}


def test_all_are_told_once_those_of_the_agenda_first() -> None:
    names = [of.name for of in about_all()]
    assert sorted(names) == sorted(HYPOTHESES)
    assert {*names[: len(NAMED)]} == {kind.name for kind in NAMED}
    assert names[0] == "plain formulas"


@pytest.mark.parametrize("name", ALL)
def test_a_hypothesis_can_be_left_out(name: str) -> None:
    assert {h.name for h in roster_of([..., f"-{name}"]).members} == {*HYPOTHESES} - {name}


def _without_code(page: str) -> str:
    """A page on one line, without what is code and may have asterisks of its own."""
    return re.sub(r"`[^`]*`", "", " ".join(page.split()))


def test_how_it_works_follows_the_agenda() -> None:
    """Each hypothesis that the agenda names is told of, in the order in which it first names them."""
    page = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    agenda = [h.name for h in in_order([kind() for kind in NAMED])]
    told = [name for name in re.findall(r"\*\*([^*]+?)\.?\*\*", _without_code(page)) if name in agenda]
    assert list(dict.fromkeys(told)) == agenda


def test_how_it_works_has_the_sections_of_the_agenda() -> None:
    """``units_first`` is told before ``quick``, and so on: the parts in their order, each with a heading."""
    page = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8")
    discovery = page.partition("## Discovery")[2].partition("\n## ")[0]
    assert re.findall(r"^### (.*)$", discovery, re.MULTILINE) == [
        *("Of the whole table", "What the units tell, first", "Where the walk begins"),
        *("On arrival in a view", "Onward from a view", "Leads", "At the end"),
        *("What the walk does with findings", "How it ends", "Looks"),
    ]


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(SettingError, match='There is no hypothesis "one curves"; did you mean "one curve"'):
        about("one curves")
