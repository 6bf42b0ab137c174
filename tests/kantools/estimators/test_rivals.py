"""What a model keeps of the formulas that fit as well as its own, and what becomes of them."""

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from kantools import SymbolicRegressor
from kantools.cli.as_json import found as as_json
from kantools.cli.commands import app
from kantools.cli.output import rival_lines
from kantools.discovery import Discovery, Progress
from kantools.errors import SettingError
from kantools.estimators.files.checkpoint import Checkpoint, Keeper, read_checkpoint
from kantools.estimators.fitted import Fitted
from kantools.estimators.inputs import Inputs, give_inputs
from kantools.symbolic import refit
from kantools.symbolic.examine.examined import examined
from kantools.symbolic.fit.data import data_of
from kantools.table import Table

X = np.linspace(0.2, 2, 40)
FORMS = ("a", "a*x/(b + x)", "a*log(1 + x/b)", "a*x**b")


def table(target: str = "rate") -> Table:
    noise = 0.05 * np.random.default_rng(0).normal(size=40)
    return Table(("x",), X[:, None], target, 2 * X / (1 + X) + noise)


def fitted(target: str = "rate") -> Fitted:
    """A constant and a saturation on the front; a logarithm and a power that fit as well."""
    rows = table(target)
    constant, law, log, power = examined([refit(form, rows) for form in FORMS], data_of(rows))
    found = Discovery((constant, law), law, None, None, (), 0.1, "finished", rivals=(power, log))  # type: ignore[arg-type]
    return Fitted(found, rows, seed=0)


def of(*each: Fitted) -> SymbolicRegressor:
    model = SymbolicRegressor(random_state=0)
    give_inputs(model, Inputs(1, ("x",)))
    return model._take(each)


@pytest.fixture
def model() -> SymbolicRegressor:
    return of(fitted())


def texts(model: SymbolicRegressor) -> list[str]:
    return [str(f) for f in model.rivals_]


def test_equations_tell_the_role_of_each(model: SymbolicRegressor) -> None:
    assert list(model.equations_.role) == ["", "chosen", "rival", "rival"]
    assert np.isnan(model.equations_.score[2:]).all()
    assert np.isfinite(model.equations_.held_out_loss).all()


def test_files_and_pickles_keep_them(model: SymbolicRegressor, tmp_path: Path) -> None:
    model.save(tmp_path / "model.kan")
    for again in (SymbolicRegressor.load(tmp_path / "model.kan"), pickle.loads(pickle.dumps(model))):
        assert texts(again) == texts(model)
        assert list(again.equations_.role) == list(model.equations_.role)


def test_one_on_the_front_is_the_same_formula_in_a_file(model: SymbolicRegressor, tmp_path: Path) -> None:
    found = model.discovery_
    model.fitted_ = replace(model.fitted_, discovery=replace(found, rivals=found.front[:1]))
    model.save(tmp_path / "model.kan")
    again = SymbolicRegressor.load(tmp_path / "model.kan")
    assert again.rivals_ == again.discovery_.front[:1]


def test_each_of_several_targets_has_its_own(tmp_path: Path) -> None:
    both = of(fitted("rate"), fitted("yield"))
    assert list(both.equations_.role) == 2 * ["", "chosen", "rival", "rival"]
    both.save(tmp_path / "both.kan")
    again = SymbolicRegressor.load(tmp_path / "both.kan")
    for name, one in again.models_.items():
        assert [f.target for f in one.rivals_] == [name, name]


def test_one_is_chosen_by_its_row_and_taken_back(model: SymbolicRegressor) -> None:
    law, (power, log) = model.formula_, model.rivals_
    model.choose(3)
    assert model.formula_ is log
    assert log in model.discovery_.front
    assert law in set(model.rivals_) <= {law, power}
    assert model.undo().formula_ is law
    assert model.rivals_ == (power, log)
    with pytest.raises(SettingError, match=r"An index is a row of the front, 0 to 3; got 4\."):
        model.choose(4)


