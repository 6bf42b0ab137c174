"""Figures by name, of what an estimator has found and on which rows."""

import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import log_loss

from kantools import KANClassifier, KANRegressor, SymbolicRegressor
from kantools.errors import SettingError
from kantools.plots import FIGURES
from kantools.table import table_from_arrays

RNG = np.random.default_rng(0)
X = RNG.uniform(0.5, 2, (60, 2))
Y = X[:, 0] / X[:, 1]
NEEDS_A_FORMULA = {"curve", "front", "rivals", "tree"}


@pytest.fixture(scope="module")
def searched() -> SymbolicRegressor:
    table = table_from_arrays(X, Y, ("mass", "length"), target="ratio", units={"mass": "kg", "ratio": "kg/m"})
    return SymbolicRegressor(time_limit=20, random_state=0).fit_table(table)


@pytest.fixture(scope="module")
def trained() -> KANRegressor:
    return KANRegressor(width=[2], intervals=3, random_state=0).fit(X, Y)


def labels(figure) -> list[str]:
    return [figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()]


@pytest.mark.parametrize("kind", [k for k in FIGURES if k not in ("curve", "rivals")])
def test_every_figure_of_a_search(searched: SymbolicRegressor, kind: str) -> None:
    assert searched.plot(kind, theme="dark").axes


@pytest.mark.parametrize("kind", [k for k in FIGURES if k not in NEEDS_A_FORMULA])
def test_every_figure_of_a_network(trained: KANRegressor, kind: str) -> None:
    assert trained.plot(kind).axes


def test_the_network_is_the_default(searched: SymbolicRegressor, trained: KANRegressor) -> None:
    for model in (searched, trained):
        cards = [p for p in model.plot().axes[0].patches if str(p.get_gid()).startswith("card")]
        assert len(cards) == len(model.activations_.edges)


def test_axes_have_the_units_of_the_table(searched: SymbolicRegressor) -> None:
    assert labels(searched.plot("parity")) == ["measured ratio (kg/m)", "predicted ratio (kg/m)"]
    assert labels(searched.plot("residuals", over="mass"))[0] == "mass (kg)"


def test_other_rows_may_be_given(searched: SymbolicRegressor) -> None:
    frame = pd.DataFrame(X[:7], columns=["mass", "length"])
    figure = searched.plot("parity", frame, Y[:7], 0.1)
    assert len(figure.axes[0].containers[0].lines[0].get_xdata()) == 7
    with pytest.raises(SettingError, match=r"got X without y\. Pass both"):
        searched.plot("parity", frame)
    with pytest.raises(SettingError, match=r"got y without X\. Pass both"):
        searched.plot("parity", y=Y)
    table = searched.table_.take(slice(0, 9))
    assert len(searched.plot("parity", table).axes[0].lines[-1].get_xdata()) == 9
    assert searched.steer(table).table.rows == 9


def test_pickled_models_forget_their_rows(searched: SymbolicRegressor, trained: KANRegressor) -> None:
    for model in (searched, trained):
        again = pickle.loads(pickle.dumps(model))
        with pytest.raises(SettingError, match=r"needs rows to compare .* Pass them: plot\(kind, X, y\)"):
            again.plot("parity")
        columns = getattr(model, "feature_names_in_", None)
        given = X if columns is None else pd.DataFrame(X, columns=columns)
        assert again.plot("parity", given, Y).axes


def test_an_unknown_figure_is_named(searched: SymbolicRegressor) -> None:
    with pytest.raises(SettingError, match='no figure "partiy"; did you mean "parity"'):
        searched.plot("partiy")


def test_what_a_network_cannot_show_is_said(trained: KANRegressor) -> None:
    for kind in sorted(NEEDS_A_FORMULA):
        with pytest.raises(SettingError, match=f'"{kind}" needs'):
            trained.plot(kind)
    classes = KANClassifier(width=[], random_state=0).fit(X, Y > 1)
    assert classes.plot("activations").axes
    with pytest.raises(SettingError, match='"parity" needs a model that predicts one number'):
        classes.plot("parity")


def test_the_course_of_a_classifier_is_its_cross_entropy() -> None:
    """As scikit-learn works it out."""
    classes = KANClassifier(width=[1], random_state=0).fit(X, Y > 1)
    ax = classes.plot("history").axes[0]
    assert ax.get_ylabel() == "loss (cross entropy in nats a row)"
    drawn = next(line for line in ax.lines if line.get_label() == "trained on").get_ydata()
    assert drawn[0] > drawn[-1] == pytest.approx(log_loss(Y > 1, classes.predict_proba(X)), rel=1e-9)
    again = pickle.loads(pickle.dumps(classes))
    assert again.history_.losses == classes.history_.losses


def outputs(model: KANRegressor | KANClassifier) -> list[str]:
    count = model.network_.outputs
    return [text.get_text() for text in model.plot().axes[0].texts[-count:]]


def test_outputs_have_the_names_of_targets_or_classes(tmp_path: Path, trained: KANRegressor) -> None:
    assert outputs(trained) == ["$y$"]
    one = KANRegressor(width=[], intervals=3, random_state=0).fit(X, pd.Series(Y, name="ratio"))
    assert outputs(one) == ["ratio"]
    assert one.steer().formula().target == "ratio"
    one.save(tmp_path / "one.kantools")
    again = KANRegressor.load(tmp_path / "one.kantools")
    assert outputs(again) == ["ratio"]
    assert again.plot("parity", X, Y).axes[0].get_xlabel() == "measured ratio"
    assert again.steer(X, Y).table.target == "ratio"
    both = KANRegressor(width=[], intervals=3, random_state=0)
    assert outputs(both.fit(X, pd.DataFrame({"force": Y, "work": Y**2}))) == ["force", "work"]
    kinds = KANClassifier(width=[], random_state=0).fit(X, np.where(Y > 1, "steep", "flat"))
    assert outputs(kinds) == ["flat", "steep"]
