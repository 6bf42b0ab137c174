"""Forward pass, sensitivities and the per-row Jacobian of a network, structured edge by edge.

The output's derivative with respect to coefficient ``k`` of edge ``(i, j)`` in a layer is ``s_j B_k(x_i)``,
and with respect to a number of an affine primitive ``s_j`` times the primitive's own derivative:
the basis value, which the forward pass has computed, times the sensitivity ``d output / d subnode j``, which
one backward sweep over the rows gives for all edges at once. The whole Jacobian costs little more than
one evaluation of the network.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from kantools.kernels.jacobian import outer_rows
from kantools.network.fixed import NUMBERS, Fixed, mapped
from kantools.training.model import LayerPlan, Plan, State

__all__ = ["LayerTrace", "forward", "jacobian", "sensitivities"]


@dataclass(frozen=True)
class LayerTrace:
    """What one layer computed for a block of rows.

    Attributes
    ----------
    x : ndarray, shape (rows, inputs)
    features : ndarray, shape (2, rows, used inputs, size)
        Values and slopes of the basis and the residual function; of the first layer perhaps values alone.
    weight : ndarray, shape (used inputs * size, subnodes)
    subnodes : ndarray, shape (rows, subnodes)
    nodes : ndarray, shape (rows, nodes)
    affine : ndarray, shape (affine edges, 4)
        Their numbers.
    """

    x: np.ndarray
    features: np.ndarray
    weight: np.ndarray
    subnodes: np.ndarray
    nodes: np.ndarray
    affine: np.ndarray


def _layer_forward(
    plan: LayerPlan, coefficients: np.ndarray, affine: np.ndarray, x: np.ndarray, features: np.ndarray
) -> LayerTrace:
    weight = plan.dense(coefficients)
    subnodes = features[0].reshape(len(x), -1) @ weight
    for i, j, function in _functions(plan, affine):
        subnodes[:, j] += function.value(torch.from_numpy(x[:, i].copy())).numpy()
    return LayerTrace(x, features, weight, subnodes, _combine(plan, subnodes), affine)


def _functions(plan: LayerPlan, affine: np.ndarray) -> Iterator[tuple[int, int, Fixed]]:
    """The functions of all fixed edges, those with numbers of their own between their affine maps."""
    yield from plan.fixed
    for (i, j, function), numbers in zip(plan.affine, affine, strict=True):
        yield i, j, mapped(function, torch.from_numpy(numbers))


def _combine(plan: LayerPlan, subnodes: np.ndarray) -> np.ndarray:
    if not plan.nodes.arities:
        return subnodes
    return np.stack([subnodes[:, list(g)].prod(1) for g in plan.nodes.groups], axis=1)


def forward(
    plan: Plan,
    state: State,
    X: np.ndarray,
    features: dict[int, np.ndarray] | None = None,
    start: tuple[LayerTrace, ...] = (),
    stop: int | None = None,
) -> tuple[LayerTrace, ...]:
    """Evaluate the layers on a block of rows.

    Parameters
    ----------
    features : dict of layer to ndarray, optional
        Features that are known already, the input layer's above all.
    start : tuple of LayerTrace
        Traces of the first layers, if they are known.
    stop : int, optional
        Evaluate only the layers before this one.
    """
    traces, x = list(start), start[-1].nodes if start else X
    for number in range(len(start), len(plan.layers) if stop is None else stop):
        layer = plan.layers[number]
        known = (features or {}).get(number)
        f = layer.features(x, state.knots[number]) if known is None else known
        traces.append(_layer_forward(layer, state.coefficients[number], state.affine[number], x, f))
        x = traces[-1].nodes
    return tuple(traces)


def _through_products(plan: LayerPlan, trace: LayerTrace, of_nodes: np.ndarray) -> np.ndarray:
    """From the sensitivities to nodes, shape (rows, nodes), to those to subnodes."""
    if not plan.nodes.arities:
        return of_nodes
    out = np.empty_like(trace.subnodes)
    for k, group in enumerate(plan.nodes.groups):
        for j in group:
            others = trace.subnodes[:, [m for m in group if m != j]].prod(1)
            out[:, j] = of_nodes[:, k] * others
    return out


def _through_edges(plan: LayerPlan, trace: LayerTrace, of_subnodes: np.ndarray) -> np.ndarray:
    """From the sensitivities to subnodes, shape (rows, subnodes), to those to the layer's inputs."""
    out = np.zeros_like(trace.x)
    if plan.edges:
        slopes = trace.features[1]
        back = (of_subnodes @ trace.weight.T).reshape(slopes.shape)
        out[:, plan.used] = np.einsum("nik,nik->ni", back, slopes)
    for i, j, function in _functions(plan, trace.affine):
        out[:, i] += of_subnodes[:, j] * function.slope(torch.from_numpy(trace.x[:, i].copy())).numpy()
    return out


def sensitivities(plan: Plan, traces: tuple[LayerTrace, ...], output: int = 0) -> list[np.ndarray]:
    """``d output / d subnode`` at each row: an array of shape (rows, subnodes) for each layer."""
    of_nodes = np.zeros_like(traces[-1].nodes)
    of_nodes[:, output] = 1.0
    found: list[np.ndarray] = []
    for number in range(len(traces) - 1, -1, -1):
        layer, trace = plan.layers[number], traces[number]
        found.insert(0, _through_products(layer, trace, of_nodes))
        if number:
            of_nodes = _through_edges(layer, trace, found[0])
    return found


def jacobian(plan: Plan, traces: tuple[LayerTrace, ...], output: int = 0) -> np.ndarray:
    """Derivatives of an output with respect to all that is trained, shape (rows, parameters)."""
    return assemble(plan, traces, sensitivities(plan, traces, output))


def assemble(plan: Plan, traces: tuple[LayerTrace, ...], sensitivity: list[np.ndarray]) -> np.ndarray:
    """The Jacobian from known sensitivities; scale these and the rows are scaled."""
    out = np.empty((len(traces[0].x), plan.parameters))
    for layer, trace, s, first in zip(plan.layers, traces, sensitivity, plan.offsets[:-1], strict=True):
        if layer.edges:
            outer_rows(s, trace.features[0], layer.places, layer.targets, first, out)
    own = [_own(layer, t, s) for layer, t, s in zip(plan.layers, traces, sensitivity, strict=True)]
    out[:, plan.offsets[-1] :] = np.concatenate(own, axis=1)
    return out


def _own(plan: LayerPlan, trace: LayerTrace, sensitivity: np.ndarray) -> np.ndarray:
    """Derivatives with respect to ``a, b, c, d`` of each affine edge, shape (rows, 4 edges)."""
    out = np.empty((len(trace.x), len(plan.affine), NUMBERS))
    for k, ((i, j, function), (a, b, c, _)) in enumerate(zip(plan.affine, trace.affine, strict=True)):
        x = trace.x[:, i]
        u = torch.from_numpy(a * x + b)
        slope = c * function.slope(u).numpy()
        parts = np.stack([slope * x, slope, function.value(u).numpy(), np.ones_like(x)], axis=1)
        out[:, k] = sensitivity[:, j, None] * parts
    return out.reshape(len(trace.x), -1)
