"""Trials: networks are pruned to what matters, and a link becomes a part of them."""

import numpy as np
from sympy import exp, symbols

from kantools.activation import Edge
from kantools.discovery.networks.topology import additive
from kantools.discovery.networks.trial import run_trial, sparsify, with_link
from kantools.discovery.views.link import LINKS
from kantools.discovery.views.rows import holdout_split
from kantools.network import predict
from tests.kantools.discovery.scenes import view_of

x, y, z = symbols("x y z")
SPLIT = holdout_split(400, 0)


def test_pruning_by_likelihood_drops_what_does_not_matter():
    data = view_of(x**2 + y, (x, y, z), rows=400, low=0, high=1, noise=0.02).rows
    trial = run_trial(additive(3, LINKS[0]), data, SPLIT, 0, np.inf)
    assert sparsify(trial, data, np.inf).network.edges() == [Edge(0, 0, 0), Edge(0, 1, 0)]


def test_the_link_becomes_the_last_edge():
    rows = view_of(exp(x + y**2), rows=400, low=0, high=1).rows
    trial = run_trial(additive(2, LINKS[1]), rows, SPLIT, 0, np.inf)
    whole = with_link(trial)
    np.testing.assert_allclose(predict(whole, rows.X), np.exp(predict(trial.network, rows.X)), rtol=1e-12)
    np.testing.assert_allclose(predict(whole, rows.X), rows.y, rtol=1e-3)
