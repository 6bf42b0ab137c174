"""Rows weighed as a noise model has it, and lengths that compare between models."""

import numpy as np
import pytest

from kantools.symbolic.fit.data import Data, data_of
from kantools.symbolic.fit.noisy import with_noise, with_rounded_inputs
from kantools.symbolic.noise import NOISE
from kantools.table import Table

MODELS = ("constant", "proportional", "mixed", "counts")
LAW = np.geomspace(2.0, 400.0, 150)
COUNTS = np.random.default_rng(0).poisson(LAW).astype(float)


def rows(y: np.ndarray, x: np.ndarray = LAW, **told: np.ndarray) -> Data:
    return data_of(Table(("x",), x[:, None], "y", y, **told))


def misfits(data: Data, f: np.ndarray, stand_in: np.ndarray) -> np.ndarray:
    return np.array([with_noise(data, name, stand_in).misfit_of(f) for name in MODELS])


def test_misfits_compare_as_likelihoods_do():
    f = 1.02 * LAW
    nats = np.array([NOISE[name].nats(COUNTS, f) for name in MODELS])
    off = misfits(rows(COUNTS), f, f) - nats
    assert off[:3] == pytest.approx(off[0], abs=1e-6)
    assert off[3] == pytest.approx(off[0], abs=6)  # counts are searched with a normal density


def test_the_loss_says_the_same_where_the_law_is_what_stood_in_for_it():
    for name in MODELS:
        data = with_noise(rows(COUNTS), name, LAW)
        loss = float(np.mean(data.weight * (COUNTS - LAW) ** 2))
        assert data.misfit(loss) == pytest.approx(data.misfit_of(LAW), rel=1e-9)


@pytest.mark.parametrize("scale", [2.0**-60, 1e-3, 1e9])
def test_units_of_the_target_change_no_difference(scale):
    before = misfits(rows(COUNTS), LAW, LAW)[:3]
    after = misfits(rows(scale * COUNTS), scale * LAW, scale * LAW)[:3]
    assert after - after[0] == pytest.approx(before - before[0], abs=1e-6)


def test_a_law_of_nothing_is_not_excused_by_what_stood_in_for_it():
    data = with_noise(rows(COUNTS), "proportional", LAW)
    assert data.misfit_of(np.zeros(len(LAW))) == np.inf
    assert data.misfit_of(np.full(len(LAW), 1e-9)) > data.misfit_of(LAW) + 300


def test_rows_count_as_often_as_before():
    data = with_noise(rows(COUNTS), "proportional", LAW)
    assert data.effective_rows == pytest.approx(len(LAW))
    assert data.weight.mean() == pytest.approx(1)


def test_counts_leave_nothing_to_be_estimated():
    data = with_noise(rows(COUNTS), "counts", LAW)
    assert data.known
    assert float(np.mean(data.weight * (COUNTS - LAW) ** 2)) == pytest.approx(1, abs=0.3)


def test_standard_errors_are_believed():
    data = rows(COUNTS, sigma=np.sqrt(LAW))
    assert data.scatter == "given"
    assert with_noise(data, "proportional", LAW) is data


def single(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float32).astype(float)


@pytest.mark.parametrize("rounded", [single, lambda v: np.array([float(f"{x:.6g}") for x in v])])
class TestRounding:
    def test_a_law_is_explained_to_the_digits_of_the_target(self, rounded):
        x = np.linspace(0.3, 4, 100)
        data = rows(rounded(np.exp(x)), x)
        assert data.explained(float(np.mean((data.y - np.exp(x)) ** 2)))
        assert not data.explained(float(np.mean((data.y - (1 + 1e-5) * np.exp(x)) ** 2)))

    def test_and_to_those_of_its_inputs(self, rounded):
        x = np.random.default_rng(0).uniform(0.3, 4, 100)
        data, law = rows(rounded(np.exp(3 * x)), rounded(x)), lambda X: np.exp(3 * X[:, 0])
        loss = float(np.mean((data.y - law(data.X)) ** 2))
        assert not data.explained(loss)
        assert with_rounded_inputs(data, law).explained(loss)

    def test_better_than_that_hardly_pays(self, rounded):
        x = np.linspace(0.3, 4, 100)
        data = rows(rounded(np.exp(x)), x)
        assert data.misfit(data.rounding) - data.misfit(0.0) == pytest.approx(50 * np.log(2))


def test_full_digits_are_explained_as_ever():
    x = np.linspace(0.3, 4, 100)
    data = rows(np.exp(x), x)
    assert data.rounded is None
    assert data.explained(0.99e-20 * data.power)
    assert not data.explained(1.01e-20 * data.power)
