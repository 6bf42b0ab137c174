"""Normal equations from what is not zero of a Jacobian, against the products of the whole of it."""

import numpy as np

from kantools.kernels.gram import add_gram, add_product, extents, gather


def test_extents_of_rows_with_gaps_and_of_empty_ones() -> None:
    features = np.zeros((3, 1, 6))
    features[0, 0, [1, 3]] = 1.0
    features[1, 0, 5] = -1.0
    starts = np.empty((1, 3), np.int64)
    assert extents(features, starts) == 3
    np.testing.assert_array_equal(starts, [[1, 5, 0]])


def test_gathered_values_are_scaled_by_their_edge() -> None:
    rng = np.random.default_rng(0)
    features, sensitivity = rng.normal(size=(4, 2, 5)), rng.normal(size=(4, 3))
    starts = np.array([[0, 1, 2, 2], [2, 0, 1, 0]])
    sources, targets = np.array([0, 1, 1]), np.array([2, 0, 1])
    values = np.empty((3, 4, 3))
    gather(features, starts, sensitivity, sources, targets, values)
    expected = sensitivity[3, 1] * features[3, 1, 0:3]
    np.testing.assert_allclose(values[2, 3], expected)


def test_products_are_those_of_the_dense_columns() -> None:
    rng, dense, parts = np.random.default_rng(1), [], []
    for size, few in ((9, 4), (1, 1)):
        values, starts = rng.normal(size=(50, few)), rng.integers(0, size - few + 1, 50)
        J = np.zeros((50, size))
        for n in range(50):
            J[n, starts[n] : starts[n] + few] = values[n]
        dense.append(J)
        parts.append((values, starts))
    r = rng.normal(size=50)
    for left, a in zip(parts, dense, strict=True):
        out = np.ones(a.shape[1])
        add_product(*left, r, out)
        np.testing.assert_allclose(out, 1 + a.T @ r, atol=1e-12)
        for right, b in zip(parts, dense, strict=True):
            out = np.ones((a.shape[1], b.shape[1]))
            add_gram(*left, *right, out)
            np.testing.assert_allclose(out, 1 + a.T @ b, atol=1e-12)
