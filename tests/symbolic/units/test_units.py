"""Units as text: what is read, what is refused, and how constants are labelled."""

import pint
import pytest
from sympy import Rational, Symbol, pi, sqrt, symbols

from kantools.symbolic.formula import Constant, Formula
from kantools.symbolic.units.dimension import Dimension
from kantools.symbolic.units.units import UnitError, read_unit, read_units

c, d = symbols("c d")


def labels(units: dict[str, str], template, *constants: Constant) -> list[str | None] | None:
    """The units of the constants of ``y = template``."""
    columns = tuple(name for name in units if name != "y")
    found = Formula(columns, "y", template, constants).labelled(read_units(units, columns, "y"))
    return None if found is None else [constant.unit for constant in found.constants]


def x(name: str) -> Symbol:
    return Symbol(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [("N", "kg*m/s**2"), ("J/s", "V*A"), ("cm", "mile"), ("deg", "1"), ("m s^-1", "km/hour"), ("%", "rad")],
)
def test_same_dimension(one, other):
    assert read_unit(one, "a").dimension == read_unit(other, "b").dimension


def test_fractional_powers():
    powers = read_unit("s/m**(1/2)", "a").dimension.powers
    assert powers == Dimension.of({"second": 1, "meter": Rational(-1, 2)}).powers


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("blub", r'The unit of "v" is one that pint knows; got "blub" .*"1" for a pure number'),
        ("m/s**", r'got "m/s\*\*"'),
        ("10**3*K", r"scaling factor.*Write it as pint"),
        ("", "is a text; got ''"),
        (None, "is a text; got None"),
        ("degC", r'"v" has "degC", whose 0 is 273\.15 kelvin\. Convert the column to "kelvin"'),
        ("dB", r"Convert the column"),
    ],
)
def test_refused(text, message):
    with pytest.raises(UnitError, match=message):
        read_unit(text, "v")


@pytest.mark.parametrize(
    ("units", "message"),
    [
        ({"v": "m/s"}, r'Every column has a unit; "y" has none\. Give one, or "1"'),
        ({"y": "m"}, r'"v" has none'),
        (
            {"v": "m/s", "y": "m", "vv": "s"},
            r'There is no column "vv" to have the unit "s"; did you mean "v"',
        ),
        (["m"], r"Units are a mapping of columns to texts.*got \['m'\]"),
    ],
)
def test_refused_mappings(units, message):
    with pytest.raises(UnitError, match=message):
        read_units(units, ["v"], "y")


def test_units_as_written():
    law = c * x("r") ** Rational(3, 2)
    assert labels({"r": "au", "y": "year"}, law, Constant(c, 1.0, 0.1)) == ["year/au**1.5"]


def test_a_pure_constant():
    law = c * x("m") * x("a")
    assert labels({"m": "kg", "a": "m/s**2", "y": "N"}, law, Constant(c, 2.0, 0.1)) == ["1"]


def test_a_constant_that_is_a_conversion():
    """c is 0.01 m/cm and no pure number."""
    assert labels({"a": "cm", "y": "m"}, c * x("a"), Constant(c, 0.01, 0.1)) == ["m/cm"]


def test_base_units_where_those_written_do_not_fit_together():
    law = 2 * pi * sqrt(x("m") / x("k")) + c * x("m")
    assert labels({"m": "kg", "k": "N/m", "y": "s"}, law, Constant(c, 2.0, 0.1)) == ["s/kg"]


def test_a_factor_where_two_units_of_a_kind_meet_in_one_number():
    """The 1 before ``a`` contradicts one of the two units; the constant keeps to that of its summands."""
    law = x("a") + c + c * x("b")
    assert labels({"a": "m", "b": "1", "y": "km"}, law, Constant(c, 2.0, 0.1)) == ["m"]


def test_exact_numbers_are_pure():
    exact = Constant(d, 1.99, 0.1, Rational(2))
    assert labels({"a": "m", "y": "m"}, x("a") * d, exact) == ["1"]
    assert labels({"a": "m", "y": "s"}, x("a") * d, exact) is None


@pytest.mark.parametrize("unit", ["kg*m/s**2", "V/A", "1/s", "J/(kg*K)"])
def test_labels_are_read_by_pint(unit):
    label = labels({"a": "1", "y": unit}, c * x("a"), Constant(c, 2.0, 0.1))[0]
    assert pint.Unit(label).is_compatible_with(unit)


def test_only_constants_with_a_dimension_cost():
    units = read_units({"a": "m", "y": "s"}, ["a"], "y")
    one = Formula(("a",), "y", c * x("a"), (Constant(c, 2.0, 0.1),)).labelled(units)
    constants = Constant(c, 2.0, 0.1), Constant(d, 1.0, 0.1)
    two = Formula(("a",), "y", c * x("a") ** d, constants).labelled(units)
    assert units.price(one.constants) == units.price(two.constants) > 0


def test_printed_with_its_unit():
    assert str(Constant(c, 9.81, 0.02, unit="m/s**2")) == "9.810 ± 0.020 m/s**2"
    assert str(Constant(c, 9.81, 0.02, unit="1")) == str(Constant(c, 9.81, 0.02)) == "9.810 ± 0.020"
