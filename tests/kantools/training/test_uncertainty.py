"""Standard errors and intervals of networks: against leaving rows out in earnest, and by counting."""

import numpy as np
import pytest
import torch

from benchmarks.intervals import NOISES, SMOOTH, of_network
from kantools.network import KAN, predict
from kantools.table import Table
from kantools.training import train
from kantools.training.uncertainty import MOST, Uncertainty, standard_error, uncertainty_of


def measured(rows: int = 60, weight: np.ndarray | None = None) -> Table:
    rng = np.random.default_rng(0)
    X = rng.uniform(-1, 1, (rows, 2))
    y = np.sin(2 * X[:, 0]) + X[:, 1] ** 2 + 0.1 * rng.normal(size=rows)
    return Table(("x", "y"), X, "f", y, weight=weight)


def linear(table: Table, smoothness: float = 1e-4) -> tuple[KAN, Uncertainty]:
    """A network that is linear in its coefficients: what is said about it is exact."""
    network = KAN([2, 1], intervals=4, residual="none")
    train(network, table, smoothness=smoothness)
    found = uncertainty_of(network, table, smoothness)
    assert found is not None
    return network, found


def gradients(network: KAN, X: np.ndarray) -> np.ndarray:
    """By torch's differentiation, a row at a time: nothing of the solver's Jacobian is used."""
    layer, rows = network.kan_layers()[0], []
    for x in torch.from_numpy(X):
        network.zero_grad()
        network(x[None]).sum().backward()
        rows.append(layer.weight.grad.numpy()[:, :-1].ravel().copy())
    return np.array(rows)


def test_scores_are_those_of_rows_left_out_in_earnest():
    """Without a penalty to speak of it is a linear least-squares problem, fitted here without each row."""
    table = measured()
    network, found = linear(table, 1e-10)
    J, expected = gradients(network, table.X), []
    for row in range(table.rows):
        others = np.arange(table.rows) != row
        coefficients = np.linalg.lstsq(J[others], table.y[others], rcond=1e-9)[0]
        lever = J[row] @ np.linalg.pinv(J[others].T @ J[others], rcond=1e-12, hermitian=True) @ J[row]
        expected.append(abs(table.y[row] - J[row] @ coefficients) / np.sqrt(1 + lever))
    np.testing.assert_allclose(found.deviation * found.scores, np.sort(expected), rtol=1e-3)
    assert found.freedom == pytest.approx(60 - np.linalg.matrix_rank(J, rtol=1e-9), abs=0.01)


def test_errors_fall_with_the_rows_and_grow_outside_of_them():
    few, many = (linear(measured(n)) for n in (60, 600))
    inside, outside = np.array([[0.1, -0.2]]), np.array([[3.0, -0.2]])
    assert standard_error(*many, inside) < 0.6 * standard_error(*few, inside)
    assert standard_error(*few, outside) > 5 * standard_error(*few, inside)


def test_standard_error_is_the_spread_of_fits_to_new_noise():
    rng = np.random.default_rng(1)
    table, at = measured(200), rng.uniform(-0.9, 0.9, (20, 2))
    network, found = linear(table, 1e-6)
    clean, values = predict(network, table.X), []
    for _ in range(60):
        again = KAN([2, 1], intervals=4, residual="none")
        y = clean + found.deviation * rng.normal(size=200)
        train(again, Table(table.columns, table.X, "f", y), smoothness=1e-6)
        values.append(predict(again, at))
    np.testing.assert_allclose(standard_error(network, found, at).mean(), np.std(values, 0).mean(), rtol=0.1)


def test_weights_count_as_inverse_variances():
    table = measured()
    one = linear(table)[1]
    same = linear(Table(table.columns, table.X, "f", table.y, weight=np.full(60, 7.0)))[1]
    assert same.deviation == pytest.approx(one.deviation)
    np.testing.assert_allclose(same.scores, one.scores, rtol=1e-6)
    given = linear(Table(table.columns, table.X, "f", table.y, sigma=np.full(60, 0.5)))[1]
    assert given.deviation == pytest.approx(one.deviation)


def test_quantiles_of_few_rows_are_students():
    found = Uncertainty(np.eye(1), 1.0, 4.0, np.linspace(0.1, 1, 10))
    assert found.quantile(0.9) == 1.0
    assert found.quantile(0.95) == pytest.approx(2.776, abs=1e-3)


def test_an_exact_fit_and_large_networks():
    table = Table(("x",), np.linspace(0, 1, 30)[:, None], "y", np.ones(30))
    network = KAN([1, 1])
    train(network, table)
    found = uncertainty_of(network, table, 1e-8)
    assert found is not None
    assert np.isfinite(found.scores).all()
    large = KAN([2, 120, 1])
    assert sum(p.numel() for p in large.parameters()) > MOST
    assert uncertainty_of(large, measured(), 1e-8) is None
    assert uncertainty_of(KAN([2, 2]), measured(), 1e-8) is None


@pytest.mark.parametrize("noise", NOISES)
def test_intervals_hold_their_share_of_new_measurements(noise):
    shares = [of_network(smooth, noise, 150, 0) for smooth in SMOOTH]
    assert 0.92 < np.mean(shares) < 0.98


@pytest.mark.slow
@pytest.mark.parametrize("rows", [100, 300, 1000])
@pytest.mark.parametrize("noise", NOISES)
def test_intervals_hold_their_share_in_many_tables(noise, rows):
    shares = [of_network(smooth, noise, rows, seed) for smooth in SMOOTH for seed in range(15)]
    assert 0.93 < np.mean(shares) < 0.97
