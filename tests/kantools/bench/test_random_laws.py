"""Laws drawn at random: the same ones always, told by their rows, consistent, and of every class."""

import subprocess
import sys
from math import log10

import mpmath
import numpy as np
import pytest
import sympy
from scipy.optimize import least_squares

from kantools.bench.random_laws.counts import KINDS
from kantools.bench.random_laws.grammar import CLASSES
from kantools.bench.random_laws.identifiable import flaw
from kantools.bench.random_laws.law import RandomLaw, value_of
from kantools.bench.random_laws.rows import decades_evenly
from kantools.bench.random_laws.source import DECADES, attempts, is_random, law, law_named, name_of
from kantools.datasets import Problem
from kantools.datasets.expression import evaluate
from kantools.errors import SettingError
from kantools.symbolic.units.units import read_units

SEED = 424242
LAWS = [law(SEED, index) for index in range(40)]
IDS = [some.problem.name for some in LAWS]
every_law = pytest.mark.parametrize("some", LAWS, ids=IDS)


def written(
    formula: str, template: str, *constants: float, kind: str = "sum", high: float = 2.0
) -> RandomLaw:
    """A law in x between 1 and 2, or that high."""
    problem = Problem("random.0.0", "", "y", formula, ("x",), (1.0,), (high,), "", draw=decades_evenly)
    return RandomLaw(problem, kind, template, constants)


def test_a_law_does_not_depend_on_the_others():
    law.cache_clear()
    alone = law(SEED, 7)
    assert alone is not LAWS[7]
    assert alone == LAWS[7]


def test_other_seeds_and_numbers_are_other_laws():
    formulas = {some.problem.formula for some in (*LAWS, law(SEED + 1, 0), law(SEED + 1, 1))}
    assert len(formulas) == len(LAWS) + 2


def test_the_hash_seed_does_not_matter():
    code = f"from kantools.bench.random_laws.source import law; print(law({SEED}, 3).problem.formula)"
    told = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONHASHSEED": "77"}, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == LAWS[3].problem.formula


def test_a_name_is_seed_and_number():
    assert law_named(name_of(SEED, 3)) == LAWS[3]
    assert is_random("random.1.2")
    assert not is_random("I.12.1")
    with pytest.raises(SettingError, match=r'named by seed and number, as "random\.7\.12"; got "random\.x"'):
        law_named("random.x")


def test_laws_over_decades_are_named_and_drawn_by_themselves():
    some = [law(SEED, index, DECADES) for index in range(8)]
    assert law_named(f"decades.{SEED}.3") == some[3]
    assert is_random(some[3].problem.name)
    assert not {s.problem.formula for s in some} & {s.problem.formula for s in LAWS}
    for each in some:
        y = each.problem.sample(1000, seed=5).y
        assert y.min() * y.max() > 0
        assert np.ptp(np.log10(np.abs(y))) > 3


@every_law
def test_its_text_is_its_template_with_the_constants(some):
    X = some.problem.sample(50, seed=0).X
    text = evaluate(some.problem.truth, some.problem.columns, X)
    assert text == pytest.approx(value_of(some.template, some.names(X)), rel=1e-9)


@every_law
def test_numpy_and_forty_digits_agree(some):
    table = some.problem.sample(20, seed=1)
    symbols = [sympy.Symbol(c) for c in some.problem.columns]
    exact = sympy.lambdify(symbols, some.problem.truth, "mpmath")
    with mpmath.workdps(40):
        y = [float(exact(*(mpmath.mpf(float(x)) for x in row))) for row in table.X]
    assert table.y == pytest.approx(y, rel=1e-9, abs=1e-12 * np.abs(table.y).max())


@every_law
def test_its_ranges(some):
    problem = some.problem
    assert 1 <= len(problem.columns) <= 6
    for name, low, high in zip(problem.columns, problem.lows, problem.highs, strict=True):
        angle = problem.units.get(name) == "1" or name in ("theta", "phi", "alpha", "beta")
        assert angle or 0.45 <= log10(high / low) <= 6.05
    assert {str(s) for s in problem.truth.free_symbols} == set(problem.columns)


@every_law
def test_its_units_are_consistent(some):
    problem = some.problem
    if problem.units:
        units = read_units(problem.units, problem.columns, problem.target)
        template = sympy.parse_expr(some.template, local_dict={c: sympy.Symbol(c) for c in problem.columns})
        constants = {sympy.Symbol(f"_{k}"): value for k, value in enumerate(some.constants)}
        assert units.consistent(template, constants)


