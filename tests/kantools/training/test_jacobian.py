"""The structured Jacobian against torch's automatic differentiation."""

import numpy as np
import pytest
import torch

from kantools.network import KAN, predict
from kantools.training.jacobian import forward, jacobian
from kantools.training.model import plan, state_of, write


def plain() -> KAN:
    return KAN([3, 4, 1], seed=1)


def products_and_fixed_edges() -> KAN:
    network = KAN([3, [3, 2], [2, 1], 2], arity=[[2, 3], 2, 2], seed=1)
    network.fix((0, 0, 1), "exp")
    network.fix((1, 2, 0), "identity")
    network.fix((2, 1, 0), "negative")
    network.mask([(0, 1, 1), (1, 0, 0)])
    return network


def affine_primitives() -> KAN:
    """Before, in and behind a product, beside a curve, and alone in its layer."""
    network = KAN([3, [1, 1], 1, 2], seed=1)
    network.fix((0, 0, 0), "sin", affine=(1.2, 0.3, 2.0, 0.1))
    network.fix((0, 1, 2), "square", affine=(0.7, -0.2, 0.5, 1.0))
    network.fix((1, 1, 0), "exp", affine=(0.3, 0.1, 1.5, -0.4))
    network.fix((2, 0, 0), "identity", affine=True)
    return network


def without_residual() -> KAN:
    return KAN([3, [1, 1], 1], residual="none", degree=2, intervals=4, seed=2)


@pytest.mark.parametrize("make", [plain, products_and_fixed_edges, affine_primitives, without_residual])
def test_agrees_with_autograd(make: object) -> None:
    network = make()  # type: ignore[operator]
    X = np.random.default_rng(0).normal(size=(6, 3))
    p = plan(network)
    traces = forward(p, state_of(network, p), X)
    np.testing.assert_allclose(traces[-1].nodes.squeeze(), predict(network, X), atol=1e-12)
    for output in range(network.outputs):
        J = jacobian(p, traces, output)
        for row in range(len(X)):
            value = network(torch.from_numpy(X[row]))[output]
            trained = [la.weight for la in network.layers]
            trained += [own for la in network.layers for own in la.affine.values()]
            slopes = torch.autograd.grad(value, trained, materialize_grads=True)
            parts = zip(slopes[: len(p.layers)], p.layers, strict=True)
            curves = [s.numpy()[q.sources, : q.size, q.targets].ravel() for s, q in parts]
            want = np.concatenate([*curves, *(s.numpy() for s in slopes[len(p.layers) :])])
            np.testing.assert_allclose(J[row], want, atol=1e-10)


def test_linear_coefficients_are_recognised() -> None:
    network = KAN([2, 2, 1])
    network.fix((1, 1, 0), "negative")
    p = plan(network)
    np.testing.assert_array_equal(p.linear_edges[0], p.layers[0].targets == 1)
    assert p.linear_edges[1].all()
    assert p.free_to_follow(1).tolist() == [0]
    network.fix((1, 0, 0), "exp")
    assert plan(network).linear_edges[0].tolist() == [False, True, False, True]


def test_writing_what_was_read_changes_nothing() -> None:
    network = affine_primitives()
    X = np.random.default_rng(0).normal(size=(6, 3))
    before, p = predict(network, X), plan(network)
    write(network, p, state_of(network, p))
    np.testing.assert_array_equal(predict(network, X), before)
