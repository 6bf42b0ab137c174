"""Units of the columns of a table, as pint reads them, and what they say about formulas.

A unit is known in two ways: in SI base units, which say what may be added to what, and in the units as they
were written, in which a constant's number means something: a year is 1 year for a planet at 1 au, and the
constant of Kepler's law is ``1.000 year/au**1.5``.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import exp, inf, log
from typing import Any

from sympy import Add, Expr, Rational, Symbol

from kantools.catalogue import did_you_mean
from kantools.errors import UserError
from kantools.symbolic.constant import Constant
from kantools.symbolic.units.consistency import constant_dimensions
from kantools.symbolic.units.dimension import PURE, Dimension
from kantools.warn import Notice

__all__ = ["InconsistentUnits", "Unit", "UnitError", "Units", "read_unit", "read_units"]

#: Stands among the base units for the logarithm of the factor to them: 1 cm is 0.01 m.
SCALE = "scale"
#: Relative error of a factor that is rounding.
ROUNDING = 1e-9
#: Exponents of units are fractions with no larger denominator.
FINEST_EXPONENT = 1000
#: Nats to be paid for a constant that has a dimension: a quantity of nature that no column holds.
NATS_A_QUANTITY = 5.0

REMEDY = 'Write it as pint reads it, such as "kg*m/s**2", or "1" for a pure number.'


class UnitError(UserError):
    """A unit that cannot be used; the message says which, of which column, and what to do about it."""


class InconsistentUnits(Notice):
    """No formula was found that is consistent with the units that were given."""


@dataclass(frozen=True)
class Unit:
    """A unit of measurement.

    Attributes
    ----------
    text : str
        As the user wrote it.
    written : Dimension
        In units by pint's names for what the text says.
    base : Dimension
        In SI base units, with the logarithm of the factor as the power of ``"scale"``.

    Examples
    --------
    >>> newton = read_unit("N", "force")
    >>> newton.written == Dimension.of({"newton": 1})
    True
    >>> newton.dimension == Dimension.of({"kilogram": 1, "meter": 1, "second": -2})
    True
    """

    text: str
    written: Dimension
    base: Dimension

    @property
    def dimension(self) -> Dimension:
        return self.base.without(SCALE)


def read_unit(text: str, column: str) -> Unit:
    """A unit from its text; angles are pure numbers.

    Raises
    ------
    UnitError
        For what pint does not know, a unit with a number in it, and one whose zero is not nothing, as of
        degrees Celsius.

    Examples
    --------
    >>> read_unit("degC", "T")
    Traceback (most recent call last):
        ...
    kantools.symbolic.units.units.UnitError: 0 of a unit is nothing; "T" has "degC", whose 0 is 273.15 \
kelvin. Convert the column to "kelvin".
    """
    import pint

    registry = pint.get_application_registry()
    if not isinstance(text, str) or not text.strip():
        raise UnitError(f'The unit of "{column}" is a text; got {text!r}. {REMEDY}')
    try:
        unit = registry.Unit(text)
        zero = registry.Quantity(0.0, unit).to_base_units()
    except (ValueError, AttributeError, AssertionError, TypeError, SyntaxError) as error:
        why = f" ({error})" if str(error) else ""
        raise UnitError(
            f'The unit of "{column}" is one that pint knows; got "{text}"{why}. {REMEDY}'
        ) from None
    if zero.magnitude != 0:
        raise UnitError(
            f'0 of a unit is nothing; "{column}" has "{text}", whose 0 is {zero.magnitude:g} {zero.units}. '
            f'Convert the column to "{zero.units}".'
        )
    factor, base = registry.get_base_units(unit)
    scale = Fraction(log(factor)) if abs(factor - 1) > ROUNDING else Fraction(0)
    powers = _powers(base, registry) | {SCALE: scale}
    return Unit(text.strip(), _as_written(unit, registry), Dimension.of(powers))


def _powers(unit: Any, registry: Any) -> dict[Any, Fraction]:
    """Exponents of the units by name, without those that are pure numbers."""
    powers = registry.Quantity(1.0, unit).unit_items()
    return {n: _fraction(p) for n, p in powers if registry.Unit(n).dimensionality}


def _as_written(unit: Any, registry: Any) -> Dimension:
    """Every unit of the text, without those that are 1, as radians are."""
    powers = registry.Quantity(1.0, unit).unit_items()
    return Dimension.of({n: _fraction(p) for n, p in powers if not _is_one(registry.Unit(n), registry)})


def _is_one(unit: Any, registry: Any) -> bool:
    return not unit.dimensionality and abs(registry.get_base_units(unit)[0] - 1) < ROUNDING


def _fraction(power: float) -> Fraction:
    return Fraction(power).limit_denominator(FINEST_EXPONENT)


def read_units(units: Mapping[str, str], columns: Sequence[str], target: str) -> "Units":
    """The units of all columns and of the target.

    Raises
    ------
    UnitError
        For a column without a unit, a unit without a column, or a unit that cannot be used.

    Examples
    --------
    >>> read_units({"distance": "au"}, ["distance"], "period")
    Traceback (most recent call last):
        ...
    kantools.symbolic.units.units.UnitError: Every column has a unit; "period" has none. Give one, or "1" \
