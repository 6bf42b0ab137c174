"""A formula for each of several targets."""

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import DataConversionWarning
from sklearn.model_selection import cross_val_score

from kantools.errors import SettingError
from kantools.estimators.files.model_file import ModelFileError, read_model, write_model
from kantools.estimators.inputs import target_names
from kantools.estimators.symbolic_regressor import SeveralTargets, SymbolicRegressor
from kantools.table import TableError


@pytest.fixture
def shot() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Where a shot is after a time: two components of one quantity."""
    rng = np.random.default_rng(0)
    X = pd.DataFrame(rng.uniform(1, 3, (60, 2)), columns=["speed", "time"])
    return X, pd.DataFrame({"across": 3 * X.speed * X.time, "down": 4.905 * X.time**2})


@pytest.fixture
def told(fake_discovery, monkeypatch) -> list[tuple]:
    """What the search is told, call by call."""
    seen: list[tuple] = []
    search = fake_discovery.discover
    monkeypatch.setattr(fake_discovery, "discover", lambda t, **k: seen.append((t, k)) or search(t, **k))
    return seen


@pytest.mark.usefixtures("fake_discovery")
class TestEach:
    def test_predictions_and_equations(self, shot):
        X, Y = shot
        model = SymbolicRegressor(random_state=0).fit(X, Y)
        assert model.predict(X).shape == Y.shape
        np.testing.assert_allclose(model.predict(X), Y, rtol=1e-6)
        value, std = model.predict(X, return_std=True)
        assert value.shape == std.shape == Y.shape
        assert model.score(X, Y) > 0.999999
        assert list(model.equations_.columns[:2]) == ["target", "complexity"]
        assert list(model.equations_.target.unique()) == ["across", "down"]
        alone = SymbolicRegressor(random_state=0).fit(X, Y.down)
        assert str(model.models_["down"].formula_) == str(alone.formula_)

    def test_what_one_target_has_is_refused_for_all(self, shot):
        model = SymbolicRegressor(random_state=0).fit(*shot)
        assert not hasattr(model, "formula_")
        with pytest.raises(SeveralTargets, match=r'has 2: across, down\. Each .* models_\["across"\]'):
            model.latex()
        with pytest.raises(SettingError):
            model.export("c")
        assert model.models_["down"].export("c")

    def test_names_of_bare_arrays(self, shot):
        X, Y = shot
        model = SymbolicRegressor(random_state=0).fit(X.to_numpy(), Y.to_numpy())
        assert list(model.models_) == ["y0", "y1"]
        assert model.predict(X.to_numpy()).shape == Y.shape
        taken = SymbolicRegressor(random_state=0).fit(X.rename(columns={"speed": "y0"}), Y.to_numpy())
        assert list(taken.models_) == ["y0_", "y1"]

    def test_one_column_is_one_target(self, shot):
        X, Y = shot
        with pytest.warns(DataConversionWarning):
            model = SymbolicRegressor(random_state=0).fit(X, Y[["down"]])
        assert model.formula_.target == "down"
        assert model.predict(X).shape == (60,)

    def test_from_several_to_one_and_back(self, shot):
        X, Y = shot
        model = SymbolicRegressor(random_state=0).fit(X, Y).fit(X, Y.down)
        assert model.predict(X).ndim == 1
        assert "target" not in model.equations_
        assert model.fit(X, Y).predict(X).ndim == 2

    def test_company(self, shot):
        X, Y = shot
        model = SymbolicRegressor(random_state=0).fit(X, Y)
        assert (pickle.loads(pickle.dumps(model)).predict(X) == model.predict(X)).all()
        assert not hasattr(clone(model), "models_")
        assert cross_val_score(SymbolicRegressor(random_state=0), X, Y, cv=3).min() > 0.999

    def test_saving(self, shot, tmp_path):
        X, Y = shot
        units = {"speed": "m/s", "time": "s", "across": "m", "down": "m"}
        model = SymbolicRegressor(random_state=0, units=units).fit(X, Y, sigma=0.1)
        model.save(tmp_path / "model.json")
        again = SymbolicRegressor.load(tmp_path / "model.json")
        assert (again.predict(X) == model.predict(X)).all()
        assert again.equations_.equals(model.equations_)
        assert again.get_params() == model.get_params()
        for name, part in model.models_.items():
            assert again.models_[name].get_params() == part.get_params()
            assert again.models_[name].units_ == part.units_
            assert again.models_[name].discovery_.noise == part.discovery_.noise
        with pytest.raises(ValueError, match="same order"):
            again.predict(X[["time", "speed"]])

    def test_a_file_that_lost_a_target_is_damaged(self, shot, tmp_path):
        path = tmp_path / "model.json"
        SymbolicRegressor(random_state=0).fit(*shot).save(path)
        saved = read_model(path)
        for targets in (saved.fitted["targets"][:1], [{"name": "none"}], 3):
            write_model(replace(saved, fitted={**saved.fitted, "targets": targets}), path)
            with pytest.raises(ModelFileError, match="damaged"):
                SymbolicRegressor.load(path)

    def test_refusals(self, shot):
        X, Y = shot
        with pytest.raises(TableError, match=r"shape \(rows,\) or that of y, \(60, 2\); got \(60, 3\)"):
            SymbolicRegressor().fit(X, Y, sigma=np.ones((60, 3)))
        with pytest.raises(TableError, match='"down" is 0 in every row'):
            SymbolicRegressor().fit(X, Y.assign(down=0.0))
        with pytest.raises(TableError, match="Targets have different names; got a, a"):
            target_names(Y.set_axis(["a", "a"], axis=1), 2, X.columns)


def test_standard_errors_of_each(shot, told):
    X, Y = shot
    SymbolicRegressor(random_state=0).fit(X, Y, sigma=0.1)
    SymbolicRegressor(random_state=0).fit(X, Y, sigma=np.array([[0.1, 0.2]] * 60))
    assert [set(t.sigma) for t, _ in told] == [{0.1}, {0.1}, {0.1}, {0.2}]


def test_units_of_each(shot, told):
    units = {"speed": "m/s", "time": "s", "across": "m", "down": "m"}
    model = SymbolicRegressor(random_state=0, units=units).fit(*shot)
    assert [set(k["units"]) - {"speed", "time"} for _, k in told] == [{"across"}, {"down"}]
    assert model.get_params()["units"] == units


def test_the_time_is_shared(shot, told):
    X, Y = shot
    SymbolicRegressor(random_state=0, time_limit=40).fit(X, Y.assign(again=Y.down))
    first, second, third = (k["time_limit"] for _, k in told)
    assert first == pytest.approx(40 / 3, abs=0.1)
    assert 13 < second < 20 < third <= 40  # what the others left


def test_what_was_found_for_one_is_tried_on_the_next(shot, told):
    SymbolicRegressor(random_state=0).fit(*shot)
    (_, first), (_, second) = told
    assert "known" not in first
    assert [f.target for f in second["known"]] == ["across"]


def test_for_real():
    rng = np.random.default_rng(1)
    X = pd.DataFrame(rng.uniform(1, 2, (80, 2)), columns=["r", "q"])
    law = X.q / X.r**2
    model = SymbolicRegressor(random_state=0, time_limit=60)
    model.fit(X, pd.DataFrame({"a": 2.5 * law, "b": -7.25 * law}))
    np.testing.assert_allclose(model.predict(X), np.outer(law, [2.5, -7.25]), rtol=1e-9)
