"""Training: targets it must reach, symmetries it must respect, inputs it must survive."""

import time

import numpy as np
import pytest
import torch

from kantools.network import KAN, fit_grid, predict, refine
from kantools.table import Table
from kantools.training import History, Stop, train
from kantools.training.smoothing import choose_smoothness


def cube(rows: int = 400, columns: int = 2, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (rows, columns))


def hello(X: np.ndarray) -> np.ndarray:
    return np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2)


def error(network: KAN, truth: object, X: np.ndarray) -> float:
    y = truth(X)  # type: ignore[operator]
    return float(np.sqrt(np.mean((predict(network, X) - y) ** 2)) / y.std())


def test_an_additive_network_is_solved_exactly() -> None:
    X = cube()
    source = KAN([2, 1], seed=3)
    fit_grid(source, X)
    target, network = predict(source, X), KAN([2, 1], seed=4)
    history = train(network, X, target, smoothness=0.0)
    assert history.reason is Stop.SOLVED
    assert history.loss < 1e-20
    np.testing.assert_allclose(predict(network, X), target, atol=1e-9)


def test_one_hidden_node_finds_the_composition() -> None:
    X = cube(1000)
    network = KAN([2, 1, 1], intervals=12)
    train(network, X, hello(X), restarts=3)
    assert error(network, hello, cube(500, seed=9)) < 2e-3


def test_hello_world_to_four_digits() -> None:
    X = cube(1000)
    network = KAN([2, 5, 1])
    train(network, X, hello(X), max_iterations=60, restarts=3)
    refine(network, X, 20)
    train(network, X, hello(X), max_iterations=60)
    assert error(network, hello, cube(500, seed=9)) < 3e-4


def test_skips_are_solved_for_linearly() -> None:
    def truth(X: np.ndarray) -> np.ndarray:
        return np.asarray(np.exp(X[:, 0] + X[:, 1]) + np.sin(2 * X[:, 0]))

    network = KAN([2, 2, 1])
    network.fix((1, 1, 0), "identity")
    train(network, cube(600), truth(cube(600)), restarts=3)
    assert error(network, truth, cube(300, seed=9) * 0.95) < 2e-3


def test_products_that_change_sign() -> None:
    def truth(X: np.ndarray) -> np.ndarray:
        return X[:, 0] * np.sin(2 * X[:, 1])

    network = KAN([2, [0, 1], 1])
    network.fix((1, 0, 0), "identity")
    network.mask([(0, 0, 1), (0, 1, 0)])
    train(network, cube(600), truth(cube(600)), restarts=2)
    assert error(network, truth, cube(300, seed=9)) < 1e-3


def test_a_fixed_outer_function_is_inverted_for_a_start() -> None:
    X = cube()
    for name, y in {"sqrt": np.sqrt(3 + X.sum(1)), "log": np.log(3 + X.sum(1))}.items():
        network = KAN([2, 1, 1])
        network.fix((1, 0, 0), name)
        assert train(network, X, y).loss < 1e-8


def test_deep_networks_and_several_outputs() -> None:
    X = cube(500)
    network = KAN([2, 4, 3, 2], seed=1)
    history = train(network, X, np.column_stack([hello(X), X.prod(1)]), max_iterations=60, restarts=3)
    assert history.loss < 2e-2


def test_the_same_seed_gives_the_same_network() -> None:
    X = cube()
    runs = []
    for seed in (1, 1, 2):
        network = KAN([2, 2, 1], seed=seed)
        train(network, X, hello(X), restarts=2, seed=seed, max_iterations=10)
        runs.append(predict(network, X))
    np.testing.assert_array_equal(runs[0], runs[1])
    assert np.abs(runs[0] - runs[2]).max() > 0


def test_weights_equal_repeated_rows() -> None:
    X = cube()
    times = np.random.default_rng(1).integers(0, 3, len(X))
    rows = np.repeat(np.arange(len(X)), times)
    results = []
    for data, weight in (((X, hello(X)), times.astype(float)), ((X[rows], hello(X)[rows]), None)):
        network = KAN([2, 1, 1])
        fit_grid(network, X)
        train(network, *data, weight=weight, max_iterations=4)
        results.append(predict(network, X))
    np.testing.assert_allclose(results[0], results[1], atol=1e-4)


def test_blocks_of_rows_give_the_same_fit() -> None:
    X = cube()
    histories = []
    for block in (4096, 90):
        network = KAN([2, 2, 1])
        histories.append(train(network, X, hello(X), block=block, max_iterations=8))
    assert histories[0].loss == pytest.approx(histories[1].loss, rel=1e-4)


def test_units_of_the_table_do_not_matter() -> None:
    X, scale = cube(), 1e-24
    plain = train(KAN([2, 2, 1]), X, hello(X), max_iterations=15)
    scaled = train(KAN([2, 2, 1]), X * 1e-19, hello(X) * scale, max_iterations=15)
    assert scaled.loss == pytest.approx(plain.loss, rel=0.2)


