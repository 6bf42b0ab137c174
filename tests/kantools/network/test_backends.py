"""Every way to work out a layer gives the same numbers."""

import copy
import pickle

import pytest
import torch

from kantools.network.backends import evenly_spaced
from kantools.network.layer import KANLayer

CLOSE = {torch.float64: 1e-13, torch.float32: 3e-6}


def layer_of(degree: int, outputs: int, dtype: torch.dtype, uniform: bool, residual: str) -> KANLayer:
    generator = torch.Generator().manual_seed(0)
    layer = KANLayer(
        3, outputs, degree=degree, intervals=6, residual=residual, dtype=dtype, generator=generator
    )
    if not uniform:
        breaks = torch.linspace(-1, 1, 7) + 0.3 * torch.rand(3, 7, generator=generator)
        layer.knots = layer.basis.grid(breaks.sort(1).values.to(dtype))
    return layer


def run(layer: KANLayer, backend: str, x: torch.Tensor, above: torch.Tensor) -> list[torch.Tensor]:
    """Outputs and both gradients."""
    layer.backend = backend
    x = x.clone().requires_grad_()
    out = layer(x)
    return [out.detach(), *torch.autograd.grad(out, [x, layer.weight], above)]


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
@pytest.mark.parametrize("uniform", [True, False])
@pytest.mark.parametrize(
    ("degree", "outputs", "residual"), [(3, 5, "silu"), (3, 1, "none"), (2, 2, "identity")]
)
def test_backends_agree(dtype: torch.dtype, uniform: bool, degree: int, outputs: int, residual: str) -> None:
    layer = layer_of(degree, outputs, dtype, uniform, residual)
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(700, 3, generator=generator, dtype=dtype)
    above = torch.randn(700, outputs, generator=generator, dtype=dtype)
    want = run(layer, "torch", x, above)
    for backend in ("sorted", "dense", "auto"):
        for a, b in zip(run(layer, backend, x, above), want, strict=True):
            assert (a - b).abs().max() <= CLOSE[dtype] * b.abs().max()


@pytest.mark.slow
@pytest.mark.parametrize("degree", [1, 4, 5])
@pytest.mark.parametrize("outputs", [20, 100])
def test_other_degrees_and_wide_layers_agree(degree: int, outputs: int) -> None:
    layer = layer_of(degree, outputs, torch.float64, True, "silu")
    x, above = torch.randn(3000, 3, dtype=torch.float64), torch.randn(3000, outputs, dtype=torch.float64)
    for a, b in zip(run(layer, "sorted", x, above), run(layer, "torch", x, above), strict=True):
        assert (a - b).abs().max() <= 1e-13 * b.abs().max()


def test_threads_give_the_same() -> None:
    layer = layer_of(3, 40, torch.float64, True, "silu")
    x, above = torch.randn(50_000, 3, dtype=torch.float64), torch.randn(50_000, 40, dtype=torch.float64)
    threads, found = torch.get_num_threads(), []
    try:
        for number in (1, 2):
            torch.set_num_threads(number)
            found.append(run(layer, "sorted", x, above))
    finally:
        torch.set_num_threads(threads)
    for a, b in zip(*found, strict=True):
        torch.testing.assert_close(a, b, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("outputs", [1, 5])
def test_gradients_of_first_and_second_order(outputs: int) -> None:
    layer = layer_of(3, outputs, torch.float64, True, "silu")
    layer.backend = "sorted"
    x = torch.randn(5, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(2)).requires_grad_()

    def output(x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return torch.func.functional_call(layer, {"weight": weight}, x)

    assert torch.autograd.gradcheck(output, (x, layer.weight))
    assert torch.autograd.gradgradcheck(output, (x, layer.weight), fast_mode=True)


def test_a_point_that_is_nan_spoils_its_own_row_only() -> None:
    for outputs in (1, 5):
        layer = layer_of(3, outputs, torch.float64, True, "silu")
        layer.backend = "sorted"
        x = torch.zeros(4, 3, dtype=torch.float64)
        x[2, 1] = torch.nan
        assert layer(x).isnan().all(1).tolist() == [False, False, True, False]


def test_functional_transforms_take_the_torch_path() -> None:
    layer, x = layer_of(3, 5, torch.float64, True, "silu"), torch.randn(4, 3, dtype=torch.float64)
    layer.backend = "sorted"
    jacobian = torch.func.vmap(torch.func.jacrev(layer))(x)
    assert jacobian.shape == (4, 5, 3)


def test_single_precision_regions() -> None:
    layer, x = layer_of(3, 5, torch.float32, True, "silu"), torch.randn(600, 3)
    layer.backend = "auto"
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = layer(x)
    torch.testing.assert_close(out.float(), layer(x), rtol=0.05, atol=0.1)


def test_copies_and_moved_knots_are_seen() -> None:
    layer, x = layer_of(3, 5, torch.float64, True, "silu"), torch.randn(600, 3, dtype=torch.float64)
    layer.backend = "sorted"
    before = layer(x)
    twins = copy.deepcopy(layer), pickle.loads(pickle.dumps(layer))
    for twin in twins:
        torch.testing.assert_close(twin(x), before)
    with torch.no_grad():
        layer.knots[:, 4:-4] += 0.01 * torch.rand(3, 5, dtype=torch.float64)
        layer.mask[0, 0] = False
    got = layer(x)
    layer.backend = "torch"
    torch.testing.assert_close(got, layer(x))
    torch.testing.assert_close(twins[0](x), before)


def test_even_knots() -> None:
    even = torch.linspace(1e6, 1e6 + 1, 15, dtype=torch.float64)[None]
    assert evenly_spaced(even)
    even[0, 3] += 1e-3
    assert not evenly_spaced(even)


def test_unknown_backend() -> None:
    with pytest.raises(KeyError, match='did you mean "sorted"'):
        KANLayer(2, 2, backend="sortd")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_one_graph_for_the_compiler() -> None:
    layer, x = layer_of(3, 5, torch.float64, True, "silu"), torch.randn(50, 3, dtype=torch.float64)
    x.requires_grad_()
    compiled = torch.compile(layer, fullgraph=True, backend="aot_eager")
    for a, b in zip(
        *(torch.autograd.grad(f(x).sum(), [x, layer.weight]) for f in (compiled, layer)), strict=True
    ):
        torch.testing.assert_close(a, b)
