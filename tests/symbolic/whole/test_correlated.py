"""Constants that are known together: the quadratic form is that of a fit, and what is found is true."""

from itertools import product

import numpy as np
import pytest
import sympy
from sympy import Integer, Rational

from kantools.symbolic.fit.data import Data
from kantools.symbolic.units.units import read_units
from kantools.symbolic.whole.constants import Exact
from kantools.symbolic.whole.correlated import Together, _length, digits, ratios, together
from kantools.symbolic.whole.draft import fit_draft
from kantools.symbolic.whole.polish import polish

x = sympy.Symbol("x")
c = sympy.symbols("c0:4")


def precision_of(condition: float, seed: int = 0, size: int = 3) -> np.ndarray:
    """Of correlated constants: eigenvalues over many powers of ten."""
    Q = np.linalg.qr(np.random.default_rng(seed).normal(size=(size, size)))[0]
    return Q @ np.diag(np.geomspace(1e3, 1e3 * condition, size)) @ Q.T


def noisy(law, low: float, high: float, noise: float, rows: int = 400) -> Data:
    rng = np.random.default_rng(3)
    X = rng.uniform(low, high, (rows, 1))
    return Data(("x",), X, law(X[:, 0]) + noise * rng.normal(size=rows), np.ones(rows))


def found(template, start, data: Data):
    return polish(fit_draft(template, dict(zip(c, start, strict=False)), data, max_iterations=200), data, "f")


@pytest.mark.parametrize("fixed", [(0,), (1, 2), (0, 1, 2)])
def test_the_length_is_that_of_the_least_quadratic(fixed):
    """The constants that are left follow: minimised by brute force."""
    values, P = np.array([2.0, -0.7, 5.0]), precision_of(1e4)
    exact = {i: Exact(Rational(round(values[i] * 1.01 * 1000), 1000), 5.0) for i in fixed}
    free = [i for i in range(3) if i not in fixed]
    off = np.zeros(3)
    off[list(fixed)] = [float(e.expr) - values[i] for i, e in exact.items()]
    if free:
        off[free] = np.linalg.lstsq(
            P[np.ix_(free, free)], -P[np.ix_(free, fixed)] @ off[list(fixed)], rcond=None
        )[0]
    least = 0.5 * off @ P @ off
    for step in product((-1e-4, 1e-4), repeat=len(free)):
        moved = off.copy()
        moved[free] += step
        assert 0.5 * moved @ P @ moved >= least
    left = digits((values + off)[free], P[np.ix_(free, free)]) if free else 0.0
    assert _length(exact, values, P) == pytest.approx(least + 5.0 * len(fixed) + left)


def test_what_is_saved_is_counted_from_all_constants():
    values, P = np.array([2.98, 8.94]), np.linalg.inv(np.array([[16, 47.96], [47.96, 144]]) * 1e-4)
    best = together(values, P)[0]
    assert {i: e.expr for i, e in best.exact.items()} == {0: Integer(3), 1: Integer(9)}
    assert best.saved == pytest.approx(digits(values, P) - _length(best.exact, values, P))


@pytest.mark.parametrize("seed", range(40))
def test_random_constants_are_rarely_taken_for_exact_ones(seed):
    rng = np.random.default_rng(seed)
    for _ in range(5):
        values = rng.uniform(0.1, 10, 3) * rng.choice([-1, 1], 3)
        assert all(t.saved < 6.0 for t in together(values, precision_of(1e5, seed)))


def test_no_set_is_offered_where_there_is_nothing_to_tell():
    nothing: list[Together] = []
    assert together(np.array([3.0]), np.array([[1e6]])) == nothing
    assert together(np.full(2, np.nan), np.eye(2)) == nothing
    assert together(np.ones(2), np.full((2, 2), np.inf)) == nothing
    assert together(np.ones(9), np.eye(9)) == nothing
    assert together(np.zeros(2), np.zeros((2, 2))) == nothing
    assert ratios(np.zeros(2), np.eye(2)) == []


@pytest.mark.parametrize("unit", [1e-30, 1e30])
def test_constants_may_be_of_any_size(unit):
    """3 and 9e30 are known together as 3 and 9 are; a power of ten has its price."""
    spread = np.array([[16, 47.96], [47.96, 144]]) * 1e-6
    size = np.array([1.0, unit])
    values = np.array([2.999, 8.997])
    small, large = (
        together(values, np.linalg.inv(spread)),
        together(values * size, np.linalg.inv(spread) / np.outer(size, size)),
    )
    assert small[0].exact[0].expr == 3
    assert all(np.isfinite(t.saved) for t in large)
    assert digits(values * size, np.linalg.inv(spread) / np.outer(size, size)) == pytest.approx(
        digits(values, np.linalg.inv(spread))
    )


def test_three_constants_that_are_uncertain_alone():
    """A hyperbola looked at from one side."""
    data = noisy(lambda x: 9 / (3 - x) - 2, 0.0, 1.0, 0.003)
    formula = found(c[1] / (c[0] - x) + c[2], [2.9, 8.5, -1.9], data)
    assert sympy.simplify(formula.expression - (9 / (3 - x) - 2)) == 0
    free = fit_draft(c[1] / (c[0] - x) + c[2], dict(zip(c, [2.9, 8.5, -1.9], strict=False)), data)
    assert formula.description_length < free.length(data)


def test_one_constant_twice():
    """``c*x/(exp(c*x) - 1)``: each alone is uncertain, and that they are the same is not."""
    data = noisy(lambda x: 0.3471 * x / np.expm1(0.3471 * x), 0.1, 3.0, 1e-3)
    formula = found(c[0] * x / (sympy.exp(c[1] * x) - 1), [0.3, 0.3], data)
    (constant,) = formula.free
    assert formula.template.count(constant.symbol) == 2
    assert abs(constant.value - 0.3471) < 4 * constant.error


@pytest.mark.parametrize(("unit", "names"), [("m", 1), ("km", 2), ("s", 2)])
def test_constants_are_tied_in_one_unit_only(unit, names):
    """That numbers in 1/m and 1/km are alike is an accident of the units."""
    rng = np.random.default_rng(5)
    X = rng.uniform(1, 3, (300, 2))
    y = 1.3742 * X[:, 0] + np.exp(-1.3742 * X[:, 1]) + 1e-3 * rng.normal(size=300)
    units = read_units({"x": unit, "z": "m", "f": "1"}, ["x", "z"], "f")
    z = sympy.Symbol("z")
    formula = found(
        c[0] * x + sympy.exp(-c[1] * z), [1.4, 1.4], Data(("x", "z"), X, y, np.ones(300), units=units)
    )
    assert len(formula.free) == names
    assert formula.labelled(units) is not None


def test_an_open_question_is_passed_over_without_a_warning():
    assert ratios(np.ones(2), np.full((2, 2), np.inf)) == []
    rows = np.linspace(2000, 2001, 60)
    data = Data(("x",), rows[:, None], 1.5 * rows**2 - 5998 * rows + 5996003, np.ones(60))
    assert found(c[0] * x**2 + c[1] * x + c[2], [1.5, -5998.0, 5996003.0], data) is not None


def test_constants_that_differ_are_not_tied():
    data = noisy(lambda x: 0.41 * x / np.expm1(0.3471 * x), 0.1, 3.0, 1e-3)
    assert len(found(c[0] * x / (sympy.exp(c[1] * x) - 1), [0.3, 0.3], data).free) == 2
