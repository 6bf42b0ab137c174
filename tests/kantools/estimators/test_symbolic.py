"""The regressor as scikit-learn's users meet it."""

import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import estimator_checks_generator

from kantools.datasets import load
from kantools.estimators.files.model_file import ModelFileError
from kantools.estimators.passage.distinct import distinct
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.table import Table, TableError

pytestmark = pytest.mark.usefixtures("fake_discovery")


@pytest.fixture
def law() -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(0)
    X = pd.DataFrame(rng.uniform(1, 3, (40, 2)), columns=["mass", "flow rate"])
    return X, pd.Series(2 * X["mass"] ** 1.5 / X["flow rate"], name="drag")


def fit(X, y, **kwargs) -> SymbolicRegressor:
    return SymbolicRegressor(time_limit=5, random_state=0).fit(X, y, **kwargs)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("estimator", "check"),
    list(estimator_checks_generator(SymbolicRegressor(time_limit=5))),
    ids=lambda part: getattr(getattr(part, "func", part), "__name__", ""),
)
def test_scikit_learn(estimator, check):
    check(estimator)


class TestFit:
    def test_names_and_attributes(self, law):
        model = fit(*law)
        assert model.formula_.target == "drag"
        assert model.formula_.columns == ("mass", "flow rate")
        assert list(model.feature_names_in_) == ["mass", "flow rate"]
        assert model.n_features_in_ == 2
        assert model.score(*law) > 0.999999
        assert {str(s) for s in model.sympy().free_symbols} == {"mass", "flow rate"}
        assert model.latex().startswith(r"\mathrm{drag}")
        assert model.activations_.columns == model.formula_.columns

    def test_equations(self, law):
        table = fit(*law).equations_
        assert list(table.columns) == [
            "complexity",
            "loss",
            "score",
            "equation",
            "sympy",
            "description_length",
            "held_out_loss",
            "domain",
            "role",
        ]
        assert table.complexity.is_monotonic_increasing
        assert table.score[0] == 0
        expected = -np.log(table.loss[1] / table.loss[0]) / (table.complexity[1] - table.complexity[0])
        assert table.score[1] == pytest.approx(expected)

    def test_arrays_have_default_names(self, law):
        model = fit(law[0].to_numpy(), law[1].to_numpy())
        assert model.formula_.columns == ("x0", "x1")
        assert model.formula_.target == "y"
        assert not hasattr(model, "feature_names_in_")

    def test_a_target_named_like_a_column(self, law):
        assert fit(law[0], law[1].rename("mass")).formula_.target == "y"
        assert fit(law[0].rename(columns={"mass": "y"}), law[1].to_numpy()).formula_.target == "y_"

    def test_standard_errors(self, law):
        value, std = fit(*law).predict(law[0], return_std=True)
        assert value.shape == std.shape == (40,)
        assert (std >= 0).all()

    def test_row_order_and_repeats_do_not_matter(self, law):
        X, y = law
        plain = fit(X, y)
        order = np.random.default_rng(1).permutation(40)
        assert fit(X.iloc[order], y.iloc[order]).formula_.constants == plain.formula_.constants
        weight = np.random.default_rng(2).integers(0, 3, 40)
        weighted = fit(X, y, sample_weight=weight)
        repeated = fit(X.loc[X.index.repeat(weight)], y.repeat(weight))
        assert weighted.formula_.constants == repeated.formula_.constants

    def test_a_constant_input_stays_a_column(self, law):
        X = law[0].assign(g=9.81)[["g", "mass", "flow rate"]]
        model = fit(X, law[1])
        assert model.formula_.columns == ("g", "mass", "flow rate")
        assert model.score(X, law[1]) > 0.999999

    @pytest.mark.parametrize(("n_jobs", "jobs"), [(1, []), (3, [3]), (-1, [4])])
    def test_several_searches_for_several_jobs(self, law, n_jobs, jobs, fake_discovery, monkeypatch):
        asked = []
        search = fake_discovery.discover
        monkeypatch.setattr(
            "kantools.discovery.portfolio.discover_in_parallel",
            lambda t, *, jobs, **k: asked.append(jobs) or search(t, **k),
        )
        monkeypatch.setattr("kantools.estimators.searching.effective_n_jobs", lambda n: n if n > 0 else 4)
        SymbolicRegressor(n_jobs=n_jobs).fit(*law)
        assert asked == jobs

    def test_sigma_reaches_the_search(self, law, fake_discovery, monkeypatch):
        seen = []
        search = fake_discovery.discover
        monkeypatch.setattr(fake_discovery, "discover", lambda t, **k: seen.append((t, k)) or search(t, **k))
        SymbolicRegressor(random_state=3, primitives=["exp"]).fit(*law, sigma=0.1)
        table, settings = seen[0]
        assert (table.sigma == 0.1).all()
        assert settings["seed"] == 3
        assert settings["primitives"] == ["exp"]

    def test_table(self):
        table = load("planets")
        model = SymbolicRegressor(random_state=0).fit_table(table)
        assert model.formula_.target == "period"
        assert model.predict(pd.DataFrame({"distance": [1.0]})) == pytest.approx(1, abs=1e-3)
        assert model.units_ == dict(table.units)

    def test_progress(self, law):
        seen = []
        SymbolicRegressor(progress=seen.append).fit(*law)
        assert seen[-1].fraction == 1
        SymbolicRegressor(progress=True).fit(*law)


