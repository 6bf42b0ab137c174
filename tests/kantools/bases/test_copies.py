"""Copies of one function, made part by part."""

import pytest
import torch

from kantools.bases import copies
from kantools.bases.copies import Copies, power
from kantools.bases.rbf import RBF
from kantools.bases.relu import ReLU

KINDS: list[Copies] = [RBF(1, 4), *(ReLU(degree, 4) for degree in range(1, 6))]


def given(basis: Copies) -> list[torch.Tensor]:
    """Points, centres and scales of five inputs."""
    generator = torch.Generator().manual_seed(0)
    ends = torch.tensor([-1.0, 1.0], dtype=torch.float64)[:, None].expand(2, 5)
    centre, scale = basis.placed(basis.uniform(*ends))
    x = torch.randn(5, 30, generator=generator, dtype=torch.float64)
    return [t.detach().clone().requires_grad_() for t in (x, centre, scale)]


def by_hand(basis: Copies, x: torch.Tensor, centre: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    return copies._Copies.apply(x, centre, scale, basis)


@pytest.mark.parametrize("basis", KINDS, ids=str)
@pytest.mark.parametrize("block", [1, 400, 10**6])
def test_parts_and_the_whole_agree(basis: Copies, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "BLOCK", block)
    inputs = given(basis)
    found, want = by_hand(basis, *inputs), basis.copies(*inputs)
    assert torch.equal(found, want)
    above = torch.randn(want.shape, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    for a, b in zip(*(torch.autograd.grad(y, inputs, above) for y in (found, want)), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("basis", KINDS, ids=str)
def test_the_slope_is_that_of_the_function(basis: Copies) -> None:
    t = torch.linspace(-2, 2, 42, dtype=torch.float64, requires_grad=True)
    (want,) = torch.autograd.grad(basis.psi(t).sum(), t)
    torch.testing.assert_close(basis.slope(t, basis.psi(t)), want)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_only_what_is_wanted_is_differentiated(which: int) -> None:
    basis = ReLU(2, 4)
    inputs = [t.detach().requires_grad_(k == which) for k, t in enumerate(given(basis))]
    by_hand(basis, *inputs).sum().backward()
    assert [t.grad is not None for t in inputs] == [k == which for k in range(3)]


@pytest.mark.parametrize("exponent", range(1, 12))
def test_powers(exponent: int) -> None:
    base = torch.tensor([-1.5, 0.0, 2.0], dtype=torch.float64)
    torch.testing.assert_close(power(base, exponent), base**exponent, rtol=1e-14, atol=0)
    assert power(base, exponent).data_ptr() != base.data_ptr()


def test_little_is_kept_for_the_backward_pass() -> None:
    """The points and the result: nothing else of its size."""
    basis, kept = ReLU(2, 4), []
    inputs = given(basis)
    with torch.autograd.graph.saved_tensors_hooks(lambda t: kept.append(t) or t, lambda t: t):
        y = by_hand(basis, *inputs)
    assert sum(t.numel() for t in kept) <= y.numel() + sum(t.numel() for t in inputs)


@pytest.mark.parametrize("basis", KINDS, ids=str)
def test_a_column_far_from_zero_keeps_its_digits(basis: Copies) -> None:
    """Years, say: the distance to a centre is exact in single precision, the product with a scale is not."""
    low, high = torch.tensor([1984.0]), torch.tensor([2016.0])
    grid, x = basis.uniform(low, high), torch.linspace(1984, 2016, 33)[:, None]
    want = basis.values(x.double(), grid.double())
    torch.testing.assert_close(basis.values(x, grid).double(), want, rtol=2e-6, atol=2e-6)
