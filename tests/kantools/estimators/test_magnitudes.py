"""A law is the same law in other units, however large or small these make its numbers."""

import numpy as np
import pytest
import sympy

from kantools.estimators.passage.comfortable import comfortable
from kantools.estimators.symbolic_regressor import SymbolicRegressor
from kantools.table import Table, TableError

X = np.random.default_rng(0).uniform(1, 3, (40, 2))
Y = X[:, 0] * X[:, 1] ** 2


def fitted(X: np.ndarray, y: np.ndarray, **options) -> SymbolicRegressor:
    return SymbolicRegressor(time_limit=5, random_state=0).fit(X, y, **options)


OTHER_UNITS = [(0, 0, 300), (0, 0, -300), (100, 50, 150), (-300, 0, 0), (200, -100, 0)]


@pytest.mark.parametrize("exponents", OTHER_UNITS)
def test_a_law_in_other_units(exponents):
    first, second, target = (10.0**k for k in exponents)
    model = fitted(X * [first, second], Y * target)
    assert np.allclose(model.predict(X * [first, second]) / target, Y, rtol=1e-9, atol=0)
    assert {str(s) for s in model.sympy().free_symbols} == {"x0", "x1"}
    factor = model.sympy().subs({s: 1 for s in model.sympy().free_symbols})
    assert float(sympy.log(factor, 10)) == pytest.approx(
        exponents[2] - exponents[0] - 2 * exponents[1], abs=1e-6
    )
    assert model.formula_.domain.covers({"x0": X[:, 0] * first, "x1": X[:, 1] * second}).all()
    assert len(model.equations_)
    assert model.network_ is None


def test_constants_keep_their_errors():
    noise = np.random.default_rng(1).normal(size=40)
    plain, small = fitted(X, 3.7 * Y + 0.1 * noise), fitted(X, (3.7 * Y + 0.1 * noise) * 2.0**-700)
    assert str(plain.formula_.template) == str(small.formula_.template)
    for a, b in zip(plain.formula_.free, small.formula_.free, strict=True):
        assert b.value / 2.0**-700 == pytest.approx(a.value)
        assert b.error / 2.0**-700 == pytest.approx(a.error)


def test_a_constant_that_no_factor_takes_up():
    table = Table(("x",), 1e250 * X[:, :1], "y", np.exp(X[:, 0]))
    model = fitted(table.X, table.y)
    assert np.allclose(model.predict(table.X), table.y, rtol=1e-6)


def test_usual_numbers_stay():
    table = Table(("a", "b"), X * [1e30, 1e-30], "y", Y)
    same, magnitudes = comfortable(table)
    assert same is table
    assert magnitudes.plain


@pytest.mark.parametrize("sigma", [1e-150, 1e150, np.geomspace(1e-200, 1, 40)])
def test_errors_out_of_all_proportion(sigma):
    with pytest.raises(TableError, match=r"A standard error lies within a factor of 1e\+100 .* Correct it"):
        fitted(X, Y, sigma=sigma)
    with pytest.raises(TableError, match="A standard error lies within"):
        fitted(X, 1e176 * Y, sigma=1e-147)  # no float in the units of the search


def test_weights():
    even = fitted(X, Y, sample_weight=np.full(40, 1e300))
    assert even.score(X, Y) > 0.999999
    with pytest.raises(TableError, match="at least 5 rows that count; the table has 4"):
        fitted(X, Y, sample_weight=np.arange(40) < 4)
    with pytest.raises(TableError, match=r"how often a row counts, .* Correct them"):
        fitted(X, Y, sigma=0.1, sample_weight=np.full(40, 1e200))


def test_a_column_of_all_sizes():
    with pytest.raises(TableError, match='"x0" has 1e-300 and 1e'):
        fitted(np.geomspace(1e-300, 1e300, 40)[:, None], Y)


def test_rounding_of_a_target_that_hardly_varies():
    y = 1e9 + np.round(1e-2 * X[:, 0], 4)
    assert fitted(X, y).score(X, y) > 0.99


@pytest.mark.parametrize("rows", [2, 3])
def test_hardly_any_different_rows(rows):
    repeated, y = np.repeat(X[:rows], 6, axis=0), np.repeat([1.0, 7.0, 2.0][:rows], 6)
    model = fitted(repeated, y)
    assert np.isfinite(model.predict(repeated)).all()
    few = np.where(np.arange(12) < 6, 1e-300, 1.0)
    with pytest.raises(TableError, match="how often a row counts, within a factor"):
        fitted(X[:12], Y[:12], sample_weight=few)