def test_noise_is_smoothed_by_cross_validation() -> None:
    X, noise = cube(200), np.random.default_rng(5).normal(size=200)

    def truth(X: np.ndarray) -> np.ndarray:
        return np.sin(3 * X[:, 0]) + X[:, 1] ** 2

    y = truth(X) + 0.2 * noise
    errors = {}
    for smoothness in ("gcv", 1e-8):
        network = KAN([2, 1], intervals=20)
        train(network, X, y, smoothness=smoothness)  # type: ignore[arg-type]
        errors[smoothness] = error(network, truth, cube(500, seed=9) * 0.95)
    assert errors["gcv"] < 0.6 * errors[1e-8]


@pytest.mark.parametrize("rows", [5, 8, 20, 50])
def test_few_rows_get_few_effective_coefficients(rows: int) -> None:
    X = cube(rows, 3)
    history = train(KAN([3, 1]), X, np.sin(X).sum(1), smoothness="gcv")
    assert history.effective <= rows / 2


def test_cross_validation_against_the_definition() -> None:
    generator = np.random.default_rng(0)
    J, penalty = generator.normal(size=(40, 6)), np.diag([0.0, 0, 1, 1, 2, 3])
    y = J[:, 0] + 0.3 * generator.normal(size=40)
    choice = choose_smoothness(J.T @ J / 40, J.T @ y / 40, y @ y / 40, penalty, 40)
    hat = J @ np.linalg.solve(J.T @ J / 40 + choice.smoothness * penalty, J.T / 40)
    assert choice.effective == pytest.approx(np.trace(hat), rel=1e-3)


HARD = {
    "duplicate and constant columns": (lambda X: np.c_[X, X[:, 0], np.full(len(X), 3.0)], hello),
    "an outlier": (lambda X: np.r_[X, [[1e6, 0.0]]], lambda X: X.sum(1)),
    "integers": (np.round, lambda X: X.sum(1)),
    "huge": (lambda X: 5e18 + 1e18 * X, lambda X: X[:, 0] * X[:, 1]),
    "constant target": (lambda X: X, lambda X: 0 * X[:, 0] + 3),
    "zero target": (lambda X: X, lambda X: 0 * X[:, 0]),
    "one row": (lambda X: X[:1], hello),
    "two rows": (lambda X: X[:2], hello),
}


@pytest.mark.parametrize("case", HARD)
@pytest.mark.parametrize("smoothness", [1e-8, "gcv"])
def test_survives(case: str, smoothness: float) -> None:
    change, truth = HARD[case]
    X = change(cube(200))
    network = KAN([X.shape[1], [2, 1], 1])
    history = train(network, X, truth(X), max_iterations=20, smoothness=smoothness)
    assert np.isfinite(history.loss)
    assert np.isfinite(predict(network, X)).all()


def test_wrong_input_is_named() -> None:
    X, network = cube(50), KAN([2, 1])
    with pytest.raises(ValueError, match=r"X must be finite; 1 rows"):
        train(network, np.where(X[3, 0] == X, np.nan, X), hello(X))
    with pytest.raises(ValueError, match="takes 2 columns"):
        train(network, X[:, :1], hello(X))
    with pytest.raises(ValueError, match="y has the shape"):
        train(network, X, hello(X)[:-1])
    with pytest.raises(ValueError, match="Weights must be"):
        train(network, X, hello(X), weight=-np.ones(50))
    with pytest.raises(ValueError, match="needs y"):
        train(network, X)
    network.mask(network.edges())
    with pytest.raises(ValueError, match="no learned edge"):
        train(network, X, hello(X))


def test_a_table_brings_target_and_errors() -> None:
    X = cube(100)
    table = Table(("a", "b"), X, "y", X.sum(1), sigma=np.full(100, 0.1))
    assert train(KAN([2, 1]), table).loss < 1e-8


def test_the_deadline_is_kept() -> None:
    X = cube(1000)
    history = train(KAN([2, 8, 1]), X, hello(X), deadline=time.monotonic(), restarts=50)
    assert history.reason is Stop.DEADLINE
    assert len(history.losses) <= 2


@pytest.mark.parametrize(("solver", "most"), [("lbfgs", 0.1), ("adam", 0.5)])
def test_first_order_solvers_learn(solver: str, most: float) -> None:
    X = cube(200)
    history: History = train(KAN([2, 2, 1]), X, hello(X), solver=solver, max_iterations=100)  # type: ignore[arg-type]
    assert history.loss < most * history.losses[0]
    assert history.losses[-1] == min(history.losses)


def test_single_precision_networks_train() -> None:
    X = cube()
    network = KAN([2, 2, 1], dtype=torch.float32)
    train(network, X, hello(X), restarts=3)
    assert error(network, hello, X) < 1e-2