class TestRefusals:
    @pytest.mark.parametrize(
        ("settings", "text"),
        [
            ({"selection": "los"}, 'no selection "los"; did you mean "loss"'),
            ({"noise": "poisson"}, 'no noise "poisson"; known: "auto", "constant", "counts", "mixed", '),
            ({"time_limit": 0}, "time_limit is positive; got 0"),
            ({"max_complexity": -1}, "max_complexity is positive; got -1"),
            ({"n_jobs": 0}, "n_jobs is a number of processes, or -1 for one on each core; got 0"),
        ],
    )
    def test_settings(self, law, settings, text):
        with pytest.raises(ValueError, match=text):
            SymbolicRegressor(**settings).fit(*law)

    def test_data(self, law):
        X, y = law
        with pytest.raises(ValueError, match="minimum of 5 is required"):
            fit(X[:4], y[:4])
        with pytest.raises(TableError, match='"drag" is 1 in every row'):
            fit(X, y * 0 + 1)
        with pytest.raises(TableError, match="At least one input has to vary"):
            fit(X * 0, y)
        with pytest.raises(TableError, match="one value a row"):
            fit(X, y, sigma=[1, 2])
        with pytest.raises(TableError, match="zero or negative"):
            fit(X, y, sigma=-1)
        with pytest.raises(ValueError, match="NaN"):
            fit(X.where(X > 1.1), y)

    def test_unfitted(self):
        model = SymbolicRegressor()
        for use in (model.sympy, model.latex, model.export, model.plot, lambda: model.predict([[1, 2]])):
            with pytest.raises(NotFittedError):
                use()
        assert not hasattr(model, "formula_")
        assert not hasattr(model, "equations_")

    def test_unknown_exporter(self, law):
        with pytest.raises(ValueError, match='There is no exporter "pyton"; did you mean "python"'):
            fit(*law).export("pyton")


class TestCompany:
    def test_pipeline_search_clone_pickle(self, law):
        X, y = law
        pipeline = make_pipeline(FunctionTransformer(), SymbolicRegressor(random_state=0))
        assert cross_val_score(pipeline, X, y, cv=3).min() > 0.99
        search = GridSearchCV(SymbolicRegressor(random_state=0), {"selection": ["loss", "knee"]}, cv=2)
        assert search.fit(X, y).best_score_ > 0.99
        model = fit(X, y)
        assert clone(model).get_params() == model.get_params()
        model.predict(X)
        again = pickle.loads(pickle.dumps(model))
        assert (again.predict(X) == model.predict(X)).all()

    def test_same_seed_same_result(self, law):
        assert fit(*law).formula_.constants == fit(*law).formula_.constants

    def test_export(self, law):
        text = fit(*law).export("python")
        scope: dict = {}
        exec(text, scope)
        drag = next(v for k, v in scope.items() if k.startswith("drag"))
        assert drag(1.0, 1.0) == pytest.approx(2)

    def test_export_to_a_path(self, law, tmp_path):
        model = fit(*law)
        assert model.export("c", tmp_path / "law.c") == (tmp_path / "law.c").read_text()
        assert (tmp_path / "law.h").exists()
        model.export("latex", str(tmp_path / "law.tex"))
        assert (tmp_path / "law.tex").read_text() == model.latex() + "\n"
        assert {p.name for p in tmp_path.iterdir()} == {"law.c", "law.h", "law.tex"}


class TestSaving:
    def test_round_trip(self, law, tmp_path):
        model = fit(*law)
        model.save(tmp_path / "m.json")
        again = SymbolicRegressor.load(tmp_path / "m.json")
        assert (again.predict(law[0]) == model.predict(law[0])).all()
        assert (again.predict(law[0], return_std=True)[1] == model.predict(law[0], return_std=True)[1]).all()
        assert again.get_params() == model.get_params()
        assert again.equations_.equals(model.equations_)
        assert list(again.feature_names_in_) == ["mass", "flow rate"]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            again.predict(law[0])

    def test_of_another_kind(self, law, tmp_path):
        class Other(SymbolicRegressor):
            pass

        fit(*law).save(tmp_path / "m.json")
        with pytest.raises(ModelFileError, match="holds a SymbolicRegressor"):
            Other.load(tmp_path / "m.json")


def test_distinct():
    X = np.array([[1.0], [2.0], [1.0], [3.0]])
    table = Table(("x",), X, "y", X[:, 0], sigma=np.array([1.0, 1.0, 2.0, 1.0]))
    once = distinct(table)
    assert once.rows == 4
    assert once.weight is None
    assert set(distinct(table, 1).y) == {1, 2, 3}
