"""Averages of neighbouring rows: less noise, no bend, no row lost."""

import numpy as np
import pytest

from kantools.discovery.views import averages
from kantools.discovery.views.averages import averaged
from kantools.discovery.views.rows import Rows

RNG = np.random.default_rng(5)


def rows_of_law(law, columns, noise, rows=6000, weight=None):
    X = RNG.uniform(0.5, 2.0, (rows, columns))
    y = law(*X.T) + noise * RNG.normal(size=rows)
    return Rows(X, y, np.ones(rows) if weight is None else weight, float(np.var(y)))


LAWS = [
    (lambda u: 1 / (1 - (u / 2.5) ** 2), 1),
    (lambda u, v: np.sqrt(1 + u**2 - 2 * u * np.cos(v)), 2),
    (lambda u, v, w: u * np.exp(-v) / w, 3),
]


@pytest.mark.parametrize(("law", "columns"), LAWS)
def test_noise_falls_by_the_root_of_the_rows_in_a_cell(law, columns):
    few = averaged(rows_of_law(law, columns, 0.2), 300)
    off = few.y - law(*few.X.T)
    assert len(few.y) == 300
    assert off.std() == pytest.approx(0.2 / np.sqrt(20), rel=0.15)
    assert abs(off.mean()) < 4 * 0.2 / np.sqrt(6000)


@pytest.mark.parametrize(("law", "columns"), LAWS)
def test_the_bend_within_a_cell_is_taken_away(law, columns, monkeypatch):
    rows = rows_of_law(law, columns, 0.0)
    off = median_off(law, averaged(rows, 60))
    monkeypatch.setattr(averages, "DEGREE", 0)  # plain means
    plain = median_off(law, averaged(rows, 60))
    assert off < 0.3 * plain
    assert off < 5e-3 * rows.y.std()


@pytest.mark.parametrize("power", [1, 2])
def test_a_pole_does_not_bend_the_means(power):
    X = 1 / RNG.uniform(0.05, 5.0, (6000, 1))
    y = 1 / np.expm1(0.3 * X[:, 0] ** power)
    noise = 0.01 * np.sqrt(np.mean(y**2))
    few = averaged(Rows(X, y + noise * RNG.normal(size=6000), np.ones(6000), float(np.var(y))), 300)
    off = few.y - 1 / np.expm1(0.3 * few.X[:, 0] ** power)
    assert np.sqrt(np.mean(off**2)) < 2 * noise / np.sqrt(20)


def median_off(law, few):
    return np.median(np.abs(few.y - law(*few.X.T)))


def test_weights_add_up_and_the_mean_is_weighted():
    weight = 10 ** RNG.uniform(-6, 0, 4000)
    rows = rows_of_law(lambda u, v: u * v, 2, 0.0, 4000, weight)
    few = averaged(rows, 100)
    assert few.weight.sum() == pytest.approx(weight.sum())
    assert few.weight @ few.X == pytest.approx(weight @ rows.X)
    assert few.variance == rows.variance


def test_every_cell_has_about_as_many_rows():
    few = averaged(rows_of_law(lambda u, v: u + v, 2, 0.1, 1000), 70)
    assert set(few.weight.astype(int)) <= {14, 15}
    assert few.weight.sum() == 1000


def test_few_rows_and_no_columns_stay_as_they_are():
    rows = rows_of_law(lambda u: u, 1, 0.1, 50)
    assert averaged(rows, 50) is rows
    none = Rows(np.ones((80, 0)), np.ones(80), np.ones(80), 1.0)
    assert averaged(none, 10) is none
