"""Tables of pure noise: what they are drawn from, and what the page counts."""

from collections import Counter

import numpy as np
import pytest

from benchmarks.pure_noise import MEAN, NOISES, PLACES, SHAPES, STUDY, Question, noise_table, questions

ROW = {
    **{"rows": 30, "columns": 2, "place": "about 0", "noise": "normal", "seed": 0, "index": 0, "effort": 1.0},
    **{"constant": True, "ratio": 1.0, "formula": "y = 2", "effort spent": 0.5, "version": "0.1.0"},
}


def test_every_kind_occurs_as_often():
    asked = questions(200, 0, 1.0)
    assert len(asked) == 200 * len(SHAPES)
    for rows, columns in SHAPES:
        kinds = Counter(q.place for q in asked if q.rows == rows and q.columns in columns)
        assert max(kinds.values()) - min(kinds.values()) <= 20
    assert {q.columns for q in asked if q.rows == 30} == {1, 2, 3, 4, 5, 12}


@pytest.mark.parametrize("noise", NOISES)
@pytest.mark.parametrize("place", PLACES)
def test_the_target_has_nothing_to_do_with_the_columns(noise, place):
    table = noise_table(Question(4000, 2, place, noise, 0, 0, 1.0))
    ranks = np.argsort(np.argsort(np.column_stack([table.X, table.y]), axis=0), axis=0)
    assert np.abs(np.corrcoef(ranks.T)[2, :2]).max() < 0.06
    assert np.median(table.y) == pytest.approx(MEAN, abs=0.1)
    assert 0.5 < np.std(table.y) < 2


def test_the_page_counts_and_lists():
    wrong = {**ROW, "columns": 12, "index": 1, "constant": False, "ratio": 1.2, "formula": "y = x3"}
    text = STUDY.page([ROW, wrong])
    assert "| 30 × 1–5 | 1 | 0 | 0.0 | 0–79 | 0 | 0.5 |" in text
    assert "| 30 × 12 | 1 | 1 | 100.0 | 21–100 | 1 | 0.5 |" in text
    assert "| all | 2 | 1 | 50.0 |" in text
    assert "| 30 | 12 | about 0 | normal | 1.2 | `y = x3` |" in text
    assert STUDY.page([ROW]).endswith("## Answers that are no constant\n\nNone.\n")
