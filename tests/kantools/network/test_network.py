"""The network: its nodes, its edges, what reads and writes it."""

import copy
import json

import numpy as np
import pytest
import torch

from kantools.activation import Activations, Edge
from kantools.network import KAN, fit_grid, from_dict, observe, predict, prune, refine, to_dict
from kantools.network.importance import edge_importance, node_importance
from kantools.network.penalty import smoothness, sparsity
from kantools.network.prune import used_inputs
from kantools.training import train


def table(rows: int = 300, columns: int = 3, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (rows, columns))


@pytest.fixture(scope="module")
def trained() -> KAN:
    X = table()
    network = KAN([3, [2, 1], 1], seed=1)
    train(network, X, np.exp(np.sin(2 * X[:, 0]) + X[:, 1] ** 2), max_iterations=30)
    return network


def test_width_as_pykan_writes_it() -> None:
    network = KAN([2, [3, 2], 2], arity=[[2, 3], 2])
    assert network.width == [[2, 0], [3, 2], [2, 0]]
    assert network.nodes[0].groups == ((0,), (1,), (2,), (3, 4), (5, 6, 7))
    assert network.layers[0].out_features == 8
    assert network(torch.zeros(5, 7, 2, dtype=torch.float64)).shape == (5, 7, 2)


@pytest.mark.parametrize(
    ("width", "message"), [([2], "at least inputs and outputs"), ([2, [0, 0], 1], "at least one node")]
)
def test_impossible_widths(width: list[int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        KAN(width)


def test_product_nodes_multiply() -> None:
    network = KAN([2, [0, 1], 1], residual="none")
    for edge in [(0, 0, 0), (0, 1, 1), (1, 0, 0)]:
        network.fix(edge, "identity")
    network.mask([(0, 0, 1), (0, 1, 0)])
    X = table(columns=2)
    np.testing.assert_allclose(predict(network, X), X[:, 0] * X[:, 1])
    assert network.edges() == [Edge(0, 0, 0), Edge(0, 1, 1), Edge(1, 0, 0)]


def test_edges_can_be_chosen() -> None:
    network = KAN([2, 2, 1])
    network.keep_only([Edge(0, 0, 1), (1, 1, 0)])
    assert network.edges() == [Edge(0, 0, 1), Edge(1, 1, 0)]
    with pytest.raises(IndexError, match="layer 0 has 2 sources and 2 targets"):
        network.fix((0, 2, 0), "exp")
    with pytest.raises(IndexError, match="layers 0 to 1"):
        network.mask([(2, 0, 0)])


def test_seed_decides() -> None:
    X = table(columns=2)
    first, again, other = (predict(KAN([2, 3, 1], seed=s), X) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - other).max() > 0.01


def test_random_curves_keep_the_variance() -> None:
    X = table(1000, 4)
    spread = [predict(KAN([4, 6, 6, 1], seed=s), X).std() for s in range(8)]
    assert 0.02 < np.median(spread) < 5


@pytest.mark.parametrize("intervals", [16, 20, 11])
def test_refining_keeps_the_function(trained: KAN, intervals: int) -> None:
    X, finer = table(), copy.deepcopy(trained)
    refine(finer, X, intervals)
    np.testing.assert_allclose(predict(finer, X), predict(trained, X), atol=1e-11)
    assert finer.layers[0].basis.intervals == intervals


def test_moving_the_grid_nearly_keeps_the_function(trained: KAN) -> None:
    X, moved = table(), copy.deepcopy(trained)
    fit_grid(moved, X, uniform=0.7)
    change = predict(moved, X) - predict(trained, X)
    assert np.sqrt(np.mean(change**2)) < 0.02 * predict(trained, X).std()


def test_grid_survives_constant_and_tied_columns() -> None:
    X = np.column_stack([np.full(50, 3.0), np.repeat([1.0, 2.0], 25), np.zeros(50)])
    network = KAN([3, 2, 1])
    fit_grid(network, X)
    assert np.isfinite(predict(network, X)).all()


def recompose(activations: Activations, X: np.ndarray) -> np.ndarray:
    """The output from the curves alone."""
    values = X
    for layer, groups in enumerate(activations.nodes):
        subnodes = {}
        for j in {j for group in groups for j in group}:
            curves = activations.into(layer, j)
            subnodes[j] = sum(np.interp(values[:, a.edge.source], a.x, a.y) for a in curves)
        values = np.stack([np.prod([subnodes[j] for j in group], axis=0) for group in groups], axis=1)
    return values[:, 0]


def test_observed_curves_make_up_the_output(trained: KAN) -> None:
    X = table()
    activations = observe(trained, X, ["a", "b", "c"], points=300)
    np.testing.assert_allclose(recompose(activations, X), predict(trained, X), atol=1e-9)
    assert activations.columns == ("a", "b", "c")
    assert all((np.diff(a.x) >= 0).all() and 0 <= a.importance <= 1 for a in activations.edges)
    with pytest.raises(ValueError, match="3 inputs; 2 names"):
        observe(trained, X, ["a", "b"])


def test_importance_finds_the_unused_input(trained: KAN) -> None:
    nodes = node_importance(trained, table())
    assert nodes[0][2] < 0.02 < 0.3 < nodes[0][0]
    assert [s.shape for s in edge_importance(trained, table())] == [(3, 4), (3, 1)]


def test_pruning_keeps_the_function_and_the_mean(trained: KAN) -> None:
    X = table()
    slim, before = prune(trained, X, 0.02), predict(trained, X)
    after = predict(slim, X)
    assert len(slim.edges()) < len(trained.edges())
    assert used_inputs(slim) == [0, 1]
    assert np.sqrt(np.mean((after - before) ** 2)) < 0.05 * before.std()
    assert abs(after.mean() - before.mean()) < 0.01 * before.std()


def test_pruning_everything_leaves_a_way_to_the_output(trained: KAN) -> None:
    slim = prune(trained, table(), 2.0)
    assert slim.edges()
    assert np.isfinite(predict(slim, table())).all()


def test_store_round_trip(trained: KAN) -> None:
    X, network = table(), copy.deepcopy(trained)
    network.fix((0, 1, 1), "exp")
    again = from_dict(json.loads(json.dumps(to_dict(network))))
    np.testing.assert_array_equal(predict(again, X), predict(network, X))
    assert to_dict(again) == to_dict(network)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "x"}, 'says "format"'),
        ({"version": 9}, "reads version 1, not 9"),
        ({"layers": []}, "malformed|layers|lacks"),
        ({"width": None}, "malformed"),
    ],
)
def test_malformed_dictionaries(trained: KAN, change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_dict({**to_dict(trained), **change})


def test_a_missing_key_and_a_wrong_shape_are_named(trained: KAN) -> None:
    stored = to_dict(trained)
    del stored["layers"][0]["weight"]
    with pytest.raises(ValueError, match="lacks 'weight'"):
        from_dict(stored)
    stored = to_dict(trained)
    stored["layers"][1]["mask"] = [[1]]
    with pytest.raises(ValueError, match="mask of layer 1 must have the shape"):
        from_dict(stored)


def test_state_dict_and_single_precision() -> None:
    network, other = KAN([2, 2, 1], seed=1), KAN([2, 2, 1], seed=2)
    network.fix((0, 0, 0), "sin")
    other.load_state_dict(network.state_dict())
    X = table(columns=2)
    np.testing.assert_array_equal(predict(other, X), predict(network, X))
    single = KAN([2, 2, 1], seed=1, dtype=torch.float32)
    assert predict(single, X).dtype == np.float64


def test_penalties_are_positive_and_differentiable() -> None:
    network = KAN([2, 3, 1])
    x = torch.as_tensor(table(columns=2))
    total = sparsity(network, x) + smoothness(network)
    total.backward()
    assert float(total.detach()) > 0
    assert all(p.grad is not None and p.grad.isfinite().all() for p in network.parameters())
