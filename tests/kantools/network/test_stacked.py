"""Layers whose curves go on along tangents: the fast way gives what the functions and weights say."""

import pytest
import torch

from kantools.bases import BASES
from kantools.bases.continued import Continued
from kantools.network.layer import KANLayer

CONTINUED = sorted(name for name in BASES if issubclass(BASES[name], Continued))


def layer_of(basis: str, **options: object) -> KANLayer:
    """A layer with coefficients of every size, and a form that has learned something."""
    generator = torch.Generator().manual_seed(0)
    layer = KANLayer(3, 4, basis=basis, intervals=5, dtype=torch.float64, generator=generator, **options)  # type: ignore[arg-type]
    with torch.no_grad():
        for p in layer.parameters():
            p += 0.1 * torch.randn(p.shape, generator=generator, dtype=p.dtype)
    return layer


def points(rows: int) -> torch.Tensor:
    """A third of them beyond the grid."""
    return torch.randn(rows, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)


@pytest.mark.parametrize("residual", ["silu", "none"])
@pytest.mark.parametrize("basis", CONTINUED)
def test_outputs_and_gradients_are_those_of_the_sum_over_edges(basis: str, residual: str) -> None:
    layer, x = layer_of(basis, residual=residual), points(50).requires_grad_()
    inputs = [x, *layer.parameters()]
    above = torch.randn(50, 4, generator=torch.Generator().manual_seed(2), dtype=torch.float64)
    sides = layer(x), layer.edge_values(x).sum(1)
    torch.testing.assert_close(*sides, rtol=1e-12, atol=1e-12)
    found, want = (torch.autograd.grad(side, inputs, above) for side in sides)
    for a, b in zip(found, want, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("basis", CONTINUED)
def test_second_order(basis: str) -> None:
    layer, x = layer_of(basis), points(3).requires_grad_()
    assert torch.autograd.gradgradcheck(layer, x)


@pytest.mark.parametrize("basis", CONTINUED)
def test_functional_transforms(basis: str) -> None:
    layer, x = layer_of(basis), points(4).requires_grad_()
    found = torch.func.vmap(torch.func.jacrev(layer))(x.detach())
    rows = [torch.autograd.grad(layer(x)[:, j].sum(), x)[0] for j in range(4)]
    torch.testing.assert_close(found, torch.stack(rows, dim=1), rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("basis", CONTINUED)
def test_a_point_that_is_nan_spoils_its_own_row_only(basis: str) -> None:
    x = points(4)
    x[2, 1] = torch.nan
    assert layer_of(basis)(x).isnan().all(1).tolist() == [False, False, True, False]


@pytest.mark.parametrize("basis", CONTINUED)
def test_single_precision_regions(basis: str) -> None:
    layer, x = layer_of(basis).float(), points(30).float().requires_grad_()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        (rough,) = torch.autograd.grad(layer(x).float().sum(), x)
    (exact,) = torch.autograd.grad(layer(x).sum(), x)
    assert (rough - exact).abs().max() < 0.05 * exact.abs().max()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("basis", CONTINUED)
def test_one_graph_for_the_compiler(basis: str) -> None:
    layer, x = layer_of(basis), points(20).requires_grad_()
    compiled = torch.compile(layer, fullgraph=True, backend="aot_eager")
    for a, b in zip(
        *(torch.autograd.grad(f(x).sum(), [x, *layer.parameters()]) for f in (compiled, layer)), strict=True
    ):
        torch.testing.assert_close(a, b, rtol=1e-11, atol=1e-11)
