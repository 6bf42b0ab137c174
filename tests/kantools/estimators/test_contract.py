"""The estimators in company: routed metadata, names, threads and processes, and what they leave alone."""

import logging
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
import sklearn
import torch
from joblib import Parallel, delayed
from sklearn.model_selection import GridSearchCV, cross_validate
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from kantools import KANClassifier, KANRegressor
from kantools.estimators.symbolic_regressor import SymbolicRegressor

rng = np.random.default_rng(0)
X = pd.DataFrame(rng.uniform(1, 3, (45, 2)), columns=["mass", "flow rate"])
SIGMA = 0.01 * np.arange(1, 46)
Y = pd.Series(2 * X["mass"] ** 1.5 / X["flow rate"], name="drag")
SMALL = {"width": [2], "intervals": 3, "random_state": 0}


@pytest.fixture
def seen(fake_discovery, monkeypatch) -> list:
    """The tables that reach the search."""
    tables: list = []
    search = fake_discovery.discover
    monkeypatch.setattr(fake_discovery, "discover", lambda t, **k: tables.append(t) or search(t, **k))
    return tables


def sigmas(tables) -> list[set[float]]:
    return [set(np.round(t.sigma / 0.01).astype(int)) for t in tables]


@pytest.fixture
def routing():
    with sklearn.config_context(enable_metadata_routing=True):
        yield


@pytest.mark.usefixtures("routing")
class TestRouting:
    def test_cross_validation(self, seen):
        model = SymbolicRegressor(random_state=0).set_fit_request(sigma=True)
        result = cross_validate(model, X, Y, cv=3, params={"sigma": SIGMA})
        assert result["test_score"].min() > 0.99
        assert sigmas(seen) == [set(range(16, 46)), {*range(1, 16), *range(31, 46)}, set(range(1, 31))]

    def test_grid_search_in_a_pipeline(self, seen):
        model = SymbolicRegressor(random_state=0).set_fit_request(sigma=True, sample_weight=True)
        model.set_score_request(sample_weight=True)
        pipeline = Pipeline([("same", "passthrough"), ("law", model)])
        search = GridSearchCV(pipeline, {"law__selection": ["loss", "knee"]}, cv=3)
        weight = np.tile([1.0, 1.0, 2.0], 15)
        search.fit(X, Y, sigma=SIGMA, sample_weight=weight)
        assert sigmas(seen[:1]) == [set(range(16, 46))]
        assert len(seen) == 7
        for table in seen:
            rows = np.round(table.sigma / 0.01).astype(int) - 1
            assert (table.weight == weight[rows]).all()

    def test_what_was_not_asked_for_is_refused(self):
        with pytest.raises(sklearn.exceptions.UnsetMetadataPassedError, match="sigma"):
            cross_validate(SymbolicRegressor(), X, Y, cv=3, params={"sigma": SIGMA}, error_score="raise")

    @pytest.mark.parametrize("kind", [KANRegressor, KANClassifier])
    def test_networks(self, kind):
        y = Y if kind is KANRegressor else (Y > 2)
        model = kind(**SMALL | {"width": []}).set_fit_request(sample_weight=True)
        model.set_score_request(sample_weight=False)
        pipeline = make_pipeline(StandardScaler(), model)
        pipeline[0].set_fit_request(sample_weight=False)
        weight = np.where(np.arange(45) < 40, 1.0, 0.0)
        got = pipeline.fit(X, y, sample_weight=weight).predict(X)
        cut = make_pipeline(StandardScaler().fit(X), kind(**SMALL | {"width": []}))
        scaled = cut[0].transform(X)
        expected = cut[1].fit(scaled[:40], y[:40]).predict(scaled)
        assert (got == expected).all()


class TestNames:
    def test_those_of_a_transformer_reach_the_formula(self, fake_discovery):
        pipeline = make_pipeline(StandardScaler(), SymbolicRegressor(random_state=0))
        pipeline.set_output(transform="pandas").fit(X, Y)
        assert pipeline[-1].formula_.columns == ("mass", "flow rate")
        assert list(pipeline[-1].feature_names_in_) == ["mass", "flow rate"]

    @pytest.mark.parametrize("model", [SymbolicRegressor(random_state=0), KANRegressor(**SMALL)])
    def test_others_or_another_order_are_refused(self, model, fake_discovery):
        model.fit(X, Y)
        with pytest.raises(ValueError, match="same order"):
            model.predict(X[["flow rate", "mass"]])
        with pytest.raises(ValueError, match="unseen at fit time:\n- height"):
            model.predict(X.rename(columns={"mass": "height"}))
        with pytest.warns(UserWarning, match="does not have valid feature names"):
            model.predict(X.to_numpy())


def fitted(kind: str, seed: int) -> np.ndarray:
    if kind == "formula":
        noisy = Y + 0.05 * np.random.default_rng(seed).normal(size=45)
        plain = ["identity", "square"]
        model = SymbolicRegressor(primitives=plain, time_limit=120, random_state=seed)
        return np.asarray(model.fit(X[["mass"]], noisy).predict(X[["mass"]]))
    return np.asarray(KANRegressor(**SMALL | {"random_state": seed}).fit(X, Y).predict(X))


class TestCompany:
    @pytest.mark.parametrize("kind", [pytest.param("formula", marks=pytest.mark.slow), "network"])
    def test_two_fits_at_once_are_two_fits(self, kind):
        one_by_one = [fitted(kind, seed) for seed in (0, 1)]
        with ThreadPoolExecutor(2) as pool:
            at_once = list(pool.map(fitted, [kind, kind], [0, 1]))
        for a, b in zip(one_by_one, at_once, strict=True):
            assert (a == b).all()

    @pytest.mark.slow
    @pytest.mark.parametrize("backend", ["loky", "threading"])
    @pytest.mark.parametrize("kind", ["formula", "network"])
    def test_joblib(self, kind, backend):
        here = fitted(kind, 0)
        there = Parallel(n_jobs=2, backend=backend)(delayed(fitted)(kind, 0) for _ in range(2))
        for result in there:
            np.testing.assert_allclose(result, here, rtol=1e-9)

    def test_nothing_around_is_touched(self, tmp_path, monkeypatch, capfd):
        monkeypatch.chdir(tmp_path)
        numpy_state, torch_state = np.random.get_state()[1].copy(), torch.get_rng_state()  # noqa: NPY002
        kept = (list(warnings.filters), np.geterr(), torch.get_default_dtype(), torch.get_num_threads())
        fitted("formula", 0)
        fitted("network", 0)
        KANClassifier(**SMALL).fit(X, Y > 2)
        assert kept == (
            list(warnings.filters),
            np.geterr(),
            torch.get_default_dtype(),
            torch.get_num_threads(),
        )
        assert (np.random.get_state()[1] == numpy_state).all()  # noqa: NPY002
        assert (torch.get_rng_state() == torch_state).all()
        assert not list(tmp_path.iterdir())
        assert capfd.readouterr() == ("", "")

    def test_the_search_is_logged(self, caplog):
        with caplog.at_level(logging.DEBUG, logger="kantools"):
            SymbolicRegressor(time_limit=60, random_state=0).fit(X[["mass"]], (X["mass"] ** 2).rename("drag"))
        assert {r.name.partition(".")[0] for r in caplog.records} == {"kantools"}
        told = [r.getMessage() for r in caplog.records if r.levelno == logging.INFO]
        assert told[0] == "looking for drag in mass, 45 rows"
        assert any(t.startswith("drag = ") for t in told)
        assert any(r.levelno == logging.DEBUG for r in caplog.records)
