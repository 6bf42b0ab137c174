"""A rehearsal changes nothing that a training sees."""

import numpy as np
import torch

from kantools.network import KAN
from kantools.training.rehearse import rehearse

X = np.random.default_rng(0).uniform(-1, 1, (20, 2))


def test_nothing_is_changed():
    network = KAN([2, 3, 1], dropout=0.5, seed=0)
    before = {name: value.clone() for name, value in network.named_parameters()}
    drawn = torch.get_rng_state()
    rehearse(network, X)
    assert network.training
    assert all(torch.equal(value, before[name]) for name, value in network.named_parameters())
    assert all(p.grad is None for p in network.parameters())
    assert torch.equal(torch.get_rng_state(), drawn)


def test_a_network_without_learned_edges():
    network = KAN([2, 1])
    for edge in ((0, 0, 0), (0, 1, 0)):
        network.fix(edge, "sin")
    rehearse(network, X)