for a pure number.
    """
    if not isinstance(units, Mapping):
        raise UnitError(
            f'Units are a mapping of columns to texts, such as {{"{target}": "s"}}; got {units!r}. Give one.'
        )
    names = [*columns, target]
    for name in units:
        if name not in names:
            raise UnitError(
                f'There is no column "{name}" to have the unit "{units[name]}"; '
                f"{did_you_mean(str(name), names)}"
            )
    missing = [n for n in names if n not in units]
    if missing:
        quoted = ", ".join(f'"{n}"' for n in missing)
        verb = "has" if len(missing) == 1 else "have"
        raise UnitError(f'Every column has a unit; {quoted} {verb} none. Give one, or "1" for a pure number.')
    return Units({n: read_unit(units[n], n) for n in names}, target)


@dataclass(frozen=True)
class Units:
    """The units of a table.

    Attributes
    ----------
    units : mapping of str to Unit
        Of the columns and of the target, by name.
    target : str
    centres : mapping of Symbol to Rational
        Numbers that have the unit of a column behind which they stand, as in ``year - 2000``.

    Examples
    --------
    >>> units = read_units({"distance": "au", "period": "year"}, ["distance"], "period")
    >>> units.units["period"].dimension == Dimension.of({"second": 1})
    True
    """

    units: Mapping[str, Unit]
    target: str
    centres: Mapping[Symbol, Rational] = field(default_factory=dict)

    def consistent(self, template: Any, constants: Mapping[Symbol, float], *, scales: bool = False) -> bool:
        """Whether some dimensions of the constants make a template one that has the target's dimension.

        With ``scales`` they also have to be of one size: a constant that stands twice is the same number in
        1/m and 1/km by accident only.
        """
        within = ROUNDING if scales else inf
        return self._solve(template, constants, written=False, within=within) is not None

    def of_constants(
        self, template: Expr, free: Mapping[Symbol, float], names: Iterable[Symbol]
    ) -> dict[Symbol, str] | None:
        """The unit of each constant of a template; None where it is inconsistent.

        Parameters
        ----------
        template : Expr
            With exact numbers in their places.
        free : mapping of Symbol to float
            The constants that are open, and their values.
        names : iterable of Symbol
            The constants to tell of; an exact number is a pure one.

        Examples
        --------
        >>> units = read_units({"distance": "au", "period": "year"}, ["distance"], "period")
        >>> c, x = Symbol("c"), Symbol("distance")
        >>> units.of_constants(c * x ** Fraction(3, 2), {c: 1.0002}, [c])
        {c: 'year/au**1.5'}
        """
        base = self._solve(template, free, written=False)
        if base is None:
            return None
        written = self._solve(template, free, written=True) or {}
        return {symbol: self._text(symbol, base, written) for symbol in names}

    def price(self, constants: Iterable[Constant]) -> float:
        """Nats for the constants that have a dimension.

        Such a constant says that a quantity of nature is at work that no column holds. Among formulas that
        fit alike, those that need none are to be believed first.
        """
        return NATS_A_QUANTITY * sum(c.unit not in (None, "1") for c in constants)

    def _solve(
        self, template: Any, constants: Mapping[Symbol, float], *, written: bool, within: float = inf
    ) -> dict[Symbol, Dimension] | None:
        known = {n: u.written if written else u.base for n, u in self.units.items()}
        columns = {Symbol(n): d for n, d in known.items()}
        template = _without_centres(template, self.centres)
        return constant_dimensions(template, known[self.target], columns, constants, SCALE, within)

    def _text(
        self, symbol: Symbol, base: Mapping[Symbol, Dimension], written: Mapping[Symbol, Dimension]
    ) -> str:
        """In the units as they were written where that can be, in SI base units where that is shorter."""
        own = base.get(symbol, PURE)
        plain, scale = own.without(SCALE), float(own[SCALE])
        exact = abs(scale) < ROUNDING
        if plain.pure and exact:
            return "1"
        if symbol in written and not (exact and len(plain.powers) < len(written[symbol].powers)):
            return self._spelled(written[symbol])
        return ("" if exact else f"{exp(scale):.12g}*") + self._spelled(plain)

    def _spelled(self, dimension: Dimension) -> str:
        powers = sorted(dimension.powers.items(), key=lambda item: (item[1] < 0, str(item[0])))
        above = "*".join(_power(self._names[n], p) for n, p in powers if p > 0)
        below = "".join(f"/{_power(self._names[n], -p)}" for n, p in powers if p < 0)
        return (above or "1") + below

    @cached_property
    def _names(self) -> "Spelling":
        return Spelling(tuple(u.text for u in self.units.values()))


def _without_centres(template: Expr, centres: Mapping[Symbol, Rational]) -> Expr:
    """``x`` in the place of ``x - centre``, also within a longer sum.

    >>> x, c = Symbol("x"), Symbol("c")
    >>> _without_centres(c * (x - 2000) + x - 3, {x: Rational(2000)})
    c*x + x - 3
    """
    for symbol, centre in centres.items():
        template = template.replace(
            lambda e, s=symbol, c=centre: e.is_Add and s in e.args and -c in e.args,
            lambda e, c=centre: Add(e, c),
        )
    return template


@dataclass(frozen=True)
class Spelling:
    """Units by the names that the user has for them; by pint's symbols where the user has none."""

    texts: tuple[str, ...]

    @cached_property
    def own(self) -> dict[str, str]:
        import pint

        registry = pint.get_application_registry()
        words = {word for text in self.texts for word in re.findall(r"[^\W\d]\w*", text)}
        return {registry.get_name(word): word for word in sorted(words)}

    def __getitem__(self, name: Any) -> str:
        import pint

        return self.own.get(name) or str(pint.get_application_registry().get_symbol(name))


def _power(name: str, power: Fraction) -> str:
    if power == 1:
        return name
    text = str(power) if power.denominator == 1 else f"{float(power):.6g}"
    return f"{name}**{text}"
