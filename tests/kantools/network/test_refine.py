"""Refining: finer grids, never a larger training loss, whatever the basis."""

import numpy as np
import pytest
import torch

from kantools.bases import BASES
from kantools.network import KAN, predict, refine
from kantools.training import train

NESTED = ("bspline", "chebyshev", "fourier", "rational")
"""Where the old curves are among the new ones."""


def cube(rows: int = 120, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (rows, 2))


def law(X: np.ndarray) -> np.ndarray:
    return np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2)


def loss(network: KAN, X: np.ndarray, y: np.ndarray, weight: np.ndarray) -> float:
    return float(weight @ (predict(network, X) - y) ** 2 / weight.sum())


def trained(
    basis: str, rows: int = 120, dtype: torch.dtype = torch.float64
) -> tuple[KAN, np.ndarray, np.ndarray]:
    X = cube(rows)
    network = KAN([2, 2, 1], basis=basis, intervals=4, dtype=dtype)
    train(network, X, law(X), max_iterations=8)
    return network, X, law(X)


@pytest.mark.parametrize("basis", sorted(BASES))
@pytest.mark.parametrize("intervals", [5, 8])
@pytest.mark.parametrize("rows", [12, 120])
def test_the_training_loss_never_rises(basis: str, intervals: int, rows: int) -> None:
    network, X, y = trained(basis, rows)
    weight = np.random.default_rng(1).uniform(0, 2, rows)
    before = loss(network, X, y, weight)
    finer = refine(network, X, intervals, y, weight)
    assert loss(network, X, y, weight) <= before * (1 + 1e-9) + 1e-28
    assert [b.intervals for b in network.bases] == 2 * [intervals if finer else 4]
    assert finer or (basis not in NESTED and rows > 12)


@pytest.mark.parametrize("basis", sorted(BASES))
def test_it_never_rises_in_single_precision_either(basis: str) -> None:
    network, X, y = trained(basis, dtype=torch.float32)
    before = loss(network, X, y, np.ones(120))
    refine(network, X, 7, y)
    assert loss(network, X, y, np.ones(120)) <= before * (1 + 1e-5)


@pytest.mark.parametrize("basis", NESTED)
def test_old_curves_are_among_the_new_ones(basis: str) -> None:
    network, X, _ = trained(basis)
    before, between = predict(network, X), predict(network, cube(50, 9) * 0.9)
    refine(network, X, 8)
    np.testing.assert_allclose(predict(network, X), before, atol=1e-9)
    np.testing.assert_allclose(predict(network, cube(50, 9) * 0.9), between, atol=1e-6)


@pytest.mark.parametrize("basis", ["rbf", "relu", "wavelet", "morlet"])
def test_curves_that_do_not_nest_stay_close(basis: str) -> None:
    network, X, _ = trained(basis)
    between = predict(network, cube(50, 9) * 0.9)
    refine(network, X, 8)
    change = predict(network, cube(50, 9) * 0.9) - between
    assert np.sqrt(np.mean(change**2)) < 0.02 * between.std()


def test_a_network_that_would_get_worse_stays_as_it_was() -> None:
    X = cube()
    network = KAN([2, 1], basis="rbf", intervals=4)
    train(network, X, law(X), smoothness=0.0)
    target = predict(network, X)
    states = {key: value.clone() for key, value in network.state_dict().items() if torch.is_tensor(value)}
    assert not refine(network, X, 5, target)
    assert network.bases[0].intervals == 4
    for key, value in states.items():
        assert torch.equal(network.state_dict()[key], value)


@pytest.mark.parametrize("basis", sorted(BASES))
def test_training_goes_on_from_the_refined_network(basis: str) -> None:
    network, X, y = trained(basis)
    before = loss(network, X, y, np.ones(120))
    refine(network, X, 8, y)
    train(network, X, y, max_iterations=4, smoothness=0.0)
    assert loss(network, X, y, np.ones(120)) <= before * (1 + 1e-6)


def test_fewer_intervals_are_no_refinement() -> None:
    network, X, y = trained("bspline")
    with pytest.raises(ValueError, match="more than the 4 intervals there are, not 3"):
        refine(network, X, 3, y)
