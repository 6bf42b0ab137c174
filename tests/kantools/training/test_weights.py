"""What weights mean: how often a row counts, relative to the others, in everything that training does."""

from typing import Any

import numpy as np
import pytest
import torch

from kantools.bases import BASES
from kantools.estimators.kan_classifier import KANClassifier
from kantools.estimators.kan_regressor import KANRegressor
from kantools.network import KAN, fit_grid, predict
from kantools.network.grid import breaks_for
from kantools.network.penalty import sparsity
from kantools.table import Table
from kantools.training import train


def cube(rows: int = 30, columns: int = 2, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (rows, columns))


X = cube()
Y = np.exp(X[:, 0]) + X[:, 0] * X[:, 1] + 0.1 * np.random.default_rng(1).normal(size=30)
TIMES = np.random.default_rng(2).integers(0, 4, 30)
ROWS = np.repeat(np.arange(30), TIMES)


def skipping() -> KAN:
    return KAN([2, 1, 1], skip=True, intervals=3)


def fixed_and_masked() -> KAN:
    network = KAN([2, [2, 1], 1], arity=[[3], []], intervals=3)
    network.fix((0, 1, 0), "square")
    network.mask([(0, 0, 1)])
    return network


def mixed() -> KAN:
    return KAN([2, 2, 1], basis=["fourier", "bspline"], intervals=3)


SPECIAL = {"skips": skipping, "product, fixed and masked edges": fixed_and_masked, "two bases": mixed}


def network_of(kind: str) -> KAN:
    """A special network, or one of this basis."""
    return SPECIAL[kind]() if kind in SPECIAL else KAN([2, 1, 1], basis=kind, intervals=3)


def trained(
    kind: str, X: np.ndarray, y: np.ndarray, weight: np.ndarray | None = None, **options: Any
) -> np.ndarray:
    network = network_of(kind)
    train(network, X, y, weight=weight, **{"max_iterations": 3, "smoothness": 1e-4, **options})
    return predict(network, cube(20, seed=7))


def assert_same(got: np.ndarray, want: np.ndarray, atol: float = 1e-5) -> None:
    np.testing.assert_allclose(got, want, atol=atol * np.abs(want).max())


QUICK = {"bspline", "rbf", *SPECIAL}

KINDS = [
    pytest.param(kind, marks=() if kind in QUICK else pytest.mark.slow) for kind in (*sorted(BASES), *SPECIAL)
]

CASES = [pytest.param(*kind.values, "lm", marks=kind.marks) for kind in KINDS]
CASES += [pytest.param("bspline", solver) for solver in ("lbfgs", "adam")]


@pytest.mark.parametrize(("kind", "solver"), CASES)
def test_a_whole_weight_is_a_row_listed_so_often(kind: str, solver: str) -> None:
    repeated = trained(kind, X[ROWS], Y[ROWS], solver=solver)
    assert_same(trained(kind, X, Y, TIMES, solver=solver), repeated)


@pytest.mark.parametrize(("kind", "solver"), CASES)
def test_weight_zero_leaves_a_row_out(kind: str, solver: str) -> None:
    weight = np.r_[np.ones(25), np.zeros(5)]
    far, wild = X.copy(), Y.copy()
    far[25:], wild[25:] = 1e3, 1e9
    without = trained(kind, X[:25], Y[:25], solver=solver)
    np.testing.assert_array_equal(trained(kind, far, wild, weight, solver=solver), without)


@pytest.mark.parametrize(("kind", "solver"), CASES)
def test_only_the_ratios_of_weights_count(kind: str, solver: str) -> None:
    weight = np.random.default_rng(3).uniform(0.5, 2, 30)
    plain = trained(kind, X, Y, weight, solver=solver)
    for factor in (2.0**-1000, 2.0**1000):
        np.testing.assert_array_equal(trained(kind, X, Y, factor * weight, solver=solver), plain)


OPTIONS: dict[str, dict[str, Any]] = {
    "sparsity": {"sparsity": 1e-2},
    "sparsity by gradients": {"sparsity": 1e-2, "solver": "lbfgs"},
    "restarts": {"restarts": 2},
    "blocks": {"block": 7},
    "held-out rows": {"validation": (cube(9, seed=5), cube(9, seed=5).sum(1), np.arange(9.0))},
}


@pytest.mark.parametrize("name", OPTIONS)
def test_the_law_holds_for(name: str) -> None:
    repeated = trained("bspline", X[ROWS], Y[ROWS], **OPTIONS[name])
    assert_same(trained("bspline", X, Y, TIMES, **OPTIONS[name]), repeated)


