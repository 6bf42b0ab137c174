"""Prediction intervals as users of the estimators and of saved models meet them."""

from copy import copy
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from benchmarks.intervals import SEARCHED, of_search
from kantools import KANRegressor
from kantools.errors import SettingError
from kantools.estimators.files.model_file import ModelFileError, read_model, write_model


@pytest.fixture(scope="module")
def network() -> KANRegressor:
    rng = np.random.default_rng(0)
    X = rng.uniform(-1, 1, (300, 2))
    y = np.sin(2 * X[:, 0]) + X[:, 1] ** 2 + 0.1 * rng.normal(size=300)
    return KANRegressor(width=[], intervals=4, random_state=0).fit(X, y)


AT = np.random.default_rng(1).uniform(-0.9, 0.9, (40, 2))


def test_what_is_asked_for_comes_in_order(network):
    value = network.predict(AT)
    assert value.shape == (40,)
    again, std = network.predict(AT, return_std=True)
    assert (again == value).all()
    assert (std > 0).all()
    again, low, high = network.predict(AT, interval=0.95)
    assert (again == value).all()
    np.testing.assert_allclose(value - low, high - value)
    assert len(network.predict(AT, return_std=True, interval=0.5)) == 4


def test_widths(network):
    value, std, low, high = network.predict(AT, return_std=True, interval=0.95)
    assert np.mean(high - low) == pytest.approx(2 * 1.96 * 0.1, rel=0.15)
    narrow = network.predict(AT, interval=0.5)
    assert (narrow[2] - narrow[1] < high - low).all()
    known = network.predict(AT, interval=0.95, sigma=10.0)
    np.testing.assert_allclose(known[2] - value, norm.ppf(0.975) * np.hypot(10, std), rtol=1e-4)


def test_refusals(network):
    with pytest.raises(SettingError, match="between 0 and 1"):
        network.predict(AT, interval=1.0)
    with pytest.raises(SettingError, match="one for each of 40 rows"):
        network.predict(AT, interval=0.9, sigma=[1, 2])
    large = copy(network)
    large.fitted_ = replace(network.fitted_, uncertainty=None)  # as it is above 3000 coefficients
    with pytest.raises(SettingError, match="up to 3000 coefficients"):
        large.predict(AT, return_std=True)


def test_a_saved_network_knows_them_too(network, tmp_path):
    network.save(tmp_path / "m.json")
    again = KANRegressor.load(tmp_path / "m.json")
    for one, other in zip(network.predict(AT, interval=0.9), again.predict(AT, interval=0.9), strict=True):
        assert (one == other).all()


def test_a_file_from_before_and_damaged_ones(network, tmp_path):
    path = tmp_path / "m.kantools"
    network.save(path)
    saved = read_model(path)
    found = saved.fitted["uncertainty"]
    root = np.asarray(found["root"])
    for part in (root[:-1], root[: 4 * 5 // 2], np.where(np.arange(len(root)) == 3, np.nan, root)):
        damaged = {**found, "root": part}
        write_model(replace(saved, fitted={**saved.fitted, "uncertainty": damaged}), path)
        with pytest.raises(ModelFileError, match=r"m\.kantools is damaged \(ValueError: the uncertainty"):
            KANRegressor.load(path)
    write_model(replace(saved, fitted={**saved.fitted, "uncertainty": None}), path)
    old = KANRegressor.load(path)
    assert (old.predict(AT) == network.predict(AT)).all()
    with pytest.raises(SettingError, match="Fit again"):
        old.predict(AT, interval=0.9)


@pytest.mark.slow
@pytest.mark.parametrize(("law", "scatter"), SEARCHED, ids=lambda part: str(getattr(part, "template", part)))
def test_intervals_of_searched_formulas(law, scatter):
    shares = [of_search(law, scatter, 100, seed) for seed in range(10)]
    assert 0.91 < np.mean(shares) < 0.98  # a thousand measurements, and the form is not known
