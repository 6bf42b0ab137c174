"""Steps tell how the law was found: in which view, what that was made from, and what came of it."""

from collections import Counter

import numpy as np
import pytest

from kantools.datasets import problem
from kantools.discovery import Discovery, discover
from kantools.discovery.verdict import Verdict
from kantools.table import table_from_arrays


@pytest.fixture(scope="module")
def refraction() -> Discovery:
    """Snell's law, which is found by way of the view ``n*sin(theta2)``."""
    return discover(problem("I.26.2").sample(300, seed=0), time_limit=60, seed=0)


def test_every_view_leads_back_to_the_table(refraction: Discovery) -> None:
    made_from = {s.view: s.source for s in refraction.steps if s.view}
    assert len(made_from) > 1
    for view in made_from:
        seen = [view]
        while made_from[seen[-1]]:
            seen.append(made_from[seen[-1]])
            assert len(seen) <= len(made_from)
        assert seen[-1] == "y of n, theta2"


def test_every_view_is_judged_once(refraction: Discovery) -> None:
    verdicts = {s.view: s.verdict for s in refraction.steps if s.hypothesis == s.view != ""}
    assert set(verdicts.values()) == {Verdict.ENTERED, Verdict.LEFT}
    assert verdicts["y of n*sin(theta2)"] == Verdict.ENTERED
    assert verdicts["y of n, theta2"] == Verdict.ENTERED


def test_every_formula_of_the_front_came_of_one_step(refraction: Discovery) -> None:
    came = Counter(f for s in refraction.steps for f in s.formulas)
    assert came == Counter(map(str, refraction.front))
    (giver,) = [s for s in refraction.steps if str(refraction.chosen) in s.formulas]
    assert giver.view == "y of n*sin(theta2)"


def test_networks_that_were_read_are_marked() -> None:
    X = np.random.default_rng(0).uniform(-1, 1, (200, 2))
    found = discover(table_from_arrays(X, np.sin(3 * X[:, 0]) + np.tanh(2 * X[:, 1])), time_limit=60, seed=0)
    (read,) = [s for s in found.steps if s.verdict is Verdict.READ and "f_i" in s.hypothesis]
    assert read.hypothesis == f"{read.view}: y = Σ f_i(x_i)"
    assert str(found.chosen) in read.formulas
