"""What every basis must do; a new file in the folder is tested by itself."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from kantools.bases import BASES, Basis
from kantools.network.grid import divided

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


def form_of(basis: Basis, inputs: int = 2) -> torch.Tensor | None:
    """A form that has learned something."""
    start = basis.form(inputs)
    if start is None:
        return None
    noise = torch.randn(start.shape, generator=torch.Generator().manual_seed(3), dtype=torch.float64)
    return start + 0.1 * noise


def test_the_form_of_the_start_is_the_default(basis: Basis, grid: torch.Tensor) -> None:
    x = points(basis, grid, beyond=0.2)
    torch.testing.assert_close(basis.values(x, grid, basis.form(2)), basis.values(x, grid))


def test_the_form_can_be_learned(basis: Basis, grid: torch.Tensor) -> None:
    form = form_of(basis)
    if form is None:
        return
    x = points(basis, grid, 4, beyond=0.2).requires_grad_()
    form.requires_grad_()
    assert torch.autograd.gradcheck(lambda at, f: basis.values(at, grid, f), (x, form))
    assert torch.autograd.gradcheck(lambda at, f: basis.slopes(at, grid, f), (x, form))
    slope = torch.autograd.grad(basis.values(x, grid, form).square().sum(), form)[0]
    assert (slope.abs().amax(1) > 0).all()


def test_a_learned_form_moves_with_the_grid(basis: Basis, grid: torch.Tensor) -> None:
    form, x = form_of(basis), points(basis, grid, beyond=0.2)
    torch.testing.assert_close(
        basis.values(7 * x - 3, 7 * grid - 3, form), basis.values(x, grid, form), atol=1e-9, rtol=1e-7
    )
    out = np.empty((2, 40, 2, basis.functions))
    basis.fill(x.numpy(), grid.numpy(), out, None if form is None else form.numpy())
    np.testing.assert_allclose(out[0], basis.values(x, grid, form).numpy(), atol=1e-13)


@pytest.mark.parametrize("end", [0, 1])
def test_values_and_slopes_are_continuous_at_the_border(basis: Basis, grid: torch.Tensor, end: int) -> None:
    border = basis.border(grid)[end][None]
    for method in (basis.values, basis.slopes):
        inside, beyond = (method(border * (1 + s), grid) for s in (-1e-9, 1e-9))
        torch.testing.assert_close(inside, beyond, atol=1e-5, rtol=1e-5)


def test_gradients_are_finite_at_the_ends(basis: Basis, grid: torch.Tensor) -> None:
    x = torch.stack([*basis.border(grid), *(basis.border(1.5 * grid))]).requires_grad_()
    (slope,) = torch.autograd.grad(basis.values(x, grid).sum(), x)
    assert slope.isfinite().all()


def test_single_precision_agrees(basis: Basis, grid: torch.Tensor) -> None:
    x = points(basis, grid)
    single = basis.values(x.float(), grid.float())
    assert single.dtype == torch.float32
    torch.testing.assert_close(single.double(), basis.values(x, grid), atol=1e-4, rtol=1e-3)


def test_a_smooth_curve_is_within_reach(basis: Basis, grid: torch.Tensor) -> None:
    """Two digits of a plain curve, with the residual function beside the basis as in a layer."""
    x = points(basis, grid, 200)
    low, high = basis.border(grid)
    u = (2 * x - low - high) / (high - low)
    features = torch.cat([basis.values(x, grid), torch.nn.functional.silu(u)[..., None]], dim=-1)
    if features.shape[-1] < INTERVALS:
        return
    for i in range(2):
        curve = torch.exp(u[:, i : i + 1])
        found = torch.linalg.lstsq(features[:, i], curve, driver="gelsd").solution
        assert (features[:, i] @ found - curve).abs().max() < 2e-2


@pytest.mark.parametrize("more", [7, 12, 16])
def test_insertion_is_exact_where_it_is_offered(basis: Basis, more: int) -> None:
    breaks = torch.rand(2, INTERVALS + 1, generator=torch.Generator().manual_seed(5), dtype=torch.float64)
    breaks = breaks.sort(dim=1).values
    finer = replace(basis, intervals=more)
    before, after = basis.grid(breaks), finer.grid(divided(breaks, more))
    matrix = finer.insertion(basis, before, after)
    if matrix is None:
        return
    x = points(basis, before, beyond=0.1)
    found = torch.einsum("nik,ikj->nij", finer.values(x, after), matrix)
    torch.testing.assert_close(found, basis.values(x, before), atol=1e-10, rtol=1e-10)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_the_gpu_agrees(basis: Basis, grid: torch.Tensor) -> None:
    x, form = points(basis, grid, beyond=0.2), form_of(basis)
    there = basis.values(x.cuda(), grid.cuda(), None if form is None else form.cuda())
    torch.testing.assert_close(there.cpu(), basis.values(x, grid, form), atol=1e-12, rtol=1e-10)
