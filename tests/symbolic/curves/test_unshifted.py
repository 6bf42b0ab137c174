"""Shapes without a shift come out with their scale, however the curve is weighted."""

import numpy as np
import pytest
from scipy.optimize import curve_fit

from kantools.symbolic.curves.curve import Curve, spread_of
from kantools.symbolic.curves.snap import snap
from kantools.symbolic.curves.unshifted import unshifted
from kantools.symbolic.primitive import select_primitives

EVERY = select_primitives(None)
x = np.linspace(0.2, 6.0, 80)
LAWS = {
    "bose": lambda x, a, b: b / np.expm1(a * x),
    "x**1 * bose": lambda x, a, b: b * x / np.expm1(a * x),
    "bose(reciprocal)": lambda x, a, b: b / np.expm1(a / x),
    "tanh": lambda x, a, b: b * np.tanh(a * x),
    "x**-1 * tanh": lambda x, a, b: b * np.tanh(a * x) / x,
    "x**-1 * arctan(reciprocal)": lambda x, a, b: b * np.arctan(a / x) / x,
    "gaussian": lambda x, a, b: b * np.exp(-((a * x) ** 2)),
    "x**2 * gaussian": lambda x, a, b: b * x**2 * np.exp(-((a * x) ** 2)),
    "x**-1 * sinh": lambda x, a, b: b * np.sinh(a * x) / x,
}


def curve_of(x, y, root=None) -> Curve:
    root = np.ones(len(x)) if root is None else root
    return Curve(x, y, root, spread_of(y, root))


@pytest.mark.parametrize("offset", [0.0, 1.7])
@pytest.mark.parametrize("name", LAWS)
def test_the_scale_is_that_of_the_law(name, offset):
    found = unshifted(curve_of(x, LAWS[name](x, 0.43, 2.2) + offset), EVERY)
    same = [u for u in found if u.name == name and u.offset == (offset != 0)]
    assert same[0].scale == pytest.approx(0.43, rel=5e-3)
    assert found[0].left < 1e-6


def test_weights_count_as_in_a_fit():
    rng = np.random.default_rng(0)
    root = rng.uniform(0.1, 3.0, len(x))
    y = LAWS["bose"](x, 0.6, 1.3) + 0.05 * rng.normal(size=len(x)) / root
    (found,) = [u for u in unshifted(curve_of(x, y, root), EVERY, 400) if u.name == "bose" and not u.offset]
    (a, b), _ = curve_fit(LAWS["bose"], x, y, p0=[0.5, 1.0], sigma=1 / root)
    assert found.scale == pytest.approx(a, rel=5e-3)
    left = np.sum((root * (y - LAWS["bose"](x, a, b))) ** 2) / np.sum((root * y) ** 2)
    assert left <= found.left * (1 + 1e-9)
    assert found.left < 1.01 * left


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (np.linspace(-2, 2, 40), np.linspace(-2, 2, 40) ** 3),
        (np.linspace(1, 2, 40), np.zeros(40)),
        (np.linspace(1, 2, 40), np.full(40, 1e200)),
        (np.geomspace(1e-30, 1e30, 40), np.geomspace(1e-30, 1e30, 40)),
    ],
    ids=["across zero", "nothing", "huge", "many decades"],
)
def test_odd_curves_are_read_without_a_warning(x, y):
    for found in unshifted(curve_of(x, y), EVERY):
        assert np.isfinite(found.scale)
        assert np.isfinite(found.left)


def test_only_primitives_that_are_allowed_appear():
    some = select_primitives(["sin", "square"])
    assert {u.outer.name for u in unshifted(curve_of(x, np.sin(x)), some)} == {"sin"}
    assert not unshifted(curve_of(x, x), select_primitives(["square", "exp"]))


def test_snap_reads_them_where_it_is_asked_to():
    rng = np.random.default_rng(1)
    y = 2.2 / np.expm1(0.43 / x) * (1 + 0.002 * rng.normal(size=len(x)))
    best = snap(x, y, EVERY, resolution=1e-3, homogeneous=True, keep=3)
    assert "bose(reciprocal)" in [candidate.name for candidate in best]
    assert "bose(reciprocal)" not in [candidate.name for candidate in snap(x, y, EVERY, keep=3)]


def test_all_readings_of_a_weighted_curve_are_measured_alike():
    """A square with a shift is a polynomial, and has its error."""
    rng = np.random.default_rng(2)
    weight = np.geomspace(1, 1e4, len(x))
    y = (x - 5) ** 2 + 0.1 * rng.normal(size=len(x)) / np.sqrt(weight / weight.mean())
    read = {candidate.name: candidate.error for candidate in snap(x, y, EVERY, weight=weight, keep=20)}
    assert read["polynomial(2)"] == pytest.approx(read["square"], rel=1e-6)
