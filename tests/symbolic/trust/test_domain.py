"""Where a formula can be believed."""

import numpy as np
import pytest
import sympy
from sympy import acosh, asin, atanh, cos, exp, log, sin, sqrt, tan

from kantools.symbolic.trust.condition import Condition, conditions_of
from kantools.symbolic.trust.domain import Domain, Range, domain_of

x, y, v, c = sympy.symbols("x y v c")


def rows(*ranges: tuple[float, float]) -> np.ndarray:
    return np.random.default_rng(0).uniform(*np.array(ranges).T, (50, len(ranges)))


@pytest.mark.parametrize(
    ("expr", "said"),
    [
        (1 / (x - 2), ["x != 2"]),
        (1 / (2 * x * y**2 * (x - y) ** 3), ["x != 0", "y != 0", "x - y != 0"]),
        (log(1 - 2 * x), ["x < 1/2"]),
        (sqrt(x) / x, ["x > 0"]),
        (sqrt(1 - v**2 / c**2), ["c != 0", "1 - v**2/c**2 >= 0"]),
        (x ** sympy.Float(0.75), ["x >= 0"]),
        (x**y, ["x > 0"]),
        (asin(x / 3), ["Abs(x)/3 <= 1"]),
        (atanh(x), ["Abs(x) < 1"]),
        (acosh(x + 3), ["x >= -2"]),
        (tan(x), ["cos(x) != 0"]),
        (1 / (1 + exp(x)) + sqrt(1 + x**2) + 2**y + 1 / (2 + sin(x)), []),
        (log(x * sqrt(x)), ["x > 0"]),
    ],
    ids=str,
)
def test_conditions(expr, said):
    assert sorted(map(str, conditions_of(expr))) == sorted(said)


@pytest.mark.parametrize(
    ("expr", "ranges", "met"),
    [
        (1 / (x - y), [(1, 3), (5, 7)], True),
        (1 / (x - y), [(1, 3), (2, 7)], False),
        (sqrt(1 - x**2 - y**2), [(0, 0.7), (0, 0.7)], True),
        (sqrt(1 - x**2 - y**2), [(0, 0.75), (0, 0.75)], False),
        (log(x**2 - x * y + y**2), [(1, 2), (1, 2)], True),
        (1 / cos(x), [(-1.5, 1.5)], True),
        (1 / cos(x), [(-1.6, 1.5)], False),
        (1 / ((x - 1) ** 2 + (y - 1) ** 2), [(0, 2), (0, 2)], False),
        (1 / (x**2 - 2 * x + 1), [(0.1, 2)], False),
        (1 / (cos(x) + 1), [(0.1, 6)], False),
        (1 / sqrt(sympy.Abs(x - 1)), [(0.1, 2)], False),
        (sqrt(x**2 - 2 * x + 1), [(0.1, 2)], None),  # touches zero, which a root can bear
        (sqrt(x**2 - 2 * x + 1 - sympy.Rational(1, 10**6)), [(0.1, 2)], False),
        (1 / (x**2 - 2 * x + 1 + sympy.Rational(1, 10**3)), [(0.1, 2)], True),
        (1 / (x**2 - 2 * x * y + y**2 + sympy.Rational(1, 10**3)), [(0, 2), (0, 2)], None),
        (1 / (x - 1.3), [(1, 2)], False),
        (log(x - 1.3), [(1, 2)], False),
        (sqrt(1.3 - x), [(1, 2)], False),
        (tan(50 * x), [(1, 2)], False),
        (tan(x), [(-1.5, 1.5)], True),
        (x ** sympy.Rational(3, 2), [(-0.1, 2)], False),
        (asin(x * y), [(0, 1.2), (0, 1)], False),
        (asin(x * y), [(0, 1), (0, 1)], True),
        (1 / (x * y - 3.9), [(1, 2), (1, 2)], False),
        (1 / (x * y - 4.1), [(1, 2), (1, 2)], True),
    ],
    ids=str,
)
def test_whether_they_hold_where_it_was_seen(expr, ranges, met):
    names = [str(s) for s in (x, y)][: len(ranges)]
    (condition,) = domain_of(expr, tuple(names), np.array(list(zip(*ranges, strict=True)))).conditions
    assert condition.met is met


def test_what_is_proven_holds_at_every_point_tried():
    """Against the formula itself: real and finite wherever every condition is met, and only there."""
    for expr in (
        sqrt(x - y) / (y - 1),
        log(x * y) + 1 / (x + y),
        asin(x / y),
        (x - 1) ** sympy.Rational(-1, 2),
    ):
        X = rows((-3, 3), (-3, 3))
        domain = domain_of(expr, ("x", "y"), X)
        with np.errstate(all="ignore"):
            finite = np.isfinite(sympy.lambdify((x, y), expr, "numpy")(*X.T))
        assert (domain.covers({"x": X[:, 0], "y": X[:, 1]}) == finite).all()
        assert not domain.finite


def test_what_was_never_seen_is_not_covered():
    X = rows((1, 2), (3, 4))
    domain = domain_of(x * y, ("x", "y"), X)
    assert domain.covers({"x": X[:, 0], "y": X[:, 1]}).all()
    assert domain.covers({"x": np.array([0.5, 1.5, 2.5]), "y": np.array([3.5, 3.5, 3.5])}).tolist() == [
        0,
        1,
        0,
    ]
    assert [r.column for r in domain.ranges] == ["x", "y"]
    assert str(Range("g", 9.81, 9.81)) == "g = 9.81"
    assert [r.column for r in domain_of(2 * y, ("x", "y"), X).ranges] == ["y"]


def test_in_words():
    X = np.array([[0.0], [1.0]])
    assert str(domain_of(x + 1, ("x",), X)) == "0 <= x <= 1"
    assert str(domain_of(1 / (x - sympy.Float(0.123456789)), ("x",), X)).endswith(
        "; fails there unless x != 0.123457"
    )
    assert str(domain_of(exp(sympy.Float(900) * x), ("x",), X)).endswith("; not finite everywhere there")
    assert str(domain_of(sympy.Float(3.0), ("x",), X)) == "everywhere"
    assert "not told: x**2 != 0" in str(Domain((), (Condition(x**2, "!="),)))
