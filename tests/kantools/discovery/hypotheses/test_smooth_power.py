"""The product that a target is smooth in, however fast it oscillates, is found by sorting rows."""

import numpy as np
import pytest
from sympy import sin, symbols

from kantools.discovery.findings import Must, Turn
from kantools.discovery.hypotheses.smooth_power import SmoothPower
from kantools.discovery.views.rows import rows_of
from kantools.discovery.views.view import View
from tests.kantools.discovery.scenes import scene_of, view_of

p, q, r = symbols("p q r")
FAST = sin(6 * p * q / r) ** 2


def test_a_fast_oscillation_is_smooth_in_the_right_product():
    found = SmoothPower().power(view_of(FAST, rows=1500, high=4.0))
    assert [[int(q) for q in row] for row in found.groups] == [[1, 1, -1]]


def test_the_view_must_help():
    (turn,) = SmoothPower().findings(scene_of(view_of(FAST, rows=1500, high=4.0)))
    assert isinstance(turn, Turn)
    assert turn.must is Must.HELP
    assert turn.choices[0].columns == (p * q / r,)


def test_noise_has_no_product():
    X = np.random.default_rng(0).uniform(1.0, 4.0, (1500, 3))
    noise = rows_of(X, np.random.default_rng(1).normal(size=1500), np.ones(1500))
    assert SmoothPower().power(View((p, q, r), noise)) is None


@pytest.mark.parametrize(
    "view", [view_of(p**2), view_of(p + q, low=-1), view_of(sum(symbols("a:e")))], ids=str
)
def test_one_column_a_sign_and_many_columns_are_left_alone(view):
    assert not SmoothPower().applies(scene_of(view))
