"""Remove what the output does not need.

Edges below a threshold go, and with them the nodes that nothing enters or leaves. What an edge contributed
on average is added to another edge into the same subnode, so that the output keeps its mean; an edge that
is the last one into a subnode that is needed stays as a constant.
"""

import copy

import numpy as np
import torch

from kantools.bases.basis import spread
from kantools.network.fixed import affine_key
from kantools.network.importance import edge_importance
from kantools.network.kan import KAN
from kantools.network.layer import KANLayer
from kantools.network.nodes import Nodes
from kantools.network.predict import as_tensor, evaluating

__all__ = ["compact", "prune", "used_inputs"]


def used_inputs(network: KAN) -> list[int]:
    """The inputs with at least one active edge."""
    return torch.nonzero(network.kan_layers()[0].mask.any(1)).flatten().tolist()


@evaluating
@torch.no_grad()
def prune(network: KAN, X: np.ndarray, threshold: float = 1e-3) -> KAN:
    """A smaller network with nearly the same output.

    Parameters
    ----------
    network : KAN
        Left as it is.
    X : ndarray, shape (rows, inputs)
        Rows on which importance and means are taken.
    threshold : float
        Edges of less importance go (see `kantools.network.importance`). Fixed edges are judged as others.

    Returns
    -------
    KAN
        Hidden nodes without use are gone from its width. Inputs keep their places, so that it takes the
        same table; `used_inputs` lists those that are still connected.

    Examples
    --------
    >>> X = np.random.default_rng(0).uniform(-1, 1, (100, 2))
    >>> network = KAN([2, 1])
    >>> network.kan_layers()[0].weight.data[1] = 0
    >>> prune(network, X).edges()
    [Edge(layer=0, source=0, target=0)]
    """
    with torch.enable_grad():
        importance = edge_importance(network, X)
    masks = [
        torch.as_tensor(s >= threshold) & la.mask.cpu()
        for s, la in zip(importance, network.kan_layers(), strict=True)
    ]
    _keep_outputs(network, masks, importance)
    _drop_dead(network, masks)
    slim = _copy(network)
    _fold(network, slim, masks, as_tensor(network, X))
    return compact(slim)


def _copy(network: KAN) -> KAN:
    return copy.deepcopy(network)


def _keep_outputs(network: KAN, masks: list[torch.Tensor], importance: list[np.ndarray]) -> None:
    """Keep the best way into an output that would lose every edge."""
    for number in range(len(masks) - 1, -1, -1):
        needed = _needed(network, masks, number)
        for j in needed:
            active = network.kan_layers()[number].mask[:, j].cpu()
            if active.any() and not masks[number][:, j].any():
                scores = np.where(active.numpy(), importance[number][:, j], -1.0)
                masks[number][int(scores.argmax()), j] = True


def _needed(network: KAN, masks: list[torch.Tensor], number: int) -> list[int]:
    """The subnodes of a layer whose node is an output or a factor that leads on alone."""
    nodes = network.nodes[number]
    if number == len(masks) - 1:
        return list(range(nodes.subnodes))
    alive = masks[number + 1].any(1)
    return [j for k, group in enumerate(nodes.groups) if alive[k] for j in group]


def _drop_dead(network: KAN, masks: list[torch.Tensor]) -> None:
    """Edges into nodes that nothing leaves do nothing."""
    for number in range(len(masks) - 2, -1, -1):
        alive = masks[number + 1].any(1)
        for k, group in enumerate(network.nodes[number].groups):
            if not alive[k]:
                masks[number][:, list(group)] = False


def _fold(network: KAN, slim: KAN, masks: list[torch.Tensor], x: torch.Tensor) -> None:
    """Switch the edges off in ``slim``, their means added to an edge that stays."""
    values = network.node_values(x)
    for number, (layer, mask) in enumerate(zip(slim.kan_layers(), masks, strict=True)):
        gone = layer.mask & ~mask.to(layer.mask.device)
        means = network.kan_layers()[number].edge_values(values[number]).mean(0)
        layer.mask = layer.mask & ~gone
        for j in gone.any(0).nonzero().flatten().tolist():
            _add_constant(layer, j, float(means[gone[:, j], j].sum()), gone[:, j])


