"""Tables that pass through in blocks."""

from pathlib import Path

import numpy as np
import pytest

from kantools.network import KAN, fit_grid, predict
from kantools.training import train
from kantools.training.least_squares import LeastSquares
from kantools.training.levenberg_marquardt import Options, levenberg_marquardt
from kantools.training.model import plan, state_of


def table(rows: int) -> tuple[np.ndarray, np.ndarray]:
    X = np.random.default_rng(0).uniform(-1, 1, (rows, 3))
    return X, np.exp(X[:, 0] + np.sin(3 * X[:, 2]) / 2) + X[:, 1] ** 2


@pytest.mark.parametrize("width", [[3, 1], [3, 2, 1], [3, [1, 1], 2, 1]])
def test_blocks_give_the_same_as_one_block(width: list[int | list[int]]) -> None:
    X, y = table(1000)
    weight, found = np.random.default_rng(1).uniform(0.5, 2, 1000), []
    network = KAN(width, intervals=5)
    fit_grid(network, X)
    p = plan(network)
    state = state_of(network, p)
    for block in (1000, 170):
        shares, scale = weight / weight.sum(), np.array([y.std()])
        problem = LeastSquares(p, X, y[:, None], shares, scale, state.knots[0], block)
        found.append(levenberg_marquardt(problem, state, Options(max_iterations=1)))
    np.testing.assert_allclose(found[0].losses, found[1].losses, rtol=1e-7)
    np.testing.assert_allclose(found[0].at.residuals, found[1].at.residuals, atol=1e-7)


def test_columns_on_disk(tmp_path: Path) -> None:
    X, y = table(500)
    np.save(tmp_path / "X.npy", X)
    on_disk, networks = np.load(tmp_path / "X.npy", mmap_mode="r"), [KAN([3, 1]), KAN([3, 1])]
    for network, columns in zip(networks, (X, on_disk), strict=True):
        train(network, columns, y)
    np.testing.assert_array_equal(predict(networks[0], X), predict(networks[1], X))
