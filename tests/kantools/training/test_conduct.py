"""How a training behaves: when it stops, what it keeps, what it leaves alone."""

import numpy as np
import pytest
import torch

from kantools.bases import BASES, Basis
from kantools.bases.rational import Rational
from kantools.network import KAN, fit_grid, predict, refine
from kantools.network.predict import as_tensor
from kantools.training import Stop, train
from kantools.training.gradient import Objective
from kantools.training.lbfgs import lbfgs
from kantools.training.levenberg_marquardt import Options
from kantools.training.monitor import Monitor, TrainingProgress
from tests.hanging import ends

SOLVERS = ("lm", "lbfgs", "adam")


def cube(rows: int = 300, columns: int = 2, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (rows, columns))


def hello(X: np.ndarray) -> np.ndarray:
    return np.exp(np.sin(np.pi * X[:, 0]) + X[:, 1] ** 2)


def loss_of(network: KAN, X: np.ndarray, y: np.ndarray, weight: np.ndarray) -> float:
    mean = weight @ y / weight.sum()
    return float(weight @ (predict(network, X) - y) ** 2 / (weight @ (y - mean) ** 2))


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_best_on_held_out_rows_is_kept(solver: str) -> None:
    X, noise = cube(80), np.random.default_rng(1).normal(size=80)
    held = cube(200, seed=2)
    network = KAN([2, 5, 1], intervals=12)
    history = train(
        network,
        X,
        hello(X) + 0.5 * noise,
        solver=solver,
        validation=(held, hello(held)),
        patience=5,
        max_iterations=40,
        tolerance=0.0,
    )
    got = np.mean((predict(network, held) - hello(held)) ** 2) / (hello(X) + 0.5 * noise).var()
    assert got <= min(history.held_out) * (1 + 1e-6)
    assert history.reason in (Stop.HELD_OUT, Stop.ITERATIONS, Stop.STALLED)
    assert history.solver == solver


def test_early_stopping_helps_against_noise() -> None:
    X, noise = cube(120), np.random.default_rng(1).normal(size=120)
    errors = []
    for validation in (0.25, None):
        network = KAN([2, 5, 1], intervals=12)
        train(network, X, hello(X) + 0.5 * noise, validation=validation, patience=5, seed=3, smoothness=1e-4)
        held = cube(400, seed=2) * 0.95
        errors.append(np.mean((predict(network, held) - hello(held)) ** 2))
    assert errors[0] < 0.5 * errors[1]


@pytest.mark.parametrize("solver", SOLVERS)
def test_callbacks_see_and_stop(solver: str) -> None:
    seen: list[TrainingProgress] = []

    def stop_at_three(progress: TrainingProgress) -> bool:
        seen.append(progress)
        return progress.iteration == 3

    X = cube()
    history = train(KAN([2, 3, 1]), X, hello(X), solver=solver, callbacks=[stop_at_three])
    assert history.reason is Stop.CALLBACK
    assert [p.iteration for p in seen] == [1, 2, 3]
    assert all(np.isfinite(p.loss) and p.seconds >= 0 for p in seen)


@pytest.mark.parametrize("solver", SOLVERS)
def test_weights_count_for_every_solver(solver: str) -> None:
    X, weight = cube(), np.random.default_rng(1).uniform(0, 1, 300)
    weight[::3] = 0
    y = np.where(weight > 0, X.sum(1), 1e3)
    network = KAN([2, 1])
    train(network, X, y, weight=weight, solver=solver, max_iterations=60)
    assert loss_of(network, X, X.sum(1), weight) < 1e-3


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("dropout", [0.0, 0.2])
def test_the_seed_decides_and_global_random_states_stay(solver: str, dropout: float) -> None:
    X, runs = cube(), []
    before = torch.random.get_rng_state().clone(), np.random.get_state()[1].copy()  # noqa: NPY002
    for seed in (1, 1):
        network = KAN([2, 2, 1], seed=seed, dropout=dropout)
        train(network, X, hello(X), solver=solver, seed=seed, restarts=1, max_iterations=8, batch=64)
        runs.append(predict(network, X))
    np.testing.assert_array_equal(runs[0], runs[1])
    assert torch.equal(before[0], torch.random.get_rng_state())
    assert (before[1] == np.random.get_state()[1]).all()  # noqa: NPY002


def test_auto_picks_by_size() -> None:
    X = cube(60)
    small = train(KAN([2, 2, 1]), X, hello(X), max_iterations=2)
    large = train(KAN([2, 120, 1]), X, hello(X), max_iterations=2)
    noisy = train(KAN([2, 2, 1], dropout=0.1), X, hello(X), max_iterations=2)
    assert [h.solver for h in (small, large, noisy)] == ["lm", "lbfgs", "adam"]


@pytest.mark.parametrize("solver", SOLVERS)
def test_the_time_limit_is_kept(solver: str) -> None:
    X = cube(1000)
    with ends():
        history = train(
            KAN([2, 5, 1]), X, hello(X), solver=solver, time_limit=0.3, max_iterations=10**6, tolerance=0.0
        )
    assert history.reason in (Stop.DEADLINE, Stop.STALLED)


