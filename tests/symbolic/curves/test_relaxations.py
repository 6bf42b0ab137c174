"""Two decays and damped oscillations are told from uneven, noisy, fast and late curves."""

import numpy as np
import pytest
import sympy

from kantools.symbolic.curves.relaxations import relaxations
from kantools.symbolic.curves.snap import snap
from kantools.symbolic.primitive import select_primitives

EVERY = select_primitives(None)
CURVES = {
    "damped": ("exp * cos", lambda t: 3.1 * np.exp(-t / 4.3) * np.cos(2.7 * t), 0, 8),
    "growing, late, with an offset": ("exp * cos", lambda t: 5 + np.exp(t / 9) * np.sin(1.7 * t), 3, 18),
    "far below two points a period": ("exp * cos", lambda t: np.exp(-t / 4) * np.cos(31 * t), 0, 8),
    "two decays": ("exp + exp", lambda t: 3 * np.exp(-t / 0.8) + 2 * np.exp(-t / 5) + 0.3, 0, 12),
    "rise and fall": ("exp + exp", lambda t: np.exp(-t / 5) - np.exp(-t / 0.7), 0, 15),
}


def curve(law, low, high, noise, rows=120):
    rng = np.random.default_rng(1)
    x = np.sort(rng.uniform(low, high, rows))
    y = law(x)
    return x, y + noise * y.std() * rng.normal(size=rows)


@pytest.mark.parametrize("noise", [0.0, 0.02])
@pytest.mark.parametrize("name", CURVES)
def test_the_relaxation_comes_out(name, noise):
    kind, law, low, high = CURVES[name]
    x, y = curve(law, low, high, noise)
    best = min(
        (c for c in relaxations(x, y, np.ones(len(x)), EVERY) if c.name == kind), key=lambda c: c.error
    )
    fresh = np.linspace(low, high, 300)
    off = np.std(best.evaluate(fresh) - law(fresh)) / np.std(law(fresh))
    assert off < (1e-9 if noise == 0 else noise)


def test_the_candidates_are_first_where_nothing_shorter_fits():
    kind, law, low, high = CURVES["damped"]
    x, y = curve(law, low, high, 0.02)
    assert snap(x, y, EVERY, resolution=0.02)[0].name == kind
    assert snap(x, 2 * x + 1, EVERY, resolution=1e-6)[0].name == "polynomial(1)"


def test_only_functions_that_are_allowed_appear():
    x, y = curve(*CURVES["damped"][1:], 0.0)
    assert not list(relaxations(x, y, np.ones(len(x)), select_primitives(["sin", "cos"])))
    sines = list(relaxations(x, y, np.ones(len(x)), select_primitives(["exp", "sin"])))
    best = min(sines, key=lambda c: c.error)
    assert best.error < 1e-9
    assert not any(c.template.has(sympy.cos) for c in sines)
    assert {c.name for c in relaxations(x, y, np.ones(len(x)), select_primitives(["exp"]))} <= {"exp + exp"}


@pytest.mark.parametrize("y", [np.zeros(40), np.full(40, 1e300), np.r_[np.zeros(39), 1.0]], ids=str)
def test_odd_curves_make_no_noise(y):
    x = np.linspace(1, 2, 40)
    for candidate in relaxations(x, y, np.ones(40), EVERY):
        assert np.isfinite(candidate.evaluate(x)).all()
    assert not list(relaxations(x[:5], y[:5], np.ones(5), EVERY))


def test_decays_far_from_zero_are_left_without_a_warning():
    x = np.linspace(2000, 2010, 60)
    y = 3 * np.exp(-(x - 2000) / 0.3) + 2 * np.exp(-(x - 2000) / 4)
    assert all(np.isfinite(c.evaluate(x)).all() for c in relaxations(x, y, np.ones(60), EVERY))
