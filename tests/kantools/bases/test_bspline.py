"""The B-spline basis: its two paths, its penalty, its errors."""

import pytest
import torch

from kantools.bases import BASES, make_basis
from kantools.bases.basis import Basis
from kantools.bases.bspline import BSpline, in_torch


@pytest.mark.parametrize("degree", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("order", [0, 1, 2])
def test_kernel_and_torch_agree(degree: int, order: int) -> None:
    basis = BSpline(degree, 7)
    even = torch.linspace(0, 1, 8, dtype=torch.float64)
    grid = basis.grid(torch.stack([even, even**2 + even]))
    x = torch.rand(60, 2, generator=torch.Generator().manual_seed(1), dtype=torch.float64) * 3 - 0.5
    method = (basis.values, basis.slopes, basis.curvatures)[order]
    want = in_torch(x, grid, degree, order)
    torch.testing.assert_close(
        method(x, grid), want, rtol=1e-13, atol=1e-13 * float(want.abs().max().clamp(1))
    )


def test_errors_say_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"degree from 1 to 5, not 6; 3 is"):
        BSpline(degree=6)
    with pytest.raises(ValueError, match="at least 1 interval"):
        BSpline(intervals=0)
    with pytest.raises(ValueError, match="increase strictly"):
        BSpline(3, 2).grid(torch.tensor([[0.0, 0.0, 1.0]]))
    with pytest.raises(KeyError, match='did you mean "bspline"'):
        make_basis("bsplin")


def test_a_basis_is_a_value() -> None:
    assert make_basis("bspline", degree=2, intervals=4, anything=1) == BSpline(2, 4)
    assert make_basis(BSpline(1, 3)) == BSpline(1, 3)
    assert issubclass(BASES["bspline"], Basis)
