"""Dimensionless groups from the units alone."""

from fractions import Fraction

import numpy as np
import pytest
from sympy import symbols

from kantools.datasets import PROBLEMS
from kantools.discovery.verdict import Verdict
from kantools.discovery.views.dimensionless import dimensionless, dimensionless_views, why_none
from kantools.discovery.views.rows import rows_of
from kantools.discovery.views.view import View
from kantools.symbolic.units.dimension import PURE
from kantools.symbolic.units.units import read_units


@pytest.mark.parametrize("name", [n for n, p in PROBLEMS.items() if len(set(p.units.values())) > 1])
def test_groups_are_pure_and_the_prefactor_has_the_dimension_of_the_target(name):
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
def test_as_many_groups_as_the_rank_leaves(name):
    """Buckingham's count, by the rank of a matrix of floating-point numbers."""
    problem = PROBLEMS[name]
    units = read_units(problem.units, problem.columns, problem.target)
    known = [units.units[c].dimension for c in problem.columns]
    bases = sorted({b for dimension in known for b in dimension.powers})
    rank = np.linalg.matrix_rank([[float(dimension[b]) for dimension in known] for b in bases])
    choices = dimensionless(units, problem.columns, np.ones((2, len(known))))
    assert {len(choice.groups) for choice in choices} == {len(known) - rank}


def test_nothing_divides_by_a_column_that_changes_sign():
    units = read_units({"a": "m", "b": "m", "y": "1"}, ["a", "b"], "y")
    (only,) = dimensionless(units, ["a", "b"], np.array([[-1.0, 1.0], [1.0, 2.0]]))
    assert only.groups == ((Fraction(1), Fraction(-1)),)


def test_a_difference_has_the_unit_of_its_columns_and_noise_its_own_weight():
    """Two rows, where the prefactor is 1 and 1e4: in noise the second counts 1e8 times as much."""
    units = read_units({"a": "m", "b": "m", "t": "s", "y": "m/s"}, ["a", "b", "t"], "y")
    a, b, t = symbols("a b t")
    view = View((a - b, t), rows_of(np.array([[1.0, 1.0], [1.0, 1e-4]]), np.array([1.0, 1e4]), np.ones(2)))
    (noisy,), (clean,) = (dimensionless_views(units, view, noisy=noisy) for noisy in (True, False))
    assert noisy.prefactor == (a - b) / t
    assert noisy.columns == ()
    assert noisy.rows.weight.tolist() == pytest.approx([1.0, 1e8])
    assert np.ptp(np.log10(clean.rows.weight)) < 4.1


@pytest.mark.parametrize(
    ("units", "verdict", "message"),
    [
        (
            {"a": "m", "b": "kg", "y": "s"},
            Verdict.CONSTANT_MISSING,
            'a constant with a dimension is missing: no product of powers of the columns is in "s"',
        ),
        ({"a": "1", "b": "rad", "y": "1"}, Verdict.NOTHING_TO_GAIN, ""),
    ],
)
def test_none(units, verdict, message):
    told = read_units(units, ["a", "b"], "y")
    assert dimensionless(told, ["a", "b"], np.ones((2, 2))) == ()
    assert why_none(told, ["a", "b"]) == (verdict, message)
