"""A trial: a topology trained on some rows and judged on the others."""

import copy
from dataclasses import dataclass, replace

import numpy as np

from kantools.activation import Edge
from kantools.clock import now
from kantools.discovery.networks.topology import Topology
from kantools.discovery.views.rows import Rows, Split, thinned
from kantools.errors import TableError
from kantools.network import KAN, predict
from kantools.network.observe import observe
from kantools.training.train import train

__all__ = [
    "SMOOTHNESS",
    "Trial",
    "run_trial",
    "sparsify",
    "with_link",
]

Array = np.ndarray
SMOOTHNESS = 1e-7  # penalty where there is no noise to speak of
SOLVED = 1e-9  # loss (share of variance) at which further random starts are not worth it
INTERVALS, FINEST_INTERVALS = 12, 40  # a curve; few curves may be finer
COEFFICIENTS = 120  # of a network that is trained from many starts


@dataclass(frozen=True)
class Trial:
    """A trained topology.

    Attributes
    ----------
    topology : Topology
    network : KAN
        Without the link's last edge.
    error : float
        Root mean square error on the rows held out, relative to the spread of the target; in the space of
        the target whatever the link.
    """

    topology: Topology
    network: KAN
    error: float


def intervals_for(rows: int, curves: int, most: int = INTERVALS) -> int:
    """As many intervals as leave three rows for each coefficient."""
    return int(np.clip(rows // (3 * max(curves, 1)) - 3, 1, most))


def run_trial(
    topology: Topology,
    data: Rows,
    split: Split,
    seed: int,
    deadline: float,
    basis: str = "bspline",
    smoothness: float = SMOOTHNESS,
) -> Trial | None:
    """Train on some rows from several starts, judge on the others; None where that gives no number."""
    fit, held = data.take(thinned(split[0])), data.take(split[1])
    most = int(np.clip(COEFFICIENTS // len(topology.edges), INTERVALS, FINEST_INTERVALS))
    most = FINEST_INTERVALS if topology.linear else most
    network = topology.build(intervals_for(len(fit.y), len(topology.edges), most), seed, basis)
    try:
        _train(topology, network, fit, 40, SOLVED / 10, deadline, topology.starts - 1, seed, smoothness)
    except TableError:  # in the link's space the numbers are beyond a network
        return None
    error = error_of(topology, network, held)
    return Trial(topology, network, error) if np.isfinite(error) else None


def _train(
    topology: Topology,
    network: KAN,
    rows: Rows,
    iterations: int,
    target: float,
    deadline: float,
    restarts: int = 0,
    seed: int = 0,
    smoothness: float = SMOOTHNESS,
) -> float:
    """Train in the link's space, weighted so that errors count as in the target; the loss."""
    return train(
        network,
        rows.X,
        topology.link.apply(rows.y),
        weight=rows.weight * topology.link.weight(rows.y),
        smoothness=smoothness,
        max_iterations=iterations,
        target=target,
        deadline=deadline,
        restarts=restarts,
        seed=seed,
    ).loss


def error_of(topology: Topology, network: KAN, rows: Rows) -> float:
    """Weighted relative error in the space of the target."""
    residual = rows.y - topology.link.back(predict(network, rows.X))
    return float(np.sqrt(np.average(residual**2, weights=rows.weight) / rows.variance))


def sparsify(trial: Trial, data: Rows, deadline: float) -> Trial:
    """Take edges away as long as the data do not object, the least important first.

    Removing an edge must not cost more likelihood than the edge's coefficients are worth (Schwarz 1978):
    ``n ln(loss'/loss) < k ln n``. What the removed edges carried on average stays with their neighbours,
    because the rest is trained again.
    """
    topology, network = trial.topology, trial.network
    data = data.take(thinned(np.arange(len(data.y))))
    n = len(data.y)

    def fitted(candidate: KAN) -> float:
        return max(_train(topology, candidate, data, 12, SOLVED / 100, deadline), SOLVED / 100)

    network = clone(network)
    loss = fitted(network)
    for edge in _by_importance(network, data.X, topology):
        if now() > deadline:
            break
        candidate = clone(network)
        candidate.mask([edge])
        if not _connected(candidate):
            continue
        new = fitted(candidate)
        coefficients = candidate.kan_layers()[edge.layer].weight.shape[1]
        if n * np.log(new / loss) < coefficients * np.log(n):
            network, loss = candidate, min(loss, new)
    return replace(trial, network=network)


def clone(network: KAN) -> KAN:
    return copy.deepcopy(network)


def _by_importance(network: KAN, X: Array, topology: Topology) -> list[Edge]:
    learned = [a for a in observe(network, X, points=2).edges if a.edge in topology.edges]
    return [a.edge for a in sorted(learned, key=lambda a: a.importance) if a.importance < 0.3]


def _connected(network: KAN) -> bool:
    """Whether every layer still has an edge."""
    return all(bool(layer.mask.any()) for layer in network.kan_layers())


def with_link(trial: Trial) -> KAN:
    """The network with the link's inverse as its last, fixed edge."""
    link, network = trial.topology.link, trial.network
    if link.name == "identity":
        return network
    last = ["negative"] if link.sign < 0 else []
    names = [link.inverse, *last]
    whole = KAN(
        [*network.width, *([1] * len(names))],
        arity=[*_arities(network), *([2] * len(names))],
        intervals=1,
        residual=network.residual,
    )
    for k, layer in enumerate(clone(network).layers):
        whole.layers[k] = layer
    for k, name in enumerate(names):
        whole.fix((len(network.layers) + k, 0, 0), name)
    return whole


def _arities(network: KAN) -> list[list[int]]:
    return [list(nodes.arities) for nodes in network.nodes]
