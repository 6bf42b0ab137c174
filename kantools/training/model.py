"""A network as flat arrays, for solvers that need its Jacobian.

A `Plan` is what does not change while a network is trained: which edges are learned, which are fixed, how
subnodes become nodes. A `State` is what does: for each layer one array of coefficients, one of knots, and one
of the numbers of its affine primitives.
`write` puts a state back into the network.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import torch

from kantools.bases import Basis
from kantools.bases.basis import spread
from kantools.network import KAN
from kantools.network.fixed import NUMBERS, Fixed, affine_key, fixed
from kantools.network.layer import KANLayer
from kantools.network.nodes import Nodes
from kantools.network.residual import residual_function

__all__ = ["LayerPlan", "Plan", "State", "plan", "state_of", "write"]

LAYER_CALLS, EDGE_CALLS = 30, 6
"""Of arrays and tensors: counted in the code."""


@dataclass(frozen=True)
class LayerPlan:
    """The wiring of one layer.

    Attributes
    ----------
    sources, targets : ndarray of int, shape (edges,)
        The learned edges, sorted.
    fixed : tuple of (source, target, Fixed)
        The fixed edges without numbers of their own.
    nodes : Nodes
        How its subnodes become nodes.
    basis, residual : Basis, str
        The functions of the learned edges.
    form : ndarray, shape (inputs, any), or None
        What the basis has learned of its form; it stays.
    affine : tuple of (source, target, Fixed)
        The fixed edges with four numbers of their own, ``c f(a x + b) + d``; here is ``f``.
    """

    sources: np.ndarray
    targets: np.ndarray
    fixed: tuple[tuple[int, int, Fixed], ...]
    nodes: Nodes
    basis: Basis
    residual: str
    form: np.ndarray | None = None
    affine: tuple[tuple[int, int, Fixed], ...] = ()

    @cached_property
    def used(self) -> np.ndarray:
        """The inputs with at least one learned edge."""
        return np.unique(self.sources)

    @cached_property
    def places(self) -> np.ndarray:
        """Where the source of each edge stands among the used inputs."""
        return np.searchsorted(self.used, self.sources)

    @property
    def edges(self) -> int:
        return len(self.sources)

    @property
    def size(self) -> int:
        """Coefficients of an edge."""
        return self.basis.functions + (self.residual != "none")

    def features(self, x: np.ndarray, knots: np.ndarray, orders: int = 2) -> np.ndarray:
        """Values and slopes of what the coefficients multiply, shape (2, rows, used inputs, size); with
        ``orders=1`` values alone."""
        columns, places = np.ascontiguousarray(x[:, self.used]), np.ascontiguousarray(knots[self.used])
        return self.features_of(columns, places, orders)

    @cached_property
    def used_form(self) -> np.ndarray | None:
        """The form for the used inputs."""
        return None if self.form is None else self.form[self.used]

    def features_of(self, x: np.ndarray, knots: np.ndarray, orders: int = 2) -> np.ndarray:
        """The same for columns and knots of the used inputs alone."""
        out = np.empty((orders, *x.shape, self.size))
        self.basis.fill(x, knots, out, self.used_form)
        if self.residual != "none":
            self._residual(x, knots, out)
        return out

    def _residual(self, x: np.ndarray, knots: np.ndarray, out: np.ndarray) -> None:
        low, high = (b.numpy() for b in self.basis.border(torch.from_numpy(knots)))
        u = torch.from_numpy((2 * x - (low + high)) / (high - low))
        value, slope = residual_function(self.residual)
        out[0, ..., -1] = value(u).numpy()
        if len(out) > 1:
            out[1, ..., -1] = slope(u).numpy() * (2 / (high - low))

    def dense(self, coefficients: np.ndarray) -> np.ndarray:
        """Coefficients, shape (edges, size), as a matrix, shape (used inputs * size, subnodes)."""
        out = np.zeros((len(self.used), self.size, self.nodes.subnodes))
        out[self.places, :, self.targets] = coefficients
        return out.reshape(-1, self.nodes.subnodes)


@dataclass(frozen=True)
class State:
    """Coefficients, shape (edges, size), knots, shape (inputs, positions), and the numbers of affine edges,
    shape (affine edges, 4), of each layer."""

    coefficients: tuple[np.ndarray, ...]
    knots: tuple[np.ndarray, ...]
    affine: tuple[np.ndarray, ...]

    @property
    def flat(self) -> np.ndarray:
        """All that is trained in one array: coefficients layer by layer, then the numbers of affine edges."""
        return np.concatenate([part.ravel() for part in (*self.coefficients, *self.affine)])

    def with_flat(self, flat: np.ndarray) -> "State":
        """The same knots with other coefficients and numbers."""
        old = (*self.coefficients, *self.affine)
        parts = np.split(flat, np.cumsum([part.size for part in old])[:-1])
        shaped = [new.reshape(part.shape) for new, part in zip(parts, old, strict=True)]
        layers = len(self.coefficients)
        return replace(self, coefficients=tuple(shaped[:layers]), affine=tuple(shaped[layers:]))

    def with_knots(self, layer: int, knots: np.ndarray) -> "State":
        """The same coefficients with other knots in one layer."""
        return replace(self, knots=(*self.knots[:layer], knots, *self.knots[layer + 1 :]))


@dataclass(frozen=True)
class Plan:
    """The wiring of a network.

    Attributes
    ----------
    layers : tuple of LayerPlan
    gains : tuple of ndarray, shape (subnodes, outputs)
        The constant by which a subnode enters an output, where it enters through nothing but sums and
        fixed linear edges; NaN where it does not. Coefficients of edges that end in such a subnode are
        *linear*: given all others, they solve a linear least-squares problem.
    """

    layers: tuple[LayerPlan, ...]
    gains: tuple[np.ndarray, ...]

    @property
    def outputs(self) -> int:
        return self.layers[-1].nodes.count

    @cached_property
    def offsets(self) -> np.ndarray:
        """Where the coefficients of each layer begin in the flat array; the last entry is their number."""
        return np.concatenate([[0], np.cumsum([p.edges * p.size for p in self.layers])])

    @cached_property
    def parameters(self) -> int:
        """The length of the flat array: the coefficients and the numbers of affine edges."""
        return int(self.offsets[-1]) + NUMBERS * sum(len(p.affine) for p in self.layers)

    @cached_property
    def features(self) -> int:
        """Values of basis and residual functions that a row takes, in all layers."""
        return sum(len(p.used) * p.size for p in self.layers)

    @property
    def layer_calls(self) -> int:
        """Array calls to evaluate the network: some for each layer and each fixed edge."""
        return sum(LAYER_CALLS + EDGE_CALLS * (len(p.fixed) + len(p.affine)) for p in self.layers)

    @cached_property
    def linear_edges(self) -> tuple[np.ndarray, ...]:
        """For each layer which of its learned edges are linear."""
        return tuple(~np.isnan(g[p.targets]).any(1) for p, g in zip(self.layers, self.gains, strict=True))

    @cached_property
    def linear(self) -> np.ndarray:
        """Which entries of the flat array are linear."""
        parts = zip(self.layers, self.linear_edges, strict=True)
        coefficients = [np.repeat(e, p.size) for p, e in parts]
        return np.concatenate([*coefficients, np.zeros(self.parameters - self.offsets[-1], bool)])

    def free_to_follow(self, layer: int) -> np.ndarray:
        """The inputs of a layer all of whose learned edges are linear: their knots may move at no cost."""
        plan, linear = self.layers[layer], self.linear_edges[layer]
        return np.setdiff1d(plan.used, plan.sources[~linear])


def plan(network: KAN) -> Plan:
    """Read the wiring of a network."""
    layers = tuple(_layer_plan(la, n) for la, n in zip(network.kan_layers(), network.nodes, strict=True))
    return Plan(layers, _gains(layers))


def _layer_plan(layer: KANLayer, nodes: Nodes) -> LayerPlan:
    # one behind the other in memory, as kernels are compiled for
    sources, targets = map(np.ascontiguousarray, layer.learned().cpu().numpy().nonzero())
    own = {(i, j): affine_key(i, j) in layer.affine for (i, j), _ in layer.active_fixed()}
    kept = tuple((i, j, fixed(layer.fixed[i, j])) for (i, j), affine in own.items() if not affine)
    free = tuple((i, j, fixed(layer.fixed[i, j])) for (i, j), affine in own.items() if affine)
    form = None
    if layer.form is not None:
        form = spread(layer.form.detach(), layer.in_features).double().cpu().numpy()
    return LayerPlan(sources, targets, kept, nodes, layer.basis, layer.residual, form, free)


def _gains(layers: tuple[LayerPlan, ...]) -> tuple[np.ndarray, ...]:
    """From the outputs backwards: a node is linear if all its edges are fixed, linear and lead to such."""
    gains: list[np.ndarray] = []
    of_nodes = np.eye(layers[-1].nodes.count)
    for number in range(len(layers) - 1, -1, -1):
        layer, outputs = layers[number], layers[-1].nodes.count
        of_subnodes = np.full((layer.nodes.subnodes, outputs), np.nan)
        of_subnodes[: layer.nodes.sums] = of_nodes[: layer.nodes.sums]
        gains.insert(0, of_subnodes)
        if number:
            of_nodes = np.zeros((layers[number - 1].nodes.count, outputs))
            of_nodes[layer.sources] = np.nan
            for i, j, function in layer.fixed:
                of_nodes[i] += np.nan if function.linear is None else function.linear * of_subnodes[j]
            of_nodes[[i for i, _, _ in layer.affine]] = np.nan
    return tuple(gains)


def state_of(network: KAN, plan: Plan) -> State:
    """Read coefficients, knots and numbers of affine edges of a network, in float64."""

    def pick(layer: KANLayer, p: LayerPlan) -> np.ndarray:
        return layer.weight.detach().double().cpu().numpy()[p.sources, : p.size, p.targets]

    layers = network.kan_layers()
    coefficients = tuple(pick(la, p) for la, p in zip(layers, plan.layers, strict=True))
    knots = tuple(la.knots.double().cpu().numpy().copy() for la in layers)
    return State(
        coefficients, knots, tuple(_affine(la, p) for la, p in zip(layers, plan.layers, strict=True))
    )


def _affine(layer: KANLayer, plan: LayerPlan) -> np.ndarray:
    own = [layer.affine[affine_key(i, j)].detach().double().cpu().numpy() for i, j, _ in plan.affine]
    return np.array(own).reshape(-1, NUMBERS)


@torch.no_grad()
def write(network: KAN, plan: Plan, state: State) -> None:
    """Put coefficients, knots and numbers of affine edges back into the network."""
    for layer, p, c, knots, affine in zip(
        network.kan_layers(), plan.layers, state.coefficients, state.knots, state.affine, strict=True
    ):
        weight = layer.weight.detach().cpu().numpy().copy()
        weight[p.sources, : p.size, p.targets] = c
        layer.weight.copy_(torch.from_numpy(weight))
        layer.knots.copy_(torch.from_numpy(knots))
        for (i, j, _), numbers in zip(p.affine, affine, strict=True):
            layer.affine[affine_key(i, j)].copy_(torch.from_numpy(numbers))
