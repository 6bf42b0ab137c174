"""Units from the user to the search, into the formula, the file and back."""

import numpy as np
import pandas as pd
import pytest

from kantools.datasets import load
from kantools.errors import SettingError
from kantools.estimators.given_units import units_for
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.symbolic.units.units import UnitError
from kantools.table import Table

PLANETS = {"distance": "au", "period": "year"}
BARE = Table(("x",), np.arange(5.0)[:, None], "y", np.arange(5.0))


@pytest.fixture
def told(fake_discovery, monkeypatch) -> list[dict]:
    """What the search is told of units, call by call."""
    seen: list[dict] = []
    search = fake_discovery.discover
    monkeypatch.setattr(fake_discovery, "discover", lambda t, **k: seen.append(k["units"]) or search(t, **k))
    return seen


def test_units_of_a_table_are_labels_unless_asked_for(told):
    SymbolicRegressor().fit_table(load("planets"))
    SymbolicRegressor(units="table").fit_table(load("planets"))
    assert told == [None, PLANETS]


def test_names_of_frames_and_arrays(told):
    x = np.linspace(1, 2, 9)
    model = SymbolicRegressor(units={"flow rate": "m**3/s", "p": "Pa"})
    model.fit(pd.DataFrame({"flow rate": x}), pd.Series(x**2, name="p"))
    assert model.units_ == {"flow rate": "m**3/s", "p": "Pa"}
    SymbolicRegressor(units={"x0": "m", "y": "s"}).fit(x[:, None], x**2)
    assert told[1:] == [{"x0": "m", "y": "s"}]


def test_a_column_that_does_not_vary_has_a_unit_but_is_not_searched(told):
    X = np.column_stack([np.linspace(1, 2, 9), np.full(9, 9.81)])
    SymbolicRegressor(units={"x0": "m", "x1": "m/s**2", "y": "s"}).fit(X, X[:, 0] ** 2)
    assert told == [{"x0": "m", "y": "s"}]


@pytest.mark.parametrize(
    ("table", "units", "error", "message"),
    [
        (BARE, "table", SettingError, "this one has none. Give a mapping"),
        (BARE, "SI", SettingError, 'or "table"; got "SI"'),
        (BARE, {"y": "m"}, UnitError, '"x" has none'),
        (BARE, {"x": "mm", "y": "metter"}, UnitError, 'The unit of "y" is one that pint knows; got "metter"'),
    ],
)
def test_refused(table, units, error, message):
    with pytest.raises(error, match=message):
        units_for(table, units)


@pytest.mark.usefixtures("fake_discovery")
def test_no_column_of_constants_without_units():
    model = SymbolicRegressor().fit_table(load("planets"))
    assert "constants" not in model.equations_


def test_equations_and_file_keep_the_units_of_constants(tmp_path):
    model = SymbolicRegressor(units="table", time_limit=20, random_state=0).fit_table(load("planets"))
    assert model.equations_["constants"].iloc[-1].endswith("year/au**1.5")
    model.save(tmp_path / "model.json")
    again = SymbolicRegressor.load(tmp_path / "model.json")
    assert again.units == "table"
    assert again.units_ == PLANETS
    assert [c.unit for c in again.formula_.constants] == [c.unit for c in model.formula_.constants]
    assert again.formula_.free[0].unit == "year/au**1.5"