def test_weights_of_held_out_rows_count() -> None:
    held = cube(9, seed=5)
    target, times = held.sum(1), np.arange(9)
    again = np.repeat(np.arange(9), times)
    losses = []
    for validation in ((held, target, times), (held[again], target[again])):
        history = train(KAN([2, 1, 1]), X, Y, validation=validation, max_iterations=4)
        losses.append(history.held_out)
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-6)


@pytest.mark.parametrize("basis", KINDS)
@pytest.mark.parametrize("smoothness", [1e-4, "gcv"])
def test_blocks_of_weighted_rows_are_as_good_as_one(basis: str, smoothness: Any) -> None:
    weight = np.random.default_rng(3).uniform(0, 2, 30)
    parts = [trained(basis, X, Y, weight, block=b, smoothness=smoothness) for b in (4096, 7)]
    assert_same(parts[1], parts[0], 1e-4)


def test_cross_validation_knows_ratios_and_rows_of_weight_zero() -> None:
    weight = np.random.default_rng(3).uniform(0.5, 2, 30) * (np.arange(30) < 25)
    plain = trained("bspline", X, Y, weight, smoothness="gcv", max_iterations=8)
    np.testing.assert_array_equal(
        trained("bspline", X, Y, 8 * weight, smoothness="gcv", max_iterations=8), plain
    )
    less = trained("bspline", X[:25], Y[:25], weight[:25], smoothness="gcv", max_iterations=8)
    np.testing.assert_array_equal(less, plain)


def test_dropout_takes_weights() -> None:
    weight = np.r_[np.ones(25), np.zeros(5)]
    runs = []
    for data in ((X, Y, weight), (X[:25], Y[:25], None)):
        network = KAN([2, 2, 1], dropout=0.2)
        train(network, data[0], data[1], weight=data[2], max_iterations=5)
        runs.append(predict(network, X))
    np.testing.assert_array_equal(*runs)


def test_a_table_weighs_by_errors_however_small() -> None:
    sigma = np.random.default_rng(3).uniform(0.5, 2, 30)
    want = trained("bspline", X, Y, 1 / sigma**2)
    for unit in (1.0, 1e-250, 1e250):
        network = network_of("bspline")
        table = Table(("a", "b"), X, "y", Y, sigma=unit * sigma)
        train(network, table, max_iterations=3, smoothness=1e-4)
        assert_same(predict(network, cube(20, seed=7)), want)


def test_grids_lie_where_the_weight_is() -> None:
    x = torch.from_numpy(np.random.default_rng(0).normal(size=(30, 2)))
    usual = torch.quantile(x, torch.linspace(0, 1, 6, dtype=torch.float64), dim=0).T
    torch.testing.assert_close(breaks_for(x, 5, 0.0, 0.0), usual)
    weighted = breaks_for(x, 5, 0.3, weight=TIMES.astype(float) + 1)
    again = np.repeat(np.arange(30), TIMES + 1)
    torch.testing.assert_close(weighted, breaks_for(x[again], 5, 0.3))


def test_the_sparsity_of_gradients_is_weighted() -> None:
    network, times = KAN([2, 2, 1]), TIMES.astype(float)
    fit_grid(network, X)
    want = sparsity(network, torch.from_numpy(X[ROWS]))
    got = sparsity(network, torch.from_numpy(X), weight=torch.from_numpy(times))
    torch.testing.assert_close(got, want)


@pytest.mark.filterwarnings("ignore::kantools.estimators.verbs.extrapolation.ExtrapolationWarning")
def test_the_regressor_takes_weights_and_errors() -> None:
    def fit(X: np.ndarray, y: np.ndarray, **given: Any) -> np.ndarray:
        return (
            KANRegressor(width=[1], intervals=3, random_state=0).fit(X, y, **given).predict(cube(20, seed=7))
        )

    assert_same(fit(X, Y, sample_weight=TIMES), fit(X[ROWS], Y[ROWS]))
    assert_same(fit(X, Y, sample_weight=4.0 * TIMES), fit(X, Y, sample_weight=TIMES), 1e-9)
    sigma = 1 / np.sqrt(1.0 + TIMES)
    assert_same(fit(X, Y, sigma=sigma), fit(X, Y, sample_weight=1.0 + TIMES), 1e-4)


@pytest.mark.filterwarnings("ignore::kantools.estimators.verbs.extrapolation.ExtrapolationWarning")
def test_the_classifier_takes_weights() -> None:
    inside = Y > 1

    def fit(X: np.ndarray, y: np.ndarray, **given: Any) -> np.ndarray:
        model = KANClassifier(width=[], intervals=3, random_state=0).fit(X, y, **given)
        return model.predict_proba(cube(20, seed=7))

    assert_same(fit(X, inside, sample_weight=TIMES), fit(X[ROWS], inside[ROWS]), 1e-3)