def test_a_poor_formula_that_is_chosen_has_none(model: SymbolicRegressor) -> None:
    assert model.choose(0).rivals_ == ()


def test_the_figure_needs_them_and_rows(model: SymbolicRegressor) -> None:
    upper, lower = model.plot("rivals").axes
    assert (upper.get_ylabel(), lower.get_xlabel()) == ("rate", "$x$")
    assert upper.get_title().startswith("dotted: the next measurement, at ")
    with pytest.raises(SettingError, match='There is no column "z"; known: "x"'):
        model.plot("rivals", over="z")
    with pytest.raises(SettingError, match="needs formulas that fit as well within noise, and none is known"):
        model.choose(0).plot("rivals")


def test_text_and_json_tell_them_and_the_next_measurement(model: SymbolicRegressor) -> None:
    lines = list(rival_lines(model.discovery_, table()))
    told = as_json(model, table(), interrupted=False)
    assert lines[1] == "As good within noise:"
    assert lines[2].startswith(f"  {model.rivals_[0]}  (")
    assert lines[-1] == told["next_measurement"]["text"]
    assert [f["formula"] for f in told["rivals"]] == texts(model)
    assert told["next_measurement"]["at"] == {"x": told["next_measurement"]["value"]}
    assert len(told["next_measurement"]["expected"]) == 3


def test_without_rivals_nothing_is_said(model: SymbolicRegressor) -> None:
    model.choose(0)
    assert list(rival_lines(model.discovery_, table())) == []
    assert as_json(model, table(), interrupted=False)["next_measurement"] is None


def test_the_report_tells_them(model: SymbolicRegressor, tmp_path: Path) -> None:
    for name in ("report.html", "report.txt", "report.json"):
        model.report(tmp_path / name)
    page = (tmp_path / "report.html").read_text()
    assert 'id="rivals-title"' in page
    assert "The chosen formula and its rivals, over and beyond the rows" in page
    text = (tmp_path / "report.txt").read_text()
    assert "As good within noise\n  rate = " in text
    assert '"more_loss_error": 0.0' in (tmp_path / "report.json").read_text()
    model.choose(0).report(tmp_path / "report.html")
    assert 'id="rivals-title"' not in (tmp_path / "report.html").read_text()


def test_a_saved_model_without_rows_lists_them_and_lets_them_be_chosen(
    model: SymbolicRegressor, tmp_path: Path
) -> None:
    path = str(tmp_path / "model.kan")
    model.save(path)
    listed = CliRunner().invoke(app, ["choose", path]).stdout
    assert listed.count("≈") == 2
    assert CliRunner().invoke(app, ["choose", path, "2"]).exit_code == 0
    again = SymbolicRegressor.load(path)
    assert str(again.formula_) == str(model.rivals_[0])
    assert {str(f) for f in again.rivals_} == {str(model.formula_), str(model.rivals_[1])}
    assert CliRunner().invoke(app, ["choose", path, "9"]).exit_code != 0
    again.save(path)
    CliRunner().invoke(app, ["choose", path, "0"])
    assert SymbolicRegressor.load(path).rivals_ == ()


def test_a_search_that_goes_on_begins_with_them(
    model: SymbolicRegressor, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: list[str] = []
    found = model.discovery_

    def discover(table: Table, **told: object) -> Discovery:
        known.extend(str(f) for f in told["known"])  # type: ignore[attr-defined]
        return found

    monkeypatch.setattr("kantools.discovery.discover", discover)
    names = [*map(str, found.listed)]
    model.set_params(warm_start=True).fit_table(table())
    assert known == names


def test_a_checkpoint_keeps_what_may_be_one(tmp_path: Path) -> None:
    found = fitted().discovery
    keeper = Keeper(tmp_path / "checkpoint.kan", Checkpoint("mark"), every=-1.0)
    keeper(Progress(0.5, "tried", found.chosen, found.listed))
    kept = read_checkpoint(tmp_path / "checkpoint.kan")
    assert kept is not None
    assert {str(f) for f in kept.formulas} == {str(f) for f in found.listed}
