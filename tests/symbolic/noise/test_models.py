"""Noise models: densities that are normalised, parameters of most likelihood, the right one chosen."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize

from kantools.symbolic.noise import NOISE
from kantools.symbolic.noise.judgement import judged, likeliest
from kantools.symbolic.noise.mixed import MIXED
from kantools.symbolic.noise.rounding import Rounding

LAW = np.geomspace(1.0, 300.0, 200)
PARAMETERS = {"constant": [0.7], "proportional": [0.2], "mixed": [0.4, 0.1], "counts": []}
CONTINUOUS = ("constant", "proportional", "mixed")


def drawn(name: str, rng: np.random.Generator, f: np.ndarray = LAW) -> np.ndarray:
    """Measurements of a law with the noise of this name."""
    if name == "counts":
        return rng.poisson(f).astype(float)
    if name == "rounding":
        return f.round(2)
    deviation = np.sqrt(NOISE[name].variance(f, np.array(PARAMETERS[name])))
    return f + deviation * rng.normal(size=len(f))


@pytest.mark.parametrize("name", CONTINUOUS)
@pytest.mark.parametrize("f", [0.5, 40.0])
def test_a_density_integrates_to_one(name, f):
    model, parameters, law = NOISE[name], np.array(PARAMETERS[name]), np.array([f])
    reach = 10 * float(np.sqrt(model.variance(law, parameters)[0]))

    def density(y: float) -> float:
        return float(np.exp(model.log_likelihoods(np.array([y]), law, parameters)[0]))

    assert quad(density, f - reach, f + reach, points=[f])[0] == pytest.approx(1, abs=1e-6)


def test_probabilities_of_counts_add_up_to_one():
    y = np.arange(200.0)
    told = NOISE["counts"].log_likelihoods(y, np.full(200, 12.3), np.zeros(0))
    assert np.exp(told).sum() == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("name", CONTINUOUS)
def test_parameters_are_those_of_most_likelihood(name):
    model, y = NOISE[name], drawn(name, np.random.default_rng(2))

    def nats(logs: np.ndarray) -> float:
        return -float(model.log_likelihoods(y, LAW, np.exp(logs)).sum())

    best = minimize(nats, np.log(PARAMETERS[name]), method="Nelder-Mead", options={"xatol": 1e-8})
    assert model.fitted(y, LAW) == pytest.approx(np.exp(best.x), rel=2e-3)
    price = 0.5 * model.parameters * np.log(len(y))
    assert model.nats(y, LAW) == pytest.approx(best.fun + price, abs=1e-4)


@pytest.mark.parametrize("scale", [0.5**40, 1e-7, 3.0, 1e12])
@pytest.mark.parametrize("name", CONTINUOUS)
def test_in_other_units_all_models_are_as_likely_beside_each_other(name, scale):
    y = drawn(name, np.random.default_rng(3))
    before = {j.model.name: j.nats for j in judged(y, LAW)}
    after = {j.model.name: j.nats for j in judged(scale * y, scale * LAW)}
    shift = len(y) * np.log(scale)
    assert after == pytest.approx({name: nats + shift for name, nats in before.items()}, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("name", [*CONTINUOUS, "counts"])
@pytest.mark.parametrize("rows", [60, 200])
def test_the_right_model_is_chosen_of_tables_with_a_known_law(name, rows):
    right = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        f = np.exp(rng.uniform(0.0, 6.0, rows))
        right += likeliest(drawn(name, rng, f), f).name == name
    assert right >= 36


def test_rounding_is_seen_where_it_is_all_that_is_left():
    rng = np.random.default_rng(0)
    f = rng.uniform(1, 9, 100)
    rounded = np.full(100, 0.01**2 / 12)
    assert likeliest(f.round(2), f, rounded).name == "rounding"
    assert likeliest((f + 0.01 * rng.normal(size=100)).round(2), f, rounded).name == "constant"


@pytest.mark.parametrize(
    ("y", "f"),
    [
        (np.array([0.0, 1.0] * 20), np.full(40, 0.5)),
        (np.linspace(1, 2, 40) + np.tile([0.1, -0.1], 20), np.linspace(1, 2, 40)),
        (np.array([1.0, 20.0, 300.0]), np.array([1.1, 18.0, 330.0])),
    ],
    ids=["classes", "a narrow range", "three rows"],
)
def test_what_tells_nothing_is_constant_noise(y, f):
    assert likeliest(y, f).name == "constant"


def test_a_zero_that_was_set_does_not_decide():
    """At 0, 0 noise in proportion vanishes: one row with no residual would outweigh all others."""
    f = np.concatenate([[0.0], np.linspace(0.5, 5, 40)])
    y = f + np.concatenate([[0.0], 0.3 * np.random.default_rng(0).normal(size=40)])
    assert likeliest(y, f).name == "constant"


def test_mixed_noise_is_between_its_parts():
    f = np.geomspace(0.01, 100, 400)
    a, b = MIXED.fitted(drawn("constant", np.random.default_rng(4), f), f)
    assert a == pytest.approx(0.7, rel=0.1)
    assert b < 0.01


@pytest.mark.parametrize(
    ("name", "y", "message"),
    [
        (
            "proportional",
            [0.0, 1.0],
            "Proportional noise needs a target of one sign and without zeros, where it would vanish; got "
            'values from 0 to 1. Take noise="mixed", which keeps a constant part.',
        ),
        (
            "counts",
            [1.5, 2.0],
            'Counts are whole numbers from 0; got 1.5. Take noise="mixed" for counts that were scaled or '
            "corrected.",
        ),
        (
            "rounding",
            [0.1234567890123456, 1 / 3],
            "Noise is that of rounding where the numbers of the target have few digits; these have all that "
            'double precision holds. Take noise="constant", or round the target as it was measured.',
        ),
    ],
)
def test_refusals(name, y, message):
    assert NOISE[name].refusal(np.array(y)) == message


def test_any_target_may_have_the_others():
    y = np.array([-1.0, 0.0, 2.0])
    assert [name for name in NOISE if not NOISE[name].refusal(y)] == ["constant", "mixed", "rounding"]
    assert not Rounding(np.ones(3)).refusal(np.sqrt(np.arange(3.0)))
