"""A view hides something where it predicts worse than it must; what was tried in it is kept."""

import numpy as np
import pytest
from sympy import symbols

from kantools.discovery.findings import Must
from kantools.discovery.networks.topology import additive
from kantools.discovery.networks.trial import Trial
from kantools.discovery.policy import Policy
from kantools.discovery.views.link import LINKS
from kantools.discovery.visit import Visit
from tests.kantools.discovery.scenes import view_of

a, b = symbols("a b")
VIEW = view_of(a * b, rows=20)
POLICY = Policy(holds=2.0, eases=1.15, no_worse=1.0, helps=0.7, poor=0.01, looks_exact=1e-3)


@pytest.mark.parametrize(
    ("must", "before", "allowed"),
    [
        (Must.HOLD, 0.005, 2.0),
        (Must.EASE, 0.005, 1.15),
        (Must.NO_WORSE, 0.005, 1.0),
        (Must.HELP, 0.005, 0.7),
        (Must.HOLD, 0.1, 1.15),  # a poor model before: twice its error is no law
        (Must.HELP, 0.1, 0.7),
        (Must.NOTHING, 0.1, 1.15),
    ],
)
def test_so_much_worse_than_the_view_before_it_may_be(must, before, allowed):
    better, worse = (Visit(VIEW, before, must, best=f * allowed * before) for f in (0.99, 1.01))
    assert not better.hides(POLICY)
    assert worse.hides(POLICY)


def test_what_looks_exact_never_hides_anything():
    assert not Visit(VIEW, 1e-9, Must.HOLD, best=0.99e-3).hides(POLICY)
    assert Visit(VIEW, 1e-9, Must.HOLD, best=1.01e-3).hides(POLICY)


def test_the_whole_table_hides_nothing_nor_does_a_view_without_a_model():
    assert Visit(VIEW).is_root
    assert not Visit(VIEW).hides(POLICY)
    assert not Visit(VIEW, 0.005, Must.NOTHING, best=9.0).hides(POLICY)
    assert not Visit(VIEW, 0.005, Must.HOLD).hides(POLICY)


def test_what_was_tried_makes_a_new_visit_of_the_old():
    topology = additive(2, LINKS[0])
    trial = Trial(topology, topology.build(3, 0), 0.2)
    old = Visit(VIEW)
    new = old.with_trial(trial).having_tried("networks").at_best(0.3)
    assert (old.trials, old.best, old.tried) == ((), np.inf, frozenset())
    assert (new.trials, new.unread, new.best, new.tried) == ((trial,), (trial,), 0.2, {"networks"})
    read = new.having_read(topology.name)
    assert (read.trials, read.unread) == ((trial,), ())
    assert new.having_read("another").unread == (trial,)
