"""A margin that touches zero is proven by no interval around it, however small; the question still ends."""

import numpy as np
import pytest
from sympy import Abs, exp, log, sin, sqrt, symbols

from kantools.symbolic.trust.domain import domain_of

x = symbols("x")
X = np.linspace(0, 10, 6)[:, None]


@pytest.mark.parametrize(
    "law",
    [
        1 / Abs(x - 1),
        log(Abs(x - 1)),
        1 / (Abs(x - 1) + (x - 1) ** 2),
        1 / sqrt(Abs(sin(x - 1))),
        exp(-x) / Abs(x - 2),
    ],
    ids=str,
)
def test_it_is_not_said_to_be_met(law):
    domain = domain_of(law, ("x",), X)
    assert domain.conditions
    assert any(condition.met is not True for condition in domain.conditions)
