"""Weak laws: what the criteria say, what has the form of a law, and what the page counts."""

import numpy as np
import pytest
import sympy

from benchmarks import power
from benchmarks.power import COUNTED, LAWS, NOISES, ROWS, STUDY, Question, drawn, of_form, questions, verdicts
from kantools.symbolic.formula import Constant, Formula

x, c0, c1, c2 = sympy.symbols("x c0 c1 c2")


def formula(template: sympy.Expr, *values: float) -> Formula:
    constants = tuple(Constant(sympy.Symbol(f"c{k}"), v, 0.01) for k, v in enumerate(values))
    return Formula(("x",), "y", template, constants, np.eye(len(values)))


def test_the_f_test_is_wrong_as_often_as_its_level_says():
    asked = [Question("nothing", 8, 1.0, 0, k, 1.0) for k in range(400)]
    said = [verdicts(LAWS["line"], drawn(q)) for q in asked]
    assert np.mean([v["F-test"] for v in said]) == pytest.approx(0.05, abs=0.03)
    assert np.mean([v["BIC"] for v in said]) > np.mean([v["F-test"] for v in said])


@pytest.mark.parametrize("law", LAWS)
def test_a_law_with_little_noise_is_preferred_to_a_constant(law):
    given = drawn(Question(law, 50, 0.1, 0, 0, 1.0))
    assert verdicts(LAWS[law], given) == {"F-test": True, "AICc": True, "BIC": True}
    assert np.std(given.table.y - given.clean) == pytest.approx(0.1 * np.std(given.clean), rel=0.4)


def test_what_has_the_form_of_a_law():
    given = drawn(Question("decay", 12, 0.3, 0, 0, 1.0))
    decay = LAWS["decay"]
    assert of_form(formula(c0 * sympy.exp(-c1 * x), 2.0, 0.3), decay, given)
    assert of_form(formula(c0 * sympy.exp(-c1 * x) + c2, 2.0, 0.3, 0.1), decay, given)
    assert not of_form(formula(c0 / (c1 + x), 2.0, 0.5), decay, given)
    assert not of_form(formula(c0, 2.0), decay, given)


def rows() -> list[dict[str, object]]:
    found = {"kantools": True, "form": False, "F-test": True, "AICc": True, "BIC": True, "version": "0.1.0"}
    return [
        {"law": q.law, "rows": q.rows, "noise": q.noise, "index": q.index, **found}
        for q in questions(2, 0, 1.0)
    ]


def test_the_page_has_a_line_for_each_law_noise_and_number_of_rows():
    text = STUDY.page(rows())
    assert "| line | 0.1 | 6 | 2 | 100 | 0 | 100 | 100 | 100 |" in text
    assert text.count("\n| ") == 2 + len(ROWS) * (len(LAWS) * len(NOISES) + 1)


def test_the_picture_has_a_panel_for_each_law_and_noise(monkeypatch, tmp_path):
    monkeypatch.setattr(power, "FIGURE", tmp_path / "power.png")
    drawn_axes = []
    monkeypatch.setattr(power, "_panel", lambda axes, part: drawn_axes.append((axes, part)))
    with pytest.warns(UserWarning, match="No artists with labels"):
        power.draw(rows())
    assert len(drawn_axes) == len(LAWS) * len(NOISES)
    assert {len(part) for _, part in drawn_axes} == {2 * len(ROWS)}
    assert (tmp_path / "power.png").exists()


def test_a_panel_has_a_line_for_each_verdict():
    from matplotlib.figure import Figure

    axes = Figure().subplots()
    power._panel(axes, [r for r in rows() if (r["law"], r["noise"]) == ("line", 0.1)])
    assert [line.get_ydata().tolist() for line in axes.lines] == [[100] * 5, [0] * 5, *[[100] * 5] * 3]
    assert len(axes.lines) == len(COUNTED)
