"""A layer as a drop-in for torch.nn.Linear."""

import copy
import pickle

import numpy as np
import pytest
import torch
from scipy.interpolate import BSpline

from kantools.network.fixed import FIXED, fixed
from kantools.network.layer import KANLayer
from kantools.network.residual import residual_function


def layer_of(**options: object) -> KANLayer:
    generator = torch.Generator().manual_seed(0)
    return KANLayer(3, 2, dtype=torch.float64, generator=generator, **options)  # type: ignore[arg-type]


def points(rows: int = 20) -> torch.Tensor:
    return torch.randn(rows, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)


@pytest.mark.parametrize("residual", ["silu", "none"])
def test_formula(residual: str) -> None:
    layer, x = layer_of(residual=residual), points().clamp(-1, 1)
    weight, knots = layer.weight.detach().numpy(), layer.knots.numpy()
    want = np.zeros((20, 2))
    for i in range(3):
        want += BSpline(knots[i], weight[i, :-1], 3)(x[:, i].numpy())
        if residual == "silu":
            want += torch.nn.functional.silu(x[:, i : i + 1]).numpy() * weight[i, -1]
    np.testing.assert_allclose(layer(x).detach().numpy(), want, atol=1e-13)


def test_any_leading_shape() -> None:
    layer, x = layer_of(), points(24)
    assert layer(x.reshape(2, 3, 4, 3)).shape == (2, 3, 4, 2)
    torch.testing.assert_close(layer(x.reshape(4, 6, 3)).reshape(24, 2), layer(x))
    assert layer(x[0]).shape == (2,)
    with pytest.raises(ValueError, match="3 inputs on the last axis, not 4"):
        layer(torch.zeros(2, 4))


def test_gradients() -> None:
    layer, x = layer_of(), points(4).requires_grad_()
    layer.fixed[0, 1] = "exp"
    assert torch.autograd.gradcheck(layer, x)
    assert torch.autograd.gradcheck(
        lambda w: torch.func.functional_call(layer, {"weight": w}, x), layer.weight
    )


def test_mask_and_fixed_edges() -> None:
    layer, x = layer_of(), points()
    layer.mask[:] = False
    assert not layer(x).any()
    layer.mask[2, 1] = True
    layer.fixed[2, 1] = "square"
    torch.testing.assert_close(layer(x)[:, 1], x[:, 2] ** 2)
    torch.testing.assert_close(layer.edge_values(x).sum(1), layer(x))


def test_copies_are_equal() -> None:
    layer, x = layer_of(), points()
    layer.fixed[0, 0] = "sin"
    other = layer_of()
    other.load_state_dict(layer.state_dict())
    for twin in (copy.deepcopy(layer), pickle.loads(pickle.dumps(layer)), other):
        torch.testing.assert_close(twin(x), layer(x), rtol=0, atol=0)


def test_units_do_not_matter() -> None:
    layer, x = layer_of(), points()
    far = copy.deepcopy(layer)
    far.knots = far.knots * 1e-19
    torch.testing.assert_close(far(x * 1e-19), layer(x))


@pytest.mark.parametrize("name", sorted(FIXED))
def test_fixed_functions(name: str) -> None:
    f = fixed(name)
    x = torch.tensor([0.2, 0.5, 0.9], dtype=torch.float64)
    x = (x + (name == "arcosh")).requires_grad_()
    (slope,) = torch.autograd.grad(f.value(x).sum(), x)
    torch.testing.assert_close(f.slope(x.detach()), slope)
    if f.inverse:
        torch.testing.assert_close(f.value(f.inverse(f.value(x))), f.value(x))


def test_unknown_names() -> None:
    with pytest.raises(KeyError, match='did you mean "exp"'):
        fixed("expp")
    with pytest.raises(KeyError, match='did you mean "silu"'):
        residual_function("sily")
