"""Dimensionless groups from the units alone; and what the data then say."""

import re
from fractions import Fraction

import numpy as np
import pytest
from sympy import Symbol, simplify, sin, symbols

from kantools.datasets import PROBLEMS, load
from kantools.discovery import discover
from kantools.discovery.conclusion import conclude
from kantools.discovery.ledger import Search
from kantools.discovery.views.dimensionless import dimensionless, dimensionless_views, why_none
from kantools.discovery.views.rows import rows_of
from kantools.discovery.views.view import View
from kantools.discovery.walk import CONTRADICTED, HOLDS
from kantools.symbolic.fit.data import data_of
from kantools.symbolic.units.dimension import PURE
from kantools.symbolic.units.units import InconsistentUnits, read_units
from kantools.symbolic.whole.draft import fit_draft
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
    return [s.verdict for s in discovery.steps if s.hypothesis.startswith("units")]


class TestGroups:
    @pytest.mark.parametrize("name", [n for n, p in PROBLEMS.items() if len(set(p.units.values())) > 1])
    def test_groups_are_pure_and_the_prefactor_has_the_dimension_of_the_target(self, name):
        problem = PROBLEMS[name]
        units = read_units(problem.units, problem.columns, problem.target)
        known = [units.units[c].dimension for c in problem.columns]

        def product(powers):
            whole = PURE
            for dimension, power in zip(known, powers, strict=True):
                whole = whole * dimension**power
            return whole

        X = np.ones((2, len(problem.columns)))
        for choice in dimensionless(units, problem.columns, X):
            assert all(product(group).pure for group in choice.groups)
            assert product(choice.prefactor) == units.units[problem.target].dimension

    @pytest.mark.parametrize("name", ["I.9.18", "I.15.1", "II.35.21", "III.10.19"])
    def test_as_many_groups_as_the_rank_leaves(self, name):
        """Buckingham's count, by the rank of a matrix of floating-point numbers."""
        problem = PROBLEMS[name]
        units = read_units(problem.units, problem.columns, problem.target)
        known = [units.units[c].dimension for c in problem.columns]
        bases = sorted({b for dimension in known for b in dimension.powers})
        rank = np.linalg.matrix_rank([[float(dimension[b]) for dimension in known] for b in bases])
        choices = dimensionless(units, problem.columns, np.ones((2, len(known))))
        assert {len(choice.groups) for choice in choices} == {len(known) - rank}

    def test_nothing_divides_by_a_column_that_changes_sign(self):
        units = read_units({"a": "m", "b": "m", "y": "1"}, ["a", "b"], "y")
        (only,) = dimensionless(units, ["a", "b"], np.array([[-1.0, 1.0], [1.0, 2.0]]))
        assert only.groups == ((Fraction(1), Fraction(-1)),)

    def test_a_difference_has_the_unit_of_its_columns_and_noise_its_own_weight(self):
        """Two rows, where the prefactor is 1 and 1e4: in noise the second counts 1e8 times as much."""
        units = read_units({"a": "m", "b": "m", "t": "s", "y": "m/s"}, ["a", "b", "t"], "y")
        a, b, t = symbols("a b t")
        view = View(
            (a - b, t), rows_of(np.array([[1.0, 1.0], [1.0, 1e-4]]), np.array([1.0, 1e4]), np.ones(2))
        )
        (noisy,), (clean,) = (dimensionless_views(units, view, noisy=noisy) for noisy in (True, False))
        assert noisy.prefactor == (a - b) / t
        assert noisy.columns == ()
        assert noisy.rows.weight.tolist() == pytest.approx([1.0, 1e8])
        assert np.ptp(np.log10(clean.rows.weight)) < 4.1

    @pytest.mark.parametrize(
        ("units", "words"),
        [
            ({"a": "m", "b": "kg", "y": "s"}, 'a constant with a dimension is missing: no product .* in "s"'),
            ({"a": "1", "b": "rad", "y": "1"}, "nothing to gain"),
        ],
    )
    def test_none(self, units, words):
        told = read_units(units, ["a", "b"], "y")
        assert dimensionless(told, ["a", "b"], np.ones((2, 2))) == ()
        assert re.match(words, why_none(told, ["a", "b"]))


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
        assert verdicts(discovery) == [HOLDS]

    def test_wrong_units_are_contradicted_and_the_law_is_found(self):
        """The length is said to be an area."""
        units = {"k": "W/(m*K)", "T1": "K", "T2": "K", "d": "m**2", "y": "W/m**2"}
        law = lambda k, T1, T2, d: k * (T1 - T2) / d  # noqa: E731
        discovery = found(law, units)
        first, then = verdicts(discovery)
        assert first == CONTRADICTED
        assert then.startswith("needs constants with a dimension: c0 in m")
        X = RNG.uniform(1, 3, (20, 4))
        np.testing.assert_allclose(discovery.chosen.predict(X), law(*X.T), atol=1e-9)
        assert {c.unit for c in discovery.chosen.free} == {"m"}  # what is wrong, to be seen

    @pytest.mark.slow
    def test_every_formula_of_the_front_is_consistent(self):
        units = {"x": "m", "t": "s", "y": "m"}
        discovery = found(lambda x, t: x * np.exp(-t / 2), units, noise=0.05)
        told = read_units(units, ["x", "t"], "y")
        assert all(told.labelled(f) is not None for f in discovery.front)
        assert all(c.unit is not None for f in discovery.front for c in f.constants)


def test_inconsistent_formulas_are_put_aside():
    assert [len(f) for f in kept_and_put_aside(sine({"x": "m", "y": "1"}))] == [0, 1]
    assert [len(f) for f in kept_and_put_aside(sine({"x": "rad", "y": "1"}))] == [1, 0]


def kept_and_put_aside(search: Search) -> tuple[list, list]:
    return search.formulas, search.inconsistent


def sine(units: dict[str, str]) -> Search:
    """A search that has found ``y = sin(x)`` and nothing else."""
    x = RNG.uniform(0, 6, 50)
    table = Table(("x",), x[:, None], "y", np.sin(x))
    search = Search(table, data_of(table, units), (), np.inf, 0.0, 30, 0, None)
    search.keep(fit_draft(sin(Symbol("x")), {}, search.data))
    return search


def test_the_last_resort_warns():
    search = sine({"x": "m", "y": "1"})
    with pytest.warns(InconsistentUnits, match="Check the units, or leave them out"):
        assert str(conclude(search, "description_length", "explained").chosen) == "y = sin(x)"


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
        assert verdicts(discovery) == [HOLDS]

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
