"""What edges can be besides curves: skips, primitives that are trained, edges left out at random."""

import copy
import json
import pickle

import numpy as np
import pytest
import torch

from kantools.activation import Edge
from kantools.bases import BASES
from kantools.network import KAN, KANLayer, from_dict, observe, predict, prune, refine, to_dict
from kantools.training import train


def cube(rows: int = 200, columns: int = 2, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (rows, columns))


def test_skips_carry_the_inputs_through_every_layer() -> None:
    network, X = KAN([2, 3, [2, 1], 1], skip=True), cube()
    assert network.width == [[2, 0], [5, 0], [4, 1], [1, 0]]
    values = [v.detach().numpy() for v in network.node_values(torch.from_numpy(X))]
    np.testing.assert_array_equal(values[1][:, 3:], X)
    np.testing.assert_array_equal(values[2][:, 2:4], X)
    learned = {e for e in network.edges() if e.layer == 2}
    assert {Edge(2, 2, 0), Edge(2, 3, 0)} <= learned


def test_a_skip_makes_a_sum_of_curves_linear() -> None:
    X = cube(400)
    network = KAN([2, 1, 1], skip=True)
    assert train(network, X, np.sin(2 * X[:, 0]) + X[:, 1] ** 2, max_iterations=20).loss < 1e-7
    again = from_dict(json.loads(json.dumps(to_dict(network))))
    np.testing.assert_array_equal(predict(again, X), predict(network, X))


def affine_network() -> KAN:
    network = KAN([1, 1])
    network.fix((0, 0, 0), "sin", affine=(2.0, 0.5, 3.0, -1.0))
    return network


def test_affine_primitives_are_what_they_say() -> None:
    network, X = affine_network(), cube(50, 1)
    np.testing.assert_allclose(predict(network, X), 3 * np.sin(2 * X[:, 0] + 0.5) - 1)
    assert observe(network, X).edges[0].fixed is None
    network.release((0, 0, 0))
    assert not network.layers[0].affine


def test_affine_primitives_are_copied_stored_and_loaded() -> None:
    network, X = affine_network(), cube(50, 1)
    loaded = KAN([1, 1])
    loaded.load_state_dict(network.state_dict())
    stored = from_dict(json.loads(json.dumps(to_dict(network))))
    for twin in (copy.deepcopy(network), pickle.loads(pickle.dumps(network)), loaded, stored):
        np.testing.assert_array_equal(predict(twin, X), predict(network, X))
    np.testing.assert_allclose(predict(prune(network, X), X), predict(network, X))


def test_affine_primitives_train_with_splines() -> None:
    X = cube(300)
    network = KAN([2, 1], intervals=4)
    network.fix((0, 0, 0), "sin", affine=(2.5, 0.0, 1.0, 0.0))
    train(network, X, 2 * np.sin(3 * X[:, 0]) + X[:, 1] ** 2, solver="lbfgs", max_iterations=200)
    a, _, c, _ = network.layers[0].affine["0_0"].tolist()
    assert (a, c) == pytest.approx((3, 2), abs=1e-2)


def test_affine_primitives_train_to_the_last_digits_by_second_order() -> None:
    X = cube(300)
    network = KAN([2, 1, 1], intervals=4)
    network.fix((0, 0, 0), "sin", affine=(3.0, 0.1, 0.8, 0.0))
    network.fix((0, 1, 0), "square", affine=(0.9, 0.1, 1.1, 0.0))
    network.fix((1, 0, 0), "exp", affine=(1.0, 0.0, 1.0, 0.1))
    assert train(network, X, np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2)).loss < 1e-24
    a, b, _, _ = network.layers[0].affine["0_0"].tolist()
    assert (a, b) == pytest.approx((np.pi, 0), abs=1e-9)


def test_dropout_keeps_the_mean_and_is_off_in_evaluation() -> None:
    layer = KANLayer(4, 3, dropout=0.3, dtype=torch.float64)
    layer.noise = torch.Generator().manual_seed(0)
    x = torch.rand(1, 4, dtype=torch.float64)
    many = layer(x.expand(40_000, 4))
    assert many.std(0).min() > 0
    layer.eval()
    torch.testing.assert_close(many.mean(0, keepdim=True), layer(x), atol=0.02, rtol=0.02)
    assert layer(x.expand(9, 4)).std(0).max() < 1e-12


def test_dropout_has_a_rate_for_each_layer() -> None:
    network, X = KAN([2, 3, 1], dropout=[0.0, 0.5]), cube()
    assert [layer.dropout for layer in network.layers] == [0.0, 0.5]
    x = torch.from_numpy(X)
    assert (network(x) != network(x)).any()
    np.testing.assert_array_equal(predict(network, X), predict(network, X))
    assert network.training
    with pytest.raises(ValueError, match="dropout is a share"):
        KANLayer(2, 2, dropout=1.0)


@pytest.mark.parametrize("basis", sorted(BASES))
@pytest.mark.parametrize("depth", [1, 4, 8])
def test_the_variance_is_kept_through_depth(basis: str, depth: int) -> None:
    x = 2 * torch.rand(1000, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64) - 1
    spreads = [KAN([4] + [8] * depth, basis=basis, seed=seed)(x).detach().std(0).mean() for seed in range(3)]
    assert 0.33 < np.median(spreads) / 3**-0.5 < 3


@pytest.mark.parametrize("basis", sorted(BASES))
def test_every_basis_trains_stores_refines_and_prunes(basis: str) -> None:
    X = cube(300)
    y = np.sin(2 * X[:, 0]) + X[:, 1] ** 2
    network = KAN([2, 2, 1], basis=["bspline", basis], intervals=6)
    assert train(network, X, y, max_iterations=15, restarts=1).loss < 1e-3
    again = from_dict(json.loads(json.dumps(to_dict(network))))
    np.testing.assert_array_equal(predict(again, X), predict(network, X))
    before = predict(network, X)
    refine(network, X, 12)
    assert np.sqrt(np.mean((predict(network, X) - before) ** 2)) < 0.02 * before.std()
    slim = prune(network, X, 1e-3)
    assert np.sqrt(np.mean((predict(slim, X) - before) ** 2)) < 0.03 * before.std()


def test_a_basis_for_each_layer() -> None:
    network = KAN([2, 3, 1], basis=["rbf", "chebyshev"], intervals=5)
    assert [b.name for b in network.bases] == ["rbf", "chebyshev"]
    with pytest.raises(ValueError, match="one for each of 2 layers, not 3"):
        KAN([2, 3, 1], basis=["rbf"] * 3)
