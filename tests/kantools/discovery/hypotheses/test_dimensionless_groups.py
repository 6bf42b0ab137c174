"""What the units say of a law, and what the data then say of the units."""

import numpy as np
import pytest
from sympy import simplify, symbols

from kantools.datasets import load
from kantools.discovery import discover
from kantools.discovery.verdict import Verdict
from kantools.symbolic.units.units import read_units
from kantools.table import Table

RNG = np.random.default_rng(3)


def found(law, units, noise=0.0, rows=150):
    """What is discovered in a table of a law, whose columns are those that have units, in their order."""
    columns = tuple(name for name in units if name != "y")
    X = np.random.default_rng(0).uniform(1, 3, (rows, len(columns)))
    y = law(*X.T)
    y = y + noise * np.std(y) * np.random.default_rng(1).normal(size=rows)
    return discover(Table(columns, X, "y", y), units=units, time_limit=30)


def verdicts(discovery):
    return [(s.verdict, s.says) for s in discovery.steps if s.hypothesis.startswith("units")]


class TestLaws:
    def test_a_dimensional_constant_is_found_with_its_unit(self):
        """A pendulum without g: 4 π²/c² is g."""
        law = lambda length, mass: 2 * np.pi * np.sqrt(length / 9.81)  # noqa: E731
        chosen = found(law, {"length": "m", "mass": "kg", "y": "s"}).chosen
        (c,) = chosen.free
        assert c.unit == "s/m**0.5"
        assert 4 * np.pi**2 / c.value**2 == pytest.approx(9.81)

    def test_free_fall(self):
        chosen = found(lambda t: 9.81 * t**2 / 2, {"t": "s", "y": "m"}, noise=0.001).chosen
        assert [c.unit for c in chosen.free] == ["m/s**2"]
        assert 2 * chosen.free[0].value == pytest.approx(9.81, rel=1e-3)

    def test_kepler(self):
        table = load("planets")
        (c,) = discover(table, units=table.units, time_limit=20).chosen.free
        assert c.unit == "year/au**1.5"
        assert c.value == pytest.approx(1, abs=1e-3)

    def test_drag(self):
        units = {"rho": "kg/m**3", "v": "m/s", "A": "m**2", "C": "1", "y": "N"}
        chosen = found(lambda rho, v, A, C: rho * v**2 * A * C / 2, units).chosen
        assert str(chosen) == "y = A*C*rho*v**2/2"
        assert {c.unit for c in chosen.constants} == {"1"}

    def test_heat_conduction(self):
        units = {"k": "W/(m*K)", "T1": "K", "T2": "K", "d": "m", "y": "W/m**2"}
        discovery = found(lambda k, T1, T2, d: k * (T1 - T2) / d, units)
        assert str(discovery.chosen) == "y = k*(T1 - T2)/d"
        assert verdicts(discovery) == [(Verdict.BORNE_OUT, "the data bear the units out")]

    def test_wrong_units_are_contradicted_and_the_law_is_found(self):
        """The length is said to be an area."""
        units = {"k": "W/(m*K)", "T1": "K", "T2": "K", "d": "m**2", "y": "W/m**2"}
        law = lambda k, T1, T2, d: k * (T1 - T2) / d  # noqa: E731
        discovery = found(law, units)
        first, then = verdicts(discovery)
        assert first[0] is Verdict.CONTRADICTED
        assert then[0] is Verdict.NEEDS_CONSTANTS
        assert then[1].startswith("needs constants with a dimension: c0 in m")
        X = RNG.uniform(1, 3, (20, 4))
        np.testing.assert_allclose(discovery.chosen.predict(X), law(*X.T), atol=1e-9)
        assert {c.unit for c in discovery.chosen.free} == {"m"}  # what is wrong, to be seen

    @pytest.mark.slow
    def test_every_formula_of_the_front_is_consistent(self):
        units = {"x": "m", "t": "s", "y": "m"}
        discovery = found(lambda x, t: x * np.exp(-t / 2), units, noise=0.05)
        told = read_units(units, ["x", "t"], "y")
        assert all(f.labelled(told) is not None for f in discovery.front)
        assert all(c.unit is not None for f in discovery.front for c in f.constants)


class TestNoise:
    """A tenth of the target's spread; what was missed before groups came first."""

    @pytest.mark.slow
    def test_a_steep_prefactor(self):
        """Divided by m q⁴/ε², the noise of rows differs by orders of magnitude."""
        units = {"m": "kg", "q": "C", "e": "F/m", "h": "J*s", "n": "1", "y": "J"}
        law = lambda m, q, e, h, n: m * q**4 / (8 * e**2 * h**2 * n**2)  # noqa: E731
        discovery = found(law, units, noise=0.1, rows=1500)
        (c,) = discovery.chosen.free or discovery.chosen.constants
        assert str(discovery.chosen).endswith("*m*q**4/(e**2*h**2*n**2)")
        assert c.value == pytest.approx(1 / 8, rel=1e-2)
        assert verdicts(discovery) == [(Verdict.BORNE_OUT, "the data bear the units out")]

    @pytest.mark.slow
    def test_a_distance_among_seven_columns(self):
        units = {
            "g": "m**3/(kg*s**2)",
            "m": "kg",
            "M": "kg",
            "a": "m",
            "A": "m",
            "b": "m",
            "B": "m",
            "y": "N",
        }
        low = np.array([1, 1, 1, 4, 1, 5, 1])
        X = RNG.uniform(low, low + 1, (3000, 7))
        y = X[:, 0] * X[:, 1] * X[:, 2] / ((X[:, 3] - X[:, 4]) ** 2 + (X[:, 5] - X[:, 6]) ** 2)
        y = y + 0.1 * y.std() * RNG.normal(size=len(y))
        chosen = discover(Table(tuple(units)[:7], X, "y", y), units=units, time_limit=60).chosen
        g, m, M, a, A, b, B = symbols("g m M a A b B")
        assert simplify(chosen.expression * ((a - A) ** 2 + (b - B) ** 2) / (g * m * M)).is_number


@pytest.mark.parametrize("error", [0.1, 0.02])
def test_a_noisy_power_law_has_the_exponents_that_its_units_allow(error):
    """Also where free exponents are within the given errors, which would end the search."""
    rng = np.random.default_rng(1)
    X = np.column_stack([rng.uniform(0.5, 3, 16), rng.uniform(0.1, 2, 16), rng.uniform(1.6, 25, 16)])
    exact = 2 * np.pi * np.sqrt(X[:, 0] / X[:, 2])
    y = exact * (1 + error * rng.normal(size=16))
    table = Table(("length", "mass", "g"), X, "period", y, sigma=error * y)
    units = {"length": "m", "mass": "kg", "g": "m/s**2", "period": "s"}
    found = discover(table, units=units, time_limit=20).chosen
    assert [c.unit for c in found.free] == ["1"]
    assert np.ptp(found.predict(X) / exact) < 1e-12