@every_law
def test_least_squares_finds_its_constants_again(some):
    """From 2 % beside the truth and with γ = 0.01, within five of its own standard errors."""
    table = some.problem.sample(1000, noise=0.01, seed=2)
    names = some.names(table.X)
    scale = np.sqrt(np.mean(table.y**2))

    def residuals(factors):
        moved = {f"_{k}": c * f for k, (c, f) in enumerate(zip(some.constants, factors, strict=True))}
        return (
            np.broadcast_to(value_of(some.template, names | moved), table.y.shape) / scale - table.y / scale
        )

    if some.constants:
        fit = least_squares(residuals, np.full(len(some.constants), 1.02), method="lm")
        errors = 0.01 * np.sqrt(np.diag(np.linalg.inv(fit.jac.T @ fit.jac)))
        assert errors.max() < 0.5
        assert np.abs((fit.x - 1) / errors).max() < 5


def test_every_class_occurs():
    assert {law(SEED, index).kind for index in range(200)} == set(CLASSES)


def test_with_units_and_without():
    assert {bool(some.problem.units) for some in LAWS} == {True, False}


def test_wide_ranges_are_drawn_by_decades():
    problem = Problem("", "", "y", "x*z", ("x", "z"), (1e-3, 1.0), (1e3, 9.0), "", draw=decades_evenly)
    x, z = problem.sample(4000, seed=0).X.T
    assert np.mean(x < 1) == pytest.approx(0.5, abs=0.03)
    assert np.mean(z < 5) == pytest.approx(0.5, abs=0.03)


def test_arithmetic_is_written_most():
    assert max(KINDS, key=KINDS.__getitem__) == "power law"
    assert KINDS["sum"] > KINDS["quotient"] > KINDS["logarithm"] > KINDS["oscillation"] > KINDS["hyperbolic"]


@pytest.mark.parametrize(
    ("some", "why"),
    [
        (written("3.0*x", "_0*x", 3.0), "proportional to its only column"),
        (written("exp(900.0*x)", "exp(_0*x)", 900.0), "not finite"),
        (written("5.0 + 0.1*x", "_0 + _1*x", 5.0, 0.1), "the target hardly varies"),
        (written("3.0*2.0*x**2", "_0*_1*x**2", 3.0, 2.0), "two constants that are nearly one"),
        (written("x**2 + 0.001*x", "x**2 + _0*x", 0.001), "a constant that is not known"),
        (written("3.0*x**2 + x/200", "_0*x**2 + x/200", 3.0), "a term below the noise"),
        (written("2.0*exp(-x/9.0)*x", "_0*exp(-x/_1)*x", 2.0, 9.0), "a function that a parabola replaces"),
        (written("sin(90.0*x)", "sin(_0*x)", 90.0), "an oscillation that the rows do not resolve"),
        (written("2.0*exp(-x/0.7)", "_0*exp(-x/_1)", 2.0, 0.7, high=4.0), None),
    ],
)
def test_what_rows_cannot_tell(some, why):
    assert flaw(some, np.random.default_rng(0)) == why


@pytest.mark.parametrize(
    ("some", "why"),
    [
        (written("x**2", "x**2", high=9.0), "a target of few decades"),
        (written("5.0 - x**4", "_0 - x**4", 5.0, high=90.0), "a target of both signs"),
        (written("2.0*x**3 + 0.1*x**4", "_0*x**3 + _1*x**4", 2.0, 0.1, high=20.0), None),
        (
            written("2.0*x**3 + 0.001*x**4", "_0*x**3 + _1*x**4", 2.0, 0.001, high=20.0),
            "a constant that is not known",
        ),
    ],
)
def test_what_rows_over_decades_cannot_tell(some, why):
    assert flaw(some, np.random.default_rng(0), decades=True) == why


def test_a_column_without_effect():
    problem = Problem("", "", "y", "x**2 + z", ("x", "z"), (1.0, 1e-4), (9.0, 1e-3), "", draw=decades_evenly)
    some = RandomLaw(problem, "power law", "x**(2 + 0*z)", ())
    assert flaw(some, np.random.default_rng(0)) == "a term below the noise"
    some = RandomLaw(problem, "power law", "x**2*z**_0", (1e-3,))
    assert flaw(some, np.random.default_rng(0)) == "a column without effect"


def test_what_is_refused_is_drawn_again():
    firsts = [next(attempts(SEED, index)) for index in range(40)]
    assert any(why for _, why in firsts)
    assert all(drawn == LAWS[k] for k, (drawn, why) in enumerate(firsts) if why is None)
