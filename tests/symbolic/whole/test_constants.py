"""Exact numbers: the right ones are found, random ones are not."""

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Integer, Rational, exp, log, pi, sqrt

from kantools.symbolic.whole.constants import (
    Exact,
    integer_cost,
    multipliers,
    price_of_decimal,
    recognise,
    superfluous,
)

SIMPLE = [
    *map(Integer, (1, 2, 3, 4, 5, 8, 10, 12, -1, -2, -7)),
    *(Rational(p, q) for p, q in ((1, 2), (3, 2), (-5, 3), (1, 4), (3, 4), (7, 5), (1, 10), (1, 100))),
    *(pi, 2 * pi, -pi, pi / 2, 4 * pi / 3, 1 / pi, 1 / (2 * pi), 1 / (4 * pi), pi**2, 1 / (4 * pi**2)),
    *(sqrt(2), sqrt(3), 1 / sqrt(2), sqrt(5) / 2, sqrt(Rational(2, 3)), sqrt(pi), 1 / sqrt(pi)),
    *(sqrt(2 * pi), 1 / sqrt(2 * pi), sqrt(2 / pi), sqrt(pi / 2), exp(1), log(2), Integer(1000)),
]


def names(value: float, error: float) -> list[str]:
    return [str(e.expr) for e in recognise(value, error)]


@pytest.mark.parametrize(
    ("value", "error", "expected"),
    [
        (1.4998, 0.0005, Rational(3, 2)),
        (3.1416, 0.0004, pi),
        (3.14159265358, 1e-11, pi),
        (0.39894228, 1e-9, 1 / sqrt(2 * pi)),
        (1e-8, 1e-3, Integer(0)),
        (0.0, 0.0, Integer(0)),
        (0.5, 0.0, Rational(1, 2)),
        (-2 + 1e-10, 0.0, Integer(-2)),
        (1000.002, 0.01, Integer(1000)),
    ],
)
def test_known_constants(value: float, error: float, expected: sympy.Expr) -> None:
    assert recognise(value, error)[0].expr == expected


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (4.187, 0.003),
        (365.2564, 0.0003),
        (2.1, 0.5),
        (0.5, np.nan),
        (np.nan, 0.1),
        (np.inf, 1.0),
        (1.0, np.inf),
    ],
)
def test_nothing_to_see(value: float, error: float) -> None:
    assert recognise(value, error) == ()


def test_zero_only_near_zero() -> None:
    assert names(2.4e-3, 1e-3) == ["0"]
    assert "0" not in names(3.1e-3, 1e-3)


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(1e-12, 1e3))
def test_what_is_offered_is_near_and_shorter_than_the_decimal(value: float, error: float) -> None:
    for exact in recognise(value, error):
        allowed = max(error, abs(value) * 1e-9 / 4, 1e-300)
        z = (float(exact.expr) - value) / allowed
        assert abs(z) <= 4 * (1 + 1e-6)
        if exact.expr != 0:
            assert exact.cost + 0.49 * z * z < price_of_decimal(value, allowed)


@given(st.floats(1e-6, 1e6), st.floats(1e-9, 1e-1))
def test_sign_changes_only_the_sign(value: float, relative: float) -> None:
    positive = recognise(value, value * relative)
    assert recognise(-value, value * relative) == tuple(Exact(-e.expr, e.cost) for e in positive)


@given(st.integers(0, 2**32 - 1))
def test_best_comes_first_and_no_more_than_asked(seed: int) -> None:
    rng = np.random.default_rng(seed)
    value, error = float(SIMPLE[rng.integers(len(SIMPLE))]), 10 ** rng.uniform(-9, -2)
    totals = [e.cost + ((float(e.expr) - value) / error) ** 2 / 2 for e in recognise(value, error, most=9)]
    assert totals == pytest.approx(sorted(totals), abs=1e-3)
    assert len(recognise(value, error, most=1)) <= 1


@pytest.mark.parametrize("relative", 10.0 ** -np.arange(3, 11))
@pytest.mark.parametrize("spread", ["log-uniform", "uniform"])
def test_random_numbers_are_rarely_recognised(relative: float, spread: str) -> None:
    rng = np.random.default_rng(0)
    values = np.exp(rng.uniform(-6, 6, 1500)) if spread == "log-uniform" else rng.uniform(-10, 10, 1500)
    found = sum(bool(recognise(v, abs(v) * relative)) for v in values)
    assert found / len(values) < 0.015


@pytest.mark.parametrize("relative", [1e-5, 1e-6, 1e-8])
def test_true_constants_survive_their_error(relative: float) -> None:
    rng = np.random.default_rng(1)
    hits = [_found(expr, relative, rng) for expr in SIMPLE for _ in range(40)]
    assert np.mean(hits) > 0.97


@pytest.mark.parametrize("expr", [Integer(1), Integer(2), Rational(1, 2), Rational(3, 2), pi])
def test_the_simplest_are_found_from_four_digits(expr: sympy.Expr) -> None:
    rng = np.random.default_rng(2)
    assert np.mean([_found(expr, 3e-4, rng) for _ in range(300)]) > 0.9


def _found(expr: sympy.Expr, relative: float, rng: np.random.Generator) -> bool:
    value = float(expr)
    error = abs(value) * relative
    return any(e.expr == expr for e in recognise(value + error * rng.standard_normal(), error)[:1])


def test_names_form_a_prefix_code() -> None:
    assert np.exp([-integer_cost(n) for n in range(1, 20000)]).sum() < 1
    assert np.exp(-multipliers().prices).sum() < 1


@pytest.mark.parametrize(
    ("value", "error", "numbers"),
    [(0.989, 0.004, [1]), (-1.01, 0.004, [-1]), (0.01, 0.004, [0]), (0.6, 0.5, [0, 1]), (0.98, 0.004, []),
     (1.0, float("nan"), []), (2.0, 0.004, []), (1 + 1e-10, 1e-20, [1])],
)  # fmt: skip
def test_what_need_not_be_written(value, error, numbers):
    assert [int(e.expr) for e in superfluous(value, error)] == numbers