def test_a_step_to_nan_is_taken_back() -> None:
    X = cube()
    network = KAN([2, 2, 1])
    fit_grid(network, X)

    class Broken(Objective):
        calls = 0

        def loss(self) -> torch.Tensor:
            Broken.calls += 1
            if 20 < Broken.calls < 24:
                with torch.no_grad():
                    self.network.layers[0].weight.fill_(torch.nan)
            return super().loss()

    x, y, w, s = (as_tensor(network, a) for a in (X, hello(X)[:, None], np.full(300, 1 / 300), np.ones(1)))
    losses, _ = lbfgs(Broken(network, x, y, w, s, Options(max_iterations=40)))
    assert np.isfinite(losses).all()
    assert losses[-1] == min(losses)
    assert np.isfinite(predict(network, X)).all()


def test_gradients_start_well_and_settle() -> None:
    X = cube(1000)
    for solver in ("lbfgs", "adam"):
        network = KAN([2, 5, 1])
        assert train(network, X, hello(X), solver=solver, max_iterations=100).loss < 2e-3


@pytest.mark.parametrize("basis", ["relu", "rational", "wavelet", Rational(shared=True)])
def test_gradients_learn_the_form_too(basis: str | Basis) -> None:
    X, network = cube(), KAN([2, 2, 1], basis=basis, intervals=5)
    start = network.layers[0].form.detach().clone()
    history = train(network, X, hello(X), solver="lbfgs", max_iterations=20)
    assert history.loss < 0.1
    assert (network.layers[0].form.detach() - start).abs().max() > 1e-4


@pytest.mark.parametrize("basis", ["relu", "rational", "wavelet"])
def test_the_solver_of_second_order_keeps_the_form(basis: str) -> None:
    X, network = cube(), KAN([2, 2, 1], basis=basis, intervals=5)
    start = network.layers[0].form.detach().clone()
    train(network, X, hello(X), solver="lm", max_iterations=3)
    assert torch.equal(network.layers[0].form.detach(), start)


def test_hello_world_to_five_digits() -> None:
    X, held = cube(1000), cube(500, seed=9)
    network = KAN([2, 5, 1], degree=5, intervals=5)
    train(network, X, hello(X), restarts=3)
    for intervals, smoothness in ((10, 1e-10), (20, 1e-12)):
        refine(network, X, intervals)
        train(network, X, hello(X), smoothness=smoothness)
    error = np.sqrt(np.mean((predict(network, held) - hello(held)) ** 2))
    assert error < 1e-5 * hello(held).std()


@pytest.mark.parametrize("seed", range(5))
def test_refining_never_raises_the_training_loss(seed: int) -> None:
    generator = np.random.default_rng(seed)
    X, y = cube(200, seed=seed), hello(cube(200, seed=seed))
    degree, intervals = int(generator.integers(1, 6)), int(generator.integers(2, 9))
    network = KAN([2, 3, 1], degree=degree, intervals=intervals, seed=seed)
    train(network, X, y, max_iterations=10)
    before = np.mean((predict(network, X) - y) ** 2)
    refine(network, X, intervals + int(generator.integers(1, 12)))
    assert np.mean((predict(network, X) - y) ** 2) <= before * (1 + 1e-9)
    after = train(network, X, y, max_iterations=10, smoothness=0.0).loss * y.var()
    assert after <= before * (1 + 1e-6)


def test_the_function_does_not_jump_when_its_grid_moves() -> None:
    X = cube(500)
    for basis in sorted(BASES):
        network = KAN([2, 3, 1], basis=basis)
        train(network, X, hello(X), max_iterations=10)
        before = predict(network, X)
        fit_grid(network, X[:400] * 1.02, uniform=0.8)
        assert np.sqrt(np.mean((predict(network, X) - before) ** 2)) < 0.05 * before.std(), basis


HARD = {
    "constant and duplicate columns": lambda X: np.c_[X, X[:, :1], np.full(len(X), 2.0)],
    "one row": lambda X: X[:1],
    "fewer rows than coefficients": lambda X: X[:9],
    "tiny": lambda X: X * 1e-30,
    "huge": lambda X: X * 1e30,
}


@pytest.mark.parametrize("case", HARD)
@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_hard_tables_give_a_finite_fit(case: str, solver: str, dtype: torch.dtype) -> None:
    X = HARD[case](cube(100))
    y = np.linspace(0, 1, len(X)) + 1
    network = KAN([X.shape[1], 2, 1], intervals=5, dtype=dtype)
    history = train(network, X, y, solver=solver, max_iterations=10)
    assert np.isfinite(history.loss)
    assert np.isfinite(predict(network, X)).all()


def test_wrong_conduct_is_named() -> None:
    X = cube(20)
    with pytest.raises(ValueError, match="share between 0 and 1"):
        train(KAN([2, 1]), X, hello(X), validation=1.5)
    with pytest.raises(ValueError, match="single row cannot"):
        train(KAN([2, 1]), X[:1], hello(X[:1]), validation=0.5)
    with pytest.raises(ValueError, match='not "sgd"'):
        train(KAN([2, 1]), X, hello(X), solver="sgd")
    assert Monitor(patience=1)(0, 1.0) is None
