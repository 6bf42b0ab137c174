"""Topologies: a network has the edges that its name says, and its curves say what it does."""

import numpy as np
import pytest

from kantools.discovery.networks.topology import (
    Group,
    additive,
    general,
    grouped,
    hidden,
    hidden_with_skip,
    product,
)
from kantools.discovery.views.link import LINKS
from kantools.network import predict
from kantools.network.alive import activations_of

LINK = LINKS[0]
TOPOLOGIES = [
    additive(3, LINK), product(3, LINK), hidden(3, LINK), hidden_with_skip(3, LINK), general(3, 4, LINK),
    grouped(3, (Group((0, 1), "sum"), Group((2,))), "sum", LINK),
    grouped(3, (Group((0, 1), "product"), Group((2,))), "sum", LINK),
    grouped(3, (Group((2,)), Group((0, 1), "sum")), "product", LINK),
]  # fmt: skip


@pytest.mark.parametrize("topology", TOPOLOGIES, ids=lambda t: t.name)
def test_every_topology_builds_the_network_it_describes(topology):
    network = topology.build(4, seed=0)
    assert set(network.edges()) == set(topology.edges) | set(topology.fixed)
    X = np.random.default_rng(0).uniform(0.5, 2, (40, 3))
    assert np.isfinite(predict(network, X)).all()


@pytest.mark.parametrize("topology", TOPOLOGIES, ids=lambda t: t.name)
def test_curves_put_together_give_the_network_back(topology):
    network = topology.build(4, seed=0)
    X = np.random.default_rng(0).uniform(0.5, 2, (80, 3))
    seen = activations_of(network, X, ("a", "b", "c"), points=80)
    values = list(X.T)
    for layer, nodes in enumerate(seen.nodes):
        sums = {
            s: sum(np.interp(values[a.edge.source], a.x, a.y) for a in seen.into(layer, s))
            for n in nodes
            for s in n
        }
        values = [np.prod([sums[s] for s in node], axis=0) for node in nodes]
    np.testing.assert_allclose(values[0], predict(network, X), rtol=1e-8, atol=1e-8)
