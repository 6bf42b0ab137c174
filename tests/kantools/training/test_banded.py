"""Normal equations on fine grids, where most of the Jacobian is zero."""

from typing import Any

import numpy as np
import pytest

from kantools.network import KAN, fit_grid
from kantools.training import banded
from kantools.training.jacobian import jacobian
from kantools.training.least_squares import LeastSquares, evaluate
from kantools.training.model import plan, state_of
from kantools.training.normal import normal


@pytest.mark.parametrize("residual", ["silu", "none"])
@pytest.mark.parametrize("width", [[4, 1], [2, 3, 1], [2, [1, 1], 2], [3, 2, 1, 1]])
def test_the_same_as_from_the_whole_jacobian(width: list[Any], residual: str) -> None:
    rng = np.random.default_rng(0)
    X, network = rng.uniform(-1, 1, (300, width[0])), KAN(width, intervals=banded.FINE, residual=residual)
    fit_grid(network, X)
    X[:5] *= 1.5  # some rows beyond the grid
    p, weight = plan(network), rng.uniform(0.5, 2, 300)
    assert banded.worth_it(p)
    Y = rng.normal(size=(300, p.outputs))
    state = state_of(network, p)
    problem = LeastSquares(p, X, Y, weight / weight.sum(), Y.std(0), state.knots[0], block=128)
    at, found = evaluate(problem, state), normal(problem, evaluate(problem, state))
    matrix, vector = 0.0, 0.0
    for k, rows in enumerate(problem.blocks):
        for output in range(p.outputs):
            J = jacobian(p, at.block_traces(problem, k), output) * problem.root[rows, output, None]
            matrix, vector = matrix + J.T @ J, vector + J.T @ at.residuals[rows, output]
    np.testing.assert_allclose(found.matrix, matrix, atol=1e-12 * np.abs(matrix).max())
    np.testing.assert_allclose(found.vector, vector, atol=1e-12 * np.abs(vector).max())


def test_coarse_grids_and_bases_without_local_support_stay_dense() -> None:
    assert not banded.worth_it(plan(KAN([2, 3, 1], intervals=banded.FINE - 1)))
    assert not banded.worth_it(plan(KAN([2, 3, 1], intervals=banded.FINE, basis="rbf")))
    assert not banded.worth_it(plan(KAN([1, 1], intervals=banded.FINE)))
