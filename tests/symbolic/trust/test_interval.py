"""Bounds of expressions hold for every point of the boxes, and are not wider than they must be."""

import numpy as np
import pytest
import sympy
from sympy import Abs, acos, acosh, asin, asinh, atan, atanh, cos, cosh, exp, log, sin, sinh, sqrt, tan, tanh

from kantools.symbolic.trust.interval import bounds, split

x, y = sympy.symbols("x y")
EXPRESSIONS = [
    x + y, x - 2 * y, x * y, x / y, x**2 - y**2, x**3 * y, 1 / (x * y), 1 / x**2, (x - y) ** -2, sqrt(x + y),
    (x * y) ** sympy.Rational(-3, 2), x**y, 2**x, exp(x) / (1 + exp(x)), log(x**2 + y), sin(3 * x + y),
    cos(5 * x), tan(x), tanh(x) * sinh(y), cosh(x - y), asin(x / 3), acos(y / 4), atan(x), asinh(x),
    acosh(1 + y**2), atanh(x / 4), Abs(x) - 0.3, x**sympy.Float(1.7), exp(-(x**2) / 2) * sin(x) ** 2,
]  # fmt: skip


@pytest.mark.parametrize("expr", EXPRESSIONS, ids=str)
@pytest.mark.parametrize("ranges", [(-2.0, 2.0, -1.0, 3.0), (0.5, 2.0, 1.0, 3.0)], ids=["mixed", "positive"])
def test_no_value_lies_outside(expr, ranges):
    box = split({x: ranges[:2], y: ranges[2:]}, 16)
    low, high = (np.broadcast_to(ends, 16) for ends in bounds(expr, box))
    share = np.random.default_rng(0).random((2, 200, 16))
    X, Y = (box[s][0] + (box[s][1] - box[s][0]) * u for s, u in zip((x, y), share, strict=True))
    with np.errstate(all="ignore"):
        values = sympy.lambdify((x, y), expr, "numpy")(X, Y) + 0 * X
    real = np.isfinite(values)
    slack = 1e-12 * (1 + np.abs(np.where(real, values, 0)))
    assert ((values >= low - slack) | ~real).all()
    assert ((values <= high + slack) | ~real).all()


@pytest.mark.parametrize(
    ("expr", "ends"),
    [(x**2, (0, 4)), (sin(x), (-1, np.sin(1))), (1 / (2 + x**2), (1 / 6, 1 / 2)),
     (exp(x), (np.exp(-2), np.e)), (Abs(x) + 1, (1, 3)), (1 / x, (-np.inf, np.inf)),
     (tan(x), (-np.inf, np.inf)), (cosh(x), (1, np.cosh(2)))],
    ids=str,
)  # fmt: skip
def test_bounds_of_one_column_are_tight(expr, ends):
    low, high = bounds(expr, {x: (np.array([-2.0]), np.array([1.0]))})
    assert (low[0], high[0]) == pytest.approx(ends)


def test_smaller_boxes_give_tighter_bounds():
    widths = []
    for parts in (1, 16, 256):
        low, high = bounds(x * (1 - x), split({x: (0.0, 1.0)}, parts))
        widths.append(high.max() - low.min())
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.26


def test_a_box_is_covered_by_its_parts():
    parts = split({x: (0.0, 1.0), y: (-1.0, 1.0)}, 100)
    area = np.prod([high - low for low, high in parts.values()], axis=0)
    assert len(area) == 100
    assert area.sum() == pytest.approx(2)
