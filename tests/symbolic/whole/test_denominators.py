"""Shorter writing of what was read through ratios of columns."""

import numpy as np
import pytest
import sympy
from sympy import Rational, exp, sqrt, symbols

from kantools.symbolic.language.complexity import complexity
from kantools.symbolic.whole.denominators import cleared
from kantools.symbolic.whole.simplify import shortest

G, m1, m2, x1, x2, y1, y2, z1, z2 = NAMES = symbols("G m1 m2 x1 x2 y1 y2 z1 z2")
dx, dy, dz = x1 - x2, y1 - y2, z1 - z2

PAIRS = [
    (G * m1 * m2 / (dz**2 * (dx**2 / dz**2 + dy**2 / dz**2 + 1)), G * m1 * m2 / (dx**2 + dy**2 + dz**2)),
    (x1**2 * (1 + x2**2 / x1**2 + 2 * x2 / x1), (x1 + x2) ** 2),
    (m1 * (x1 + x2 * m2 / m1) / (m1 * (1 + m2 / m1)), (m1 * x1 + m2 * x2) / (m1 + m2)),
    (x1 * x2 / (x1 * x2 * (1 / x1 + 1 / x2)), x1 * x2 / (x1 + x2)),
    (1 / (1 / y1 + y2 / (y1 * z1)), y1 * z1 / (y2 + z1)),
    (exp(-G * (x1 / x2 + m1 / x2) * x2), exp(-G * (x1 + m1))),
    (dz**3 * (dx / dz + 1) ** 3, (dx + dz) ** 3),
]


def same(one: sympy.Expr, other: sympy.Expr) -> None:
    X = np.random.default_rng(0).uniform(0.5, 2, (len(NAMES), 50))
    values = [sympy.lambdify(NAMES, e, "numpy")(*X) for e in (one, other)]
    np.testing.assert_allclose(*values, rtol=1e-9)


@pytest.mark.parametrize(("expr", "short"), PAIRS, ids=[str(p[1]) for p in PAIRS])
def test_it_is_shorter_and_the_same(expr, short):
    found = shortest(expr)
    same(found, expr)
    assert complexity(found) <= complexity(short) < complexity(expr)


@pytest.mark.parametrize(
    "expr",
    [
        x1 / x2 + y1,
        x1 / x2 + y1 / y2,
        (x1 / x2 + 1) * y1,
        sqrt(x1 / x2 + 1),
        exp(x1 / x2 + 1),
    ],
    ids=str,
)
def test_what_would_become_longer_stays(expr):
    assert cleared(expr, complexity) == expr


def test_roots_only_of_what_is_positive():
    x, z = symbols("x z", positive=True)
    assert cleared(z * sqrt(x**2 / z**2 + 1), complexity) == sqrt(x**2 + z**2)
    expr = dz * sqrt(dx**2 / dz**2 + 1)
    same_sign = {x1: 1.0, x2: 3.0, z1: 1.0, z2: 2.5}
    for form in (cleared(expr, complexity), shortest(expr)):
        assert float(form.subs(same_sign)) == pytest.approx(float(expr.subs(same_sign)))


def test_long_expressions_take_no_time(monkeypatch):
    expr = sum(G**k * m1 / (dz**2 * (dx**2 / dz**2 + k * dy**2 / dz**2 + 1)) for k in range(1, 12))
    sizes = []
    short = cleared(expr, lambda e: sizes.append(1) or complexity(e))
    same(short, expr)
    assert complexity(short) <= complexity(expr) - 11 * 8
    assert len(sizes) < 50 * 11


@pytest.mark.parametrize(
    ("expr", "written"),
    [(sqrt(exp(-(x1**2))), "exp(-x1**2/2)"), (exp(x1) ** Rational(1, 3) * y1, "y1*exp(x1/3)"),
     (1 / sqrt(exp(x1)), "exp(-x1/2)"), (x2 / exp(x1 + y1) ** G, None)],
    ids=str,
)  # fmt: skip
def test_roots_of_exponentials_are_exponentials(expr, written):
    if written is None:
        assert shortest(expr).has(exp)
    else:
        assert str(shortest(expr)) == written
    assert complexity(sqrt(exp(-(x1**2)))) == complexity(exp(-(x1**2) / 2))
