"""Answers are kept and gone on with; the page tells of those that were asked for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from benchmarks import study as module
from benchmarks.kept import answered, read
from benchmarks.power import STUDY as POWER
from benchmarks.pure_noise import STUDY as PURE_NOISE
from benchmarks.study import Study
from benchmarks.units_and_zeros import STUDY as UNITS_AND_ZEROS

STUDIES = pytest.mark.parametrize("study", [POWER, PURE_NOISE, UNITS_AND_ZEROS], ids=lambda s: s.name)


@dataclass(frozen=True)
class Asked:
    index: int
    effort: float


def double(asked: Asked) -> dict[str, int]:
    return {"answer": 2 * asked.index}


def refuse(asked: Asked) -> dict[str, int]:
    pytest.fail(f"asked again: {asked}")


QUESTIONS = [Asked(k, 1.0) for k in range(3)]


def doubled(rows: object) -> Iterator[str]:
    yield " ".join(str(row["answer"]) for row in rows)


SOME = Study("some_study", "Some", "About.", lambda *asked: QUESTIONS[: asked[0]], double, doubled, 3, 1.0)


def test_answers_are_kept_and_not_asked_again(tmp_path):
    out = tmp_path / "new" / "kept.jsonl"
    first = answered(QUESTIONS[:2], double, out)
    assert [(row["index"], row["answer"]) for row in first] == [(0, 0), (1, 2)]
    assert answered(QUESTIONS[:2], refuse, out) == first
    assert [row["answer"] for row in answered(QUESTIONS[::-1], double, out)] == [4, 2, 0]
    assert len(read(out)) == 3


def test_other_settings_are_other_questions(tmp_path):
    out = tmp_path / "kept.jsonl"
    answered(QUESTIONS, double, out)
    answered([replace(q, effort=2.0) for q in QUESTIONS], double, out)
    assert len(read(out)) == 6


@pytest.mark.parametrize("cut", [1, 9])
def test_half_a_line_is_left_out_and_written_over(tmp_path, cut):
    out = tmp_path / "kept.jsonl"
    answered(QUESTIONS[:2], double, out)
    out.write_text(out.read_text()[:-cut])
    assert len(read(out)) == 1
    answered(QUESTIONS, double, out)
    assert [json.loads(line)["index"] for line in out.read_text().splitlines()] == [0, 1, 2]


def test_the_page_tells_of_what_was_asked_for(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "RESULTS", tmp_path / "results")
    (tmp_path / "docs").mkdir()
    SOME.main(["--tables", "2"])
    text = SOME.path.read_text()
    assert text.startswith("# Some\n\nAbout.\n\nWritten by `python -m benchmarks.some_study --tables 2 ")
    assert text.endswith("\n\n0 2\n")
    SOME.main(["--tables", "3", "--out", str(tmp_path / "elsewhere.jsonl")])
    assert SOME.path.read_text() == text
    assert "\n0 2 4\n" in capsys.readouterr().out


@STUDIES
def test_its_page_stands_where_it_says(study):
    text = study.path.read_text(encoding="utf-8")
    head = study.page([]).partition("Nothing has been measured")[0]
    assert text.startswith(head), f"run {study.command}"


@STUDIES
def test_questions_are_the_same_again_and_another_number_has_the_first(study):
    few, more = study.questions(1, 0, 1.0), study.questions(3, 0, 1.0)
    assert set(few) <= set(more)
    assert len(set(more)) == len(more)
    assert study.questions(3, 0, 1.0) == more
    assert not set(study.questions(3, 1, 1.0)) & set(more)