def _add_constant(layer: KANLayer, target: int, constant: float, gone: torch.Tensor) -> None:
    """Add a constant to a subnode that is still in use."""
    if not layer.mask[:, target].any():
        return
    learned = layer.learned()[:, target].nonzero().flatten().tolist()
    if learned:
        source = learned[0]
    else:
        # Only fixed edges are left: one of the removed edges stays to carry the constant.
        source = int(gone.nonzero()[0])
        layer.fixed.pop((source, target), None)
        layer.affine.pop(affine_key(source, target)) if affine_key(source, target) in layer.affine else None
        layer.mask[source, target] = True
        layer.weight[source, :, target] = 0.0
    layer.weight[source, :-1, target] += constant * constant_coefficients(layer, source)


def constant_coefficients(layer: KANLayer, source: int) -> torch.Tensor:
    """Coefficients that make the function one."""
    if layer.basis.sums_to_one:
        return torch.ones_like(layer.weight[source, :-1, 0])
    low, high = layer.basis.border(layer.knots)
    steps = torch.linspace(0, 1, 8 * layer.basis.functions, dtype=low.dtype, device=low.device)
    at = low + steps[:, None] * (high - low)
    features = layer.basis.values(at, layer.knots, layer.form)[:, source]
    return torch.linalg.pinv(features).sum(1)


def compact(network: KAN) -> KAN:
    """The same function without the hidden nodes that no active edge enters or leaves."""
    keep = [list(range(network.inputs)), *(_kept_nodes(network, k) for k in range(len(network.nodes) - 1))]
    keep.append(list(range(network.outputs)))
    nodes = [_selected(n, kept) for n, kept in zip(network.nodes, keep[1:], strict=True)]
    weight = network.kan_layers()[0].weight
    slim = KAN(
        [network.inputs, *([n.sums, len(n.arities)] for n in nodes)],
        basis=network.bases,
        residual=network.residual,
        arity=[n.arities for n in nodes],
        dropout=[layer.dropout for layer in network.kan_layers()],
        dtype=weight.dtype,
        device=weight.device,
    )
    slim.placed = network.placed
    for number, (old, new) in enumerate(zip(network.kan_layers(), slim.kan_layers(), strict=True)):
        subnodes = [j for k in keep[number + 1] for j in network.nodes[number].groups[k]]
        _select(old, new, keep[number], subnodes)
    return slim


def _kept_nodes(network: KAN, number: int) -> list[int]:
    """Nodes that something leaves, or in a layer without any such node the first."""
    leaves = network.kan_layers()[number + 1].mask.any(1)
    kept = [k for k in range(network.nodes[number].count) if leaves[k]]
    return kept or [0]


def _selected(nodes: Nodes, kept: list[int]) -> Nodes:
    sums = sum(k < nodes.sums for k in kept)
    return Nodes(sums, tuple(nodes.arities[k - nodes.sums] for k in kept if k >= nodes.sums))


def _select(old: KANLayer, new: KANLayer, sources: list[int], targets: list[int]) -> None:
    """Copy a part of a layer."""
    new.basis = old.basis
    new.knots = old.knots[sources].clone()
    if old.form is not None:
        form = spread(old.form.detach(), old.in_features)[sources]
        new.form = torch.nn.Parameter(form.clone())
    new.mask = old.mask[sources][:, targets].clone()
    new.weight = torch.nn.Parameter(old.weight.detach()[sources][:, :, targets].clone())
    new.fixed = {
        (a, b): old.fixed[i, j]
        for a, i in enumerate(sources)
        for b, j in enumerate(targets)
        if (i, j) in old.fixed
    }
    for a, b in new.fixed:
        key = affine_key(sources[a], targets[b])
        if key in old.affine:
            new.affine[affine_key(a, b)] = torch.nn.Parameter(old.affine[key].detach().clone())
