"""A second fit goes on where the first one ended."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

from kantools import KANClassifier, KANRegressor
from kantools.errors import SettingError
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.table import TableError

rng = np.random.default_rng(0)
X = pd.DataFrame(rng.uniform(1, 3, (40, 2)), columns=["a", "b"])
Y = 2 * X.a**1.5 / X.b
SMALL = {"width": [2], "intervals": 3, "random_state": 0, "warm_start": True}


@pytest.fixture
def told(fake_discovery, monkeypatch) -> list[dict]:
    """What the search is told, call by call."""
    seen: list[dict] = []
    search = fake_discovery.discover
    monkeypatch.setattr(fake_discovery, "discover", lambda t, **k: seen.append(k) or search(t, **k))
    return seen


class TestFormulas:
    def test_front_memory_and_seed_are_handed_on(self, told):
        model = SymbolicRegressor(warm_start=True).fit(X, Y)
        front = model.discovery_.front
        model.fit(X, Y)
        first, second = told
        assert first["known"] == ()
        assert [str(f) for f in second["known"]] == [str(f) for f in front]
        assert second["memory"] is first["memory"] is not None
        assert second["seed"] == first["seed"]  # though random_state is None

    def test_a_cold_fit_is_told_nothing(self, told):
        SymbolicRegressor().fit(X, Y).fit(X, Y)
        assert not any(k.keys() & {"known", "memory"} for k in told)
        assert told[0]["seed"] != told[1]["seed"]

    def test_a_pickle_keeps_the_front_and_no_memory(self, told):
        model = pickle.loads(pickle.dumps(SymbolicRegressor(warm_start=True).fit(X, Y))).fit(X, Y)
        assert len(told[1]["known"]) == 3
        assert told[1]["memory"] is not told[0]["memory"]
        assert not hasattr(clone(model), "_memory")

    def test_each_of_several_targets_goes_on(self, told):
        both = pd.DataFrame({"p": Y, "q": 3 * Y})
        SymbolicRegressor(warm_start=True).fit(X, both).fit(X, both)
        p, q, p_again, q_again = told
        assert p_again["memory"] is p["memory"] is not q["memory"] is q_again["memory"]
        assert {f.target for f in p_again["known"]} == {"p"}
        assert {f.target for f in q_again["known"]} == {"p", "q"}
        assert len({k["seed"] for k in told}) == 1


class TestNetworks:
    def test_the_network_that_was_learned_is_trained_on(self):
        y = np.sin(2 * X.a) * X.b
        model = KANRegressor(**SMALL, solver="lbfgs").fit(X, y)
        before, first = model.network_, np.mean((model.predict(X) - y) ** 2)
        again = model.fit(X, y).network_
        assert again is not before
        assert np.mean((model.predict(X) - y) ** 2) <= 1.05 * first  # with a smoothness chosen anew
        weights = [w.detach().numpy() for w in before.parameters()]
        moved = [abs(w.detach().numpy() - v).max() for w, v in zip(again.parameters(), weights, strict=True)]
        fresh = KANRegressor(**SMALL | {"random_state": 1}, solver="lbfgs").fit(X, y).network_
        far = [abs(w.detach().numpy() - v).max() for w, v in zip(fresh.parameters(), weights, strict=True)]
        assert max(moved) < max(far)

    def test_other_data_are_learned_from_where_it_is(self):
        model = KANRegressor(**SMALL).fit(X, Y).fit(X + 0.5, Y)
        assert model.score(X + 0.5, Y) > 0.999

    def test_another_shape_is_refused(self):
        model = KANRegressor(**SMALL).fit(X, Y)
        with pytest.raises(SettingError, match=r"goes on with the .* 6 BSpline.*9 BSpline.* Set warm"):
            model.set_params(intervals=6).fit(X, Y)
        with pytest.raises(SettingError, match="of width"):
            model.set_params(intervals=3).fit(X.assign(c=1.0), Y)

    def test_other_classes_are_refused(self):
        labels = np.where(Y > 2, "high", "low")
        model = KANClassifier(**SMALL).fit(X, labels)
        assert model.fit(X, labels).score(X, labels) > 0.9
        with pytest.raises(SettingError, match=r"classes that were learned, \['high', 'low'\]; got"):
            model.fit(X, np.where(Y > 2, "high", "small"))

    def test_several_outputs(self):
        both = np.column_stack([Y, X.a * X.b])
        model = KANRegressor(width=[3], random_state=0).fit(X, both)
        assert model.predict(X).shape == both.shape
        assert model.score(X, both) > 0.999
        assert model.network_.outputs == 2

    @pytest.mark.parametrize("solver", ["lm", "lbfgs"])
    def test_errors_of_each_output(self, solver):
        """Where a target's errors are large it is not followed, the other one is."""
        wrong = np.arange(40) % 8 == 0
        both = np.column_stack([X.a**2 - X.b, X.a + np.sqrt(X.b)])  # sums of curves
        spoiled = both + np.outer(wrong, [3.0, 0.0])
        sigma = np.where(np.outer(wrong, [True, False]), 1e4, 1.0)
        settings = {"width": [], "intervals": 3, "smoothness": 1e-6, "solver": solver, "random_state": 0}
        told = KANRegressor(**settings).fit(X, spoiled, sigma=sigma).predict(X)
        untold = KANRegressor(**settings).fit(X, spoiled).predict(X)
        off, misled = abs(told - both).max(axis=0), abs(untold - both).max(axis=0)
        assert off[0] < 0.2 * misled[0]
        assert off[1] < 0.02
        with pytest.raises(TableError, match=r"that of y, \(40, 2\); got \(40, 3\)"):
            KANRegressor(**settings).fit(X, both, sigma=np.ones((40, 3)))
        same = KANRegressor(**settings).fit(X, both, sigma=np.outer(np.arange(1, 41), [1, 2])).predict(X)
        rows = KANRegressor(**settings).fit(X, both, sigma=np.arange(1, 41)).predict(X)
        np.testing.assert_allclose(same, rows, rtol=1e-6)
