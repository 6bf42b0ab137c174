"""``model.report``: with arrays, with a table, without data."""

import pickle

import numpy as np
import pandas as pd
import pytest

from kantools import SymbolicRegressor, load
from kantools.errors import SettingError


@pytest.fixture
def model(fake_discovery):
    return SymbolicRegressor(random_state=0).fit_table(load("planets"))


def test_table(model, tmp_path):
    model.report(tmp_path / "r.html", load("planets"))
    assert "8 rows." in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_frame(model, tmp_path):
    planets = load("planets")
    frame = pd.DataFrame(planets.X, columns=list(planets.columns))
    model.report(tmp_path / "r.txt", frame, planets.y, sigma=0.1)
    text = (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert "Data: 8 rows" in text
    assert "distance (au): " in text


def test_rows_of_the_fit(model, tmp_path):
    model.report(tmp_path / "r.html")
    assert "8 rows." in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_without_data(model, tmp_path):
    model = pickle.loads(pickle.dumps(model))
    model.report(str(tmp_path / "r.html"))
    assert "Written without the data" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_other_table(model, tmp_path):
    with pytest.raises(SettingError, match="A table to judge by is that of the fit, period in distance; got"):
        model.report(tmp_path / "r.html", load("ohm"))
    assert list(tmp_path.iterdir()) == []


def test_inputs_alone(model, tmp_path):
    with pytest.raises(SettingError, match="got X without y"):
        model.report(tmp_path / "r.html", np.ones((5, 1)))
