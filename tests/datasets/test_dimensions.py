"""Every law with units is consistent with them: like is added to like, functions are given pure numbers."""

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

import pytest
import sympy

from kantools.datasets import PROBLEMS

Dimension = dict[str, Fraction]
BASE = {name: sympy.Symbol(name) for name in ("kg", "m", "s", "K", "V")}


def product(*powers: tuple[Dimension, Fraction]) -> Dimension:
    """The product of dimensions raised to powers."""
    total: Counter = Counter()
    for part, power in powers:
        for base, exponent in part.items():
            total[base] += exponent * power
    return {base: Fraction(exponent) for base, exponent in total.items() if exponent}


def dimension_of(unit: str) -> Dimension:
    """The dimension of a unit such as ``"kg*m/s**2"``."""
    powers = sympy.parse_expr(unit, local_dict=BASE).as_powers_dict()
    return {str(base): Fraction(int(e)) for base, e in powers.items() if base.is_Symbol}


def dimension(expression: sympy.Expr, units: Mapping[str, str]) -> Dimension:
    """The dimension of an expression; ValueError where it has none."""
    if expression.is_Symbol:
        return dimension_of(units[expression.name])
    if expression.is_number:
        return {}
    parts = [dimension(part, units) for part in expression.args]
    if expression.is_Mul:
        return product(*((part, Fraction(1)) for part in parts))
    if expression.is_Pow and expression.exp.is_Rational:
        return product((parts[0], Fraction(int(expression.exp.p), int(expression.exp.q))))
    if any(part != parts[0] for part in parts) or (parts[0] and not expression.is_Add):
        raise ValueError(f"{expression} has no dimension: its parts have {parts}")
    return parts[0]


@pytest.mark.parametrize("name", [name for name, law in PROBLEMS.items() if law.units])
def test_law_is_consistent_with_its_units(name: str) -> None:
    law = PROBLEMS[name]
    assert dimension(law.truth, law.units) == dimension_of(law.units[law.target])


def test_an_inconsistent_law_is_found() -> None:
    x, t = sympy.symbols("x t")
    for wrong in (x + t, sympy.sin(x), sympy.exp(x / t)):
        with pytest.raises(ValueError, match="no dimension"):
            dimension(wrong, {"x": "m", "t": "s"})
