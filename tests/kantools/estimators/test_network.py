"""Networks as scikit-learn's estimators."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils.estimator_checks import estimator_checks_generator

from kantools import KANClassifier, KANRegressor
from kantools.errors import UserError
from kantools.estimators.files.model_file import ModelFileError

SMALL = {"width": [], "intervals": 3, "random_state": 0}
HIDDEN = {"width": [5]}


@pytest.fixture
def data() -> tuple[pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(0)
    X = pd.DataFrame(rng.uniform(-1, 1, (80, 2)), columns=["mass", "flow rate"])
    return X, pd.Series(np.sin(2 * X["mass"]) + X["flow rate"] ** 2, name="drag")


def checks(estimator) -> list:
    return list(estimator_checks_generator(estimator))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("estimator", "check"),
    checks(KANRegressor(**SMALL)) + checks(KANClassifier(**SMALL)),
    ids=lambda part: getattr(getattr(part, "func", part), "__name__", ""),
)
def test_scikit_learn(estimator, check):
    check(estimator)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("estimator", "check"),
    checks(KANRegressor(**SMALL | HIDDEN)) + checks(KANClassifier(**SMALL | HIDDEN)),
    ids=lambda part: getattr(getattr(part, "func", part), "__name__", ""),
)
def test_scikit_learn_with_a_hidden_layer(estimator, check):
    check(estimator)


def test_regression(data):
    model = KANRegressor(width=[2], random_state=0).fit(*data)
    assert model.score(*data) > 0.9999
    assert model.activations_.columns == ("mass", "flow rate")
    assert model.network_.width == [[2, 0], [2, 0], [1, 0]]
    other = clone(model).fit(*data)
    assert (other.predict(data[0]) == model.predict(data[0])).all()
    again = pickle.loads(pickle.dumps(model))
    assert (again.predict(data[0]) == model.predict(data[0])).all()


def test_a_target_of_any_name(data):
    X, y = data
    model = KANRegressor(width=[], random_state=0).fit(X, y.rename("x0"))
    assert model.target_names_ == ("x0",)
    assert model.fitted_.target == model.table_.target == "x0"


def test_classes(data):
    X, y = data
    labels = np.where(y > 0.8, "high", np.where(y < 0, "low", "middle"))
    model = KANClassifier(width=[], random_state=0).fit(X, labels)
    assert list(model.classes_) == ["high", "low", "middle"]
    assert model.score(X, labels) > 0.9
    probability = model.predict_proba(X)
    np.testing.assert_allclose(probability.sum(axis=1), 1)
    assert (model.classes_[probability.argmax(axis=1)] == model.predict(X)).all()


def test_saving(data, tmp_path):
    X, y = data
    for model in (
        KANRegressor(**SMALL).fit(X, y),
        KANClassifier(**SMALL).fit(X, np.where(y > 0.3, "a", "b")),
    ):
        path = tmp_path / "model.json"
        model.save(path)
        again = type(model).load(path)
        assert (again.predict(X) == model.predict(X)).all()
        assert again.get_params() == model.get_params()
        assert again.activations_.edges[0].y.tolist() == model.activations_.edges[0].y.tolist()
    with pytest.raises(ModelFileError, match=r"holds a KANClassifier; load it with KANClassifier\.load"):
        KANRegressor.load(path)


def test_refusals(data):
    X, y = data
    with pytest.raises(ValueError, match="minimum of 5"):
        KANRegressor().fit(X[:4], y[:4])
    with pytest.raises(UserError, match="one class"):
        KANClassifier().fit(X, y > 9)
    with pytest.raises(UserError, match="time_limit is positive"):
        KANRegressor(time_limit=0).fit(X, y)
    with pytest.raises(UserError, match="solver"):
        KANClassifier(solver="lm").fit(X, y > 0)
    with pytest.raises(UserError, match="gcv"):
        KANClassifier(smoothness="gcv").fit(X, y > 0)
    for use in (KANRegressor().plot, lambda: KANRegressor().predict(X), lambda: KANRegressor().save("x")):
        with pytest.raises(NotFittedError):
            use()
