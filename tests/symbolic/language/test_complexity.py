"""The symbols of a formula, counted as a person writes it."""

import pytest
from sympy import exp, log, pi, sin, sqrt, symbols

from kantools.symbolic.language.complexity import complexity

x, y, z = symbols("x y z")


@pytest.mark.parametrize(
    ("expr", "symbols"),
    [
        (x * y / z, 5),
        (x**2 / y**2, 5),  # (x/y)**2
        (x**2 * y**2 / z**2, 7),  # (x*y/z)**2
        (1 / (x**2 * y**2), 7),  # 1/(x*y)**2
        (sqrt(x) * sqrt(y), 4),  # sqrt(x*y)
        (x**2 * y**3, 7),
        (x**2 * (1 + y) ** 2, 7),  # (x*(1 + y))**2
        (x**0.73 / z**0.73, 5),
        (sin(x) ** 2 * sin(y) ** 2, 7),
        (exp(-(x**2) / y**2), 6),
        (2 * pi * x, 3),
        (x / (2 * pi), 3),
        (-x * y, 3),
        (1 / x, 3),
        (1 / (pi * x), 3),
        (pi**2 * x**2, 5),
        (x**2 / pi**2, 5),
        (sqrt(2) * sqrt(x), 4),
        (sqrt(2) * log(x) / (2 * sqrt(pi)), 4),
    ],
    ids=str,
)
def test_it_is_as_long_as_it_is_written(expr, symbols):
    assert complexity(expr) == symbols
