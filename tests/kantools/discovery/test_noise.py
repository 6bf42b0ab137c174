"""Noise in a whole search: what it begins with, how it ends, what is told of it."""

import numpy as np
import pytest

from kantools.discovery import discover
from kantools.discovery.verdict import Stop
from kantools.table import Table

RNG = np.random.default_rng(11)
X = RNG.uniform(0.5, 4.0, (200, 2))
LAW = 40 * X[:, 1] * np.exp(-1.3 * X[:, 0])
NOISE = RNG.normal(size=200)


def found(y, X=X, **settings):
    return discover(Table(("a", "b")[: X.shape[1]], X, "y", y), **{"effort": 6.0, **settings})


@pytest.mark.parametrize("digits", ["single precision", "six digits"])
@pytest.mark.parametrize("inputs", [True, False], ids=["all columns", "the target"])
def test_a_law_is_explained_to_the_digits_of_its_table(digits, inputs):
    def rounded(values: np.ndarray) -> np.ndarray:
        if digits == "single precision":
            return values.astype(np.float32).astype(float)
        return np.array([float(f"{v:.6g}") for v in values.ravel()]).reshape(values.shape)

    said = found(rounded(LAW), rounded(X) if inputs else X)
    assert said.stopped is Stop.EXPLAINED
    assert said.chosen.scatter.kind == "rounding"
    assert said.chosen.predict(X) == pytest.approx(LAW, rel=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("y", "name"),
    [
        (LAW * (1 + 0.05 * NOISE), "proportional"),
        (LAW + np.hypot(0.1, 0.1 * LAW) * NOISE, "mixed"),
        (RNG.poisson(LAW).astype(float), "counts"),
    ],
    ids=["proportional", "mixed", "counts"],
)
def test_the_noise_is_told_with_the_law(y, name):
    said = found(y)
    assert said.noise == name
    assert said.chosen.scatter.kind == name
    assert np.median(np.abs(said.chosen.predict(X) / LAW - 1)) < 0.1


@pytest.mark.parametrize("loss", ["squared", "huber"])
@pytest.mark.parametrize("name", ["constant", "proportional", "mixed"])
def test_a_noise_that_was_chosen_is_kept(name, loss):
    said = found(LAW * (1 + 0.05 * NOISE), noise=name, loss=loss, effort=0.0)
    assert said.noise == name


@pytest.mark.slow
def test_a_vapour_pressure_over_eight_decades():
    """Antoine's law, or Clausius and Clapeyron's; a power of T is 1,500 times off at the low end."""
    T = np.array([80, 100, 120, 140, 160, 180, 200, 220, 240, 260, 280.0])[:, None]
    P = np.array([0.0498, 12.2, 365, 4020, 24300, 66200, 147000, 268000, 891000, 985000, 1620000])
    said = found(P, T, effort=20.0)
    assert said.noise == "proportional"
    assert np.abs(np.log(said.chosen.predict(T) / P)).max() < 1
    assert np.diff(said.chosen.predict(np.linspace(80, 300, 100)[:, None])).min() > 0
