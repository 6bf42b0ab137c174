"""Which columns of a wide table are searched."""

import numpy as np
import pytest

from kantools.estimators.passage.relevant import MOST_COLUMNS, relevant
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.table import Table
from tests.hanging import ends

RNG = np.random.default_rng(0)
X = RNG.uniform(-2, 2, (300, 200))
NAMES = tuple(f"x{k}" for k in range(200))


@pytest.mark.parametrize(
    ("y", "wanted"),
    [
        (3 * X[:, 17] + X[:, 90], {"x17", "x90"}),
        (X[:, 5] ** 2 * X[:, 6] + np.abs(X[:, 199]), {"x5", "x199"}),
        (np.sin(X[:, 0]) + 0.3 * RNG.normal(size=300), {"x0"}),
    ],
)
def test_what_tells_of_the_target(y, wanted):
    chosen = relevant(Table(NAMES, X, "y", y))
    assert wanted <= set(chosen)
    assert len(chosen) <= MOST_COLUMNS


def test_all_of_a_narrow_table_and_duplicates():
    narrow = Table(NAMES[:20], X[:, :20], "y", X[:, 0])
    assert relevant(narrow) == NAMES[:20]
    copies = Table(NAMES, np.repeat(X[:, :2], 100, axis=1), "y", X[:, 0] * X[:, 1])
    assert any(int(c[1:]) >= 100 for c in relevant(copies))
    assert any(int(c[1:]) < 100 for c in relevant(copies))


def test_more_columns_than_rows():
    assert 1 <= len(relevant(Table(NAMES, X[:6], "y", X[:6, 3]))) <= MOST_COLUMNS
    assert len(relevant(Table(NAMES, X[:6], "y", np.full(6, 2.0)))) == MOST_COLUMNS  # nothing to tell


def test_a_search_of_200_columns_ends_in_time():
    y = X[:, 7] * (3 + X[:, 31])
    with ends():
        model = SymbolicRegressor(time_limit=1, random_state=0).fit(X, y)
    assert model.formula_.columns == NAMES
    assert model.n_features_in_ == 200
    assert model.predict(X).shape == (300,)
