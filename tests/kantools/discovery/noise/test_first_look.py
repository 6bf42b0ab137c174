"""The noise that a table seems to have before any formula is known."""

import re

import numpy as np
import pytest

from kantools import Table
from kantools.datasets import problem
from kantools.discovery.noise.first_look import as_it_seems, refuse_noise
from kantools.errors import SettingError
from kantools.symbolic.fit.data import Data, data_of

ROWS = 300


def drawn(name: str, seed: int, scale: float = 1.0) -> Data:
    """Rows of a law over decades with a noise of this name."""
    rng = np.random.default_rng(seed)
    X = rng.uniform(0.5, 4.0, (ROWS, 2))
    f, z = 40 * X[:, 1] * np.exp(-1.3 * X[:, 0]), rng.normal(size=ROWS)
    y = {
        "none": f,
        "constant": f + 0.3 * z,
        "proportional": f * (1 + 0.1 * z),
        "mixed": f + np.hypot(0.3, 0.1 * f) * z,
        "counts": rng.poisson(f).astype(float),
    }[name]
    return data_of(Table(("a", "b"), X, "y", scale * y))


@pytest.mark.parametrize("name", ["constant", "proportional", "mixed", "counts"])
def test_the_noise_is_seen(name):
    assert sum(as_it_seems(drawn(name, seed)).scatter == name for seed in range(20)) >= 18


def test_without_noise_rows_count_alike():
    assert all(as_it_seems(drawn("none", seed)).scatter == "constant" for seed in range(10))


@pytest.mark.parametrize("name", ["I.6.2a", "I.12.2", "I.24.6", "I.32.17", "I.48.2", "III.10.19"])
def test_nor_is_there_any_in_feynmans_laws(name):
    told = data_of(problem(name).sample(500, seed=1))
    assert as_it_seems(told) is told


@pytest.mark.parametrize("name", ["constant", "proportional", "mixed"])
@pytest.mark.parametrize("scale", [2.0**-50, 1e-9, 1e5, -1.0])
def test_in_any_unit(name, scale):
    plain, scaled = (as_it_seems(drawn(name, 0, s)) for s in (1.0, scale))
    assert scaled.scatter == plain.scatter
    assert scaled.weight == pytest.approx(plain.weight, rel=1e-6)


def test_a_target_over_decades_counts_in_all_of_them(vapour):
    assert as_it_seems(vapour).scatter == "proportional"
    shares = np.sqrt(as_it_seems(vapour).weight) * vapour.y
    assert shares.max() < 5 * shares.min()


@pytest.fixture
def vapour() -> Data:
    """A vapour pressure over eight decades in eleven rows."""
    T = np.array([80, 100, 120, 140, 160, 180, 200, 220, 240, 260, 280.0])
    P = np.array([0.0498, 12.2, 365, 4020, 24300, 66200, 147000, 268000, 891000, 985000, 1620000])
    return data_of(Table(("T",), T[:, None], "P", P))


@pytest.mark.parametrize("name", ["constant", "proportional", "mixed", "rounding"])
def test_a_noise_may_be_chosen(vapour, name):
    assert as_it_seems(vapour, name).scatter == name


def test_standard_errors_are_believed():
    told = drawn("proportional", 0)
    table = Table(("a", "b"), told.X, "y", told.y, sigma=np.ones(ROWS))
    assert as_it_seems(data_of(table)).scatter == "given"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("poisson", 'There is no noise "poisson"; known: "auto", "constant", "counts", "mixed", '),
        ("counts", "Counts are whole numbers from 0; got 0.0498."),
    ],
)
def test_refusals(vapour, name, message):
    with pytest.raises(SettingError, match=re.escape(message)):
        refuse_noise(vapour, name)


def test_noise_beside_standard_errors_is_refused():
    told = drawn("constant", 0)
    table = Table(("a", "b"), told.X, "y", told.y, sigma=np.ones(ROWS))
    with pytest.raises(SettingError) as refused:
        refuse_noise(data_of(table), "mixed")
    assert str(refused.value) == (
        'Noise is chosen where it is not known; this table has standard errors, and noise="mixed". '
        "Leave one of them out."
    )
