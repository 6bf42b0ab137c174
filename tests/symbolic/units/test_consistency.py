"""Dimensions of formulas, against what physics says and against numbers in other units."""

from fractions import Fraction

import numpy as np
import pytest
from sympy import Abs, Symbol, cos, exp, lambdify, log, pi, sin, sqrt, symbols

from kantools.symbolic.units.consistency import constant_dimensions
from kantools.symbolic.units.dimension import PURE, Dimension

x, t, m, angle, a, b, c = symbols("x t m angle a b c")
METRE, SECOND, KILO = (Dimension.of({u: 1}) for u in ("m", "s", "kg"))
COLUMNS = {x: METRE, t: SECOND, m: KILO, angle: PURE}


def dimensions(template, target, **values):
    constants = {s: values.get(str(s), 1.5) for s in template.free_symbols & {a, b, c}}
    return constant_dimensions(template, target, COLUMNS, constants)


@pytest.mark.parametrize(
    ("law", "target"),
    [
        (m * (x / t) ** 2 / 2, KILO * METRE**2 / SECOND**2),
        (x * sin(2 * pi * angle) + sqrt(x**2), METRE),
        (Abs(x) / t * exp(angle - x / Abs(x)), METRE / SECOND),
        (x * angle**angle, METRE),
        (log(x / t) - log(x / t) + angle, PURE),
    ],
)
def test_consistent_without_constants(law, target):
    assert dimensions(law, target) == {}


@pytest.mark.parametrize(
    ("law", "target"),
    [
        (x + t, METRE),
        (x + 1, METRE),
        (sin(x), PURE),
        (exp(t / x), PURE),
        (angle**x, PURE),
        (x**angle, METRE),
        (x / t, METRE),
        (log(x) + angle, PURE),
        (a * sin(x), METRE),
        (a * (x + t), METRE),
        (x * cos(a), SECOND),
    ],
)
def test_inconsistent(law, target):
    assert dimensions(law, target) is None


@pytest.mark.parametrize(
    ("law", "target", "found"),
    [
        (a * sqrt(x), SECOND, {a: SECOND / METRE ** Fraction(1, 2)}),
        (a * sin(b * t + c), METRE, {a: METRE, b: SECOND**-1, c: PURE}),
        (a * x / (b + t), METRE, {a: SECOND, b: SECOND}),
        (a + b * log(t), METRE, {a: METRE, b: METRE}),  # b*log(t/t0): a hides t0
        (a * x**b, SECOND, {a: SECOND / METRE ** Fraction(3, 2), b: PURE}),  # b is 1.5
        (a * exp(b * x) + c * t, KILO, {a: KILO, b: METRE**-1, c: KILO / SECOND}),
        (x * a / a, METRE, {}),
        (a * b * x, METRE, {a: PURE, b: PURE}),  # left open: pure
    ],
)
def test_dimensions_of_constants(law, target, found):
    assert dimensions(law, target) == found


@pytest.mark.parametrize(
    "law", [a * sin(b * t + c) * x, a * x / (b + t), sqrt(a * x**2 + b * t**2), a * x**b * t]
)
def test_a_change_of_units_changes_constants_by_their_dimension(law):
    """An independent check: numbers in feet and minutes give the same lengths, in feet."""
    target = METRE * SECOND if law.has(t) and law.is_Mul and law.has(x**b) else METRE
    found = dimensions(law, target)
    factor = {"m": 1 / 0.3048, "s": 1 / 60.0}

    def scale(d: Dimension) -> float:
        return float(np.prod([factor[str(base)] ** float(p) for base, p in d.powers.items()]))

    values = {x: 2.0, t: 0.7, **{s: 1.5 for s in found}}
    other = {s: v * scale(found.get(s, COLUMNS.get(s, PURE))) for s, v in values.items()}
    names = list(values)
    f = lambdify(names, law)
    assert f(*[other[s] for s in names]) == pytest.approx(scale(target) * f(*values.values()))


def test_a_quantity_that_need_not_agree():
    known = {x: METRE * Dimension.of({"scale": 3})}
    assert constant_dimensions(2 * x, METRE, known, {}, ignored="scale") == {}
    assert constant_dimensions(2 * x, METRE, known, {}) is None


def test_symbols_of_any_name():
    length = Symbol("arc length")
    assert constant_dimensions(length**2, METRE**2, {length: METRE}, {}) == {}
