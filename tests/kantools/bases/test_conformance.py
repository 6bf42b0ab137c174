"""What every basis must do; a new file in the folder is tested by itself."""

import numpy as np
import pytest
import torch

from kantools.bases import BASES, Basis

INTERVALS = 6


@pytest.fixture(params=sorted(BASES))
def basis(request: pytest.FixtureRequest) -> Basis:
    return BASES[request.param](intervals=INTERVALS)


@pytest.fixture
def grid(basis: Basis) -> torch.Tensor:
    """Two inputs: one even, one uneven."""
    even = torch.linspace(-1, 1, INTERVALS + 1, dtype=torch.float64)
    return basis.grid(torch.stack([even, 3 + 2 * even + 0.5 * even**2]))


def points(basis: Basis, grid: torch.Tensor, number: int = 40, beyond: float = 0.0) -> torch.Tensor:
    low, high = basis.border(grid)
    share = torch.rand(number, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    return low - beyond * (high - low) + share * (1 + 2 * beyond) * (high - low)


def test_shape_and_count(basis: Basis, grid: torch.Tensor) -> None:
    assert basis.values(points(basis, grid), grid).shape == (40, 2, basis.functions)


def test_border_is_where_the_breaks_end(basis: Basis, grid: torch.Tensor) -> None:
    low, high = basis.border(grid)
    torch.testing.assert_close(low, torch.tensor([-1.0, 1.5], dtype=torch.float64))
    torch.testing.assert_close(high, torch.tensor([1.0, 5.5], dtype=torch.float64))


def test_slopes_and_curvatures_are_finite_differences(basis: Basis, grid: torch.Tensor) -> None:
    x, h = points(basis, grid), 1e-5
    slope = (basis.values(x + h, grid) - basis.values(x - h, grid)) / (2 * h)
    torch.testing.assert_close(basis.slopes(x, grid), slope, atol=1e-6, rtol=1e-5)
    curvature = (basis.slopes(x + h, grid) - basis.slopes(x - h, grid)) / (2 * h)
    torch.testing.assert_close(basis.curvatures(x, grid), curvature, atol=1e-4, rtol=1e-4)


def test_torch_differentiates_twice(basis: Basis, grid: torch.Tensor) -> None:
    x = points(basis, grid, 4, beyond=0.2).requires_grad_()
    assert torch.autograd.gradcheck(lambda at: basis.values(at, grid), x)
    assert torch.autograd.gradgradcheck(lambda at: basis.values(at, grid), x)


def test_gradient_does_not_vanish_outside(basis: Basis, grid: torch.Tensor) -> None:
    low, high = basis.border(grid)
    far = torch.stack([low - 5 * (high - low), high + 5 * (high - low)])
    assert (basis.slopes(far, grid).abs().amax(-1) > 1e-3 / (high - low)).all()
    assert basis.values(far, grid).isfinite().all()


def test_positions_are_covariant(basis: Basis, grid: torch.Tensor) -> None:
    x = points(basis, grid, beyond=0.2)
    torch.testing.assert_close(basis.values(7 * x - 3, 7 * grid - 3), basis.values(x, grid))


def test_partition_of_unity_where_promised(basis: Basis, grid: torch.Tensor) -> None:
    if basis.sums_to_one:
        total = basis.values(points(basis, grid), grid).sum(-1)
        torch.testing.assert_close(total, torch.ones_like(total), rtol=1e-13, atol=1e-13)


def test_nan_stays_nan(basis: Basis, grid: torch.Tensor) -> None:
    x = torch.full((1, 2), torch.nan, dtype=torch.float64)
    assert basis.values(x, grid).isnan().any(-1).all()


def test_fill_agrees_with_the_tensor_methods(basis: Basis, grid: torch.Tensor) -> None:
    x = points(basis, grid, beyond=0.2)
    out = np.empty((2, 40, 2, basis.functions))
    basis.fill(x.numpy(), grid.numpy(), out)
    np.testing.assert_allclose(out[0], basis.values(x, grid).numpy(), atol=1e-13)
    np.testing.assert_allclose(out[1], basis.slopes(x, grid).numpy(), atol=1e-12)


def test_a_straight_line_is_not_rough(basis: Basis, grid: torch.Tensor) -> None:
    x = points(basis, grid, 200)
    for i in range(2):
        features = basis.values(x, grid)[:, i]
        line = torch.linalg.lstsq(features, x[:, i : i + 1], driver="gelsd")
        if (features @ line.solution - x[:, i : i + 1]).abs().max() < 1e-9:
            assert (basis.differences(grid)[i] @ line.solution).abs().max() < 1e-8


def test_breaks_make_the_grid_again(basis: Basis, grid: torch.Tensor) -> None:
    again = basis.grid(basis.breaks(grid))
    low, high = basis.border(again)
    torch.testing.assert_close(torch.stack([low, high]), torch.stack(basis.border(grid)))
