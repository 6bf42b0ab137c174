"""The formulas of a front, steered by hand."""

import numpy as np
import pytest

from kantools.errors import SettingError, UserError
from kantools.steering import Shortlist
from kantools.symbolic import refit
from kantools.symbolic.examine.examined import examined
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.front import pareto_front
from kantools.table import Table


def saturation(noise: float = 0.01) -> Table:
    x = np.linspace(0.2, 5, 60)
    y = 3 * x / (1.5 + x) + noise * np.random.default_rng(0).normal(size=60)
    return Table(("x",), x[:, None], "y", y, units={"x": "m", "y": "s"})


def shortlist(**options: object) -> Shortlist:
    table = saturation()
    forms = ("a", "a + b*x", "a + b*x + c*x**2 + d*x**3")
    front = examined(pareto_front([refit(form, table) for form in forms]), data_of(table))
    return Shortlist(front, front[1], table, **options)  # type: ignore[arg-type]


def test_a_form_of_ones_own_competes() -> None:
    bench = shortlist().add("a*x/(b + x)")
    assert str(bench.formula.template) in ("a*x/(b + x)", "c0*x/(c1 + x)")
    assert bench.formula in bench.front
    a, b = (c.value for c in bench.formula.constants)
    assert (a, b) == pytest.approx((3, 1.5), abs=0.05)
    assert bench.formula.domain is not None
    assert np.isfinite(bench.formula.held_out_loss)
    (step,) = bench.history
    assert step.action == 'add("a*x/(b + x)")'
    assert step.after.trained < 0.01 * step.before.trained
    assert step.after.held_out < 0.01 * step.before.held_out


def test_what_is_behind_is_refused_by_name() -> None:
    bench = shortlist().add("a*x/(b + x)")
    with pytest.raises(UserError, match=r"stands behind y = 3\.0.*Give a shorter or a better one"):
        bench.add("a + b*sqrt(x) + c*x")
    assert len(bench.history) == 1


def test_a_pinned_formula_stays_chosen() -> None:
    bench = shortlist().choose(0)
    pinned = bench.formula
    assert bench.add("a*x/(b + x)").formula is pinned
    assert pinned in bench.front
    assert bench.undo().undo().formula is not pinned


def test_undo_and_redo() -> None:
    bench = shortlist()
    before, chosen = bench.front, bench.formula
    after = bench.add("a*x/(b + x)").front
    assert bench.undo().front is before
    assert bench.formula is chosen
    assert bench.redo().front is after
    with pytest.raises(UserError, match="none was"):
        bench.redo()


def test_the_rule_chooses() -> None:
    best = shortlist(rule="loss").add("a*x/(b + x)")
    assert best.formula is min(best.front, key=lambda f: f.loss)


def test_units_are_kept() -> None:
    bench = shortlist(units={"x": "m", "y": "s"})
    assert [c.unit for c in bench.add("a*x/(b + x)").formula.constants] == ["s", "m"]
    with pytest.raises(UserError, match="Formulas are consistent with the units"):
        bench.add("a*exp(x)/(b + exp(2*x)) + 0*c")


def test_refusals() -> None:
    bench = shortlist()
    last = len(bench.front) - 1
    for index in (-1, last + 1, 1.0, True):
        with pytest.raises(SettingError, match=f"An index is a row of the front, 0 to {last}"):
            bench.choose(index)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="undo"):
        bench.undo()


def test_what_it_looks_like() -> None:
    bench = shortlist()
    assert repr(bench) == f"Shortlist({len(bench.front)} formulas; {bench.formula})"
    assert "→" in bench._repr_html_()
    assert bench.frame()["chosen"].tolist().count("→") == 1
