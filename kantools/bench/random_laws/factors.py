"""Products of powers, and what functions take: the plain pieces that all kinds of laws are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from kantools.bench.random_laws.counts import EXPONENTS, PRODUCTS, QUOTIENTS
from kantools.bench.random_laws.draft import Draft
from kantools.bench.random_laws.part import ONE, PRODUCT, Part, over, plus, power, root, times
from kantools.bench.random_laws.quantities import (
    ARGUMENTS,
    BY_UNIT,
    FACTORS,
    MOLAR_ENERGY,
    VECTORS,
    Group,
    Quantity,
    written,
)
from kantools.symbolic.units.dimension import PURE, Dimension

__all__ = ["Wanted", "anything", "argument", "coefficient", "monomial", "prefactor", "product", "share"]

#: Shares that are choices: of products beside a constant of nature, of arguments made of one, of products
#: looked for that have a known unit, of arguments with a function inside, of squares in
#: arguments, and of factors that multiply there.
NATURE, NATURAL_ARGUMENT, KNOWN_UNIT, NESTED, SQUARED, ABOVE = 0.4, 0.4, 0.8, 0.12, 0.1, 0.6
TRIES = 200
#: A term that has the dimension of the others needs no constant if its size is within this factor of theirs.
ALIKE = 10.0
#: Pure numbers in front of laws.
SIMPLE = ("1", "1", "1", "1/2", "2", "4", "1/3", "pi", "2*pi", "4*pi")
VALUES = {"1": 1.0, "1/2": 0.5, "2": 2.0, "4": 4.0, "1/3": 1 / 3, "pi": 3.14, "2*pi": 6.28, "4*pi": 12.6}
#: Exponents that are neither 1, 2, 3 nor 1/2, half of them decimals.
OTHERS = (Fraction(3, 2), Fraction(1, 3), Fraction(2, 3), Fraction(4))
DECIMALS = (0.25, 0.35, 0.4, 0.6, 0.7, 0.75, 0.8, 1.25, 1.3, 1.4, 1.6, 1.7, 1.8, 2.3, 2.4)
#: An argument in the middle of the table, in powers of ten.
ARGUMENT = (-0.3, 0.4)


#: Floats are constants of the law, as the exponents of empirical laws are; fractions are not.
Exponent = Fraction | float


@dataclass(frozen=True)
class Wanted:
    """The dimension and the size that a piece is to have, as one term beside others has.

    A ``bare`` one is a mere factor: it has no coefficient of its own.
    """

    unit: Dimension
    size: float
    bare: bool = False


def anything(draft: Draft, beside: Part = ONE) -> Wanted | None:
    """What times that part is a quantity of the theme; without units whatever comes."""
    if not draft.physical:
        return None
    quantity = draft.one_of(draft.theme)
    return Wanted(quantity.unit / beside.unit, sqrt(quantity.low * quantity.high) / beside.size)


def prefactor(draft: Draft, columns: int, wanted: Wanted | None, beside: Part = ONE) -> Part:
    """A coefficient times powers of so many new columns, which the part ``beside`` will be multiplied by."""
    group = _group(draft, FACTORS, columns) if beside.unit.pure else None
    if wanted is None and group is not None and draft.chance(NATURE):
        return _natural(draft, group)
    part = monomial(draft, columns, None if wanted is None else wanted.unit / beside.unit) if columns else ONE
    return times(coefficient(draft, times(part, beside), wanted), part)


def coefficient(draft: Draft, of: Part, wanted: Wanted | None) -> Part:
    """What stands in front: nothing or a pure number where that gives a known unit, else a constant."""
    if wanted is not None:
        return _scaling(draft, of, wanted)
    if written(of.unit) not in BY_UNIT and (target := anything(draft, of)) is not None:
        return draft.number(target.size, target.unit, 0.5)
    return _simple(draft, of) if of.text != "1" and draft.chance(0.5) else draft.number(1.0, PURE, 1.0)


def _scaling(draft: Draft, of: Part, wanted: Wanted) -> Part:
    if wanted.bare:
        return ONE
    alike = of.unit == wanted.unit and 1 / ALIKE < of.size / wanted.size < ALIKE
    if alike and draft.physical and of.text != "1":
        return _simple(draft, of)
    return draft.number(wanted.size / of.size, wanted.unit / of.unit, 0.4)


def _simple(draft: Draft, of: Part) -> Part:
    text = draft.one_of([s for s in SIMPLE if not (s.startswith("1/") and of.text.startswith("1/"))])
    return Part(text, PURE, VALUES[text], PRODUCT)


def monomial(draft: Draft, columns: int, unit: Dimension | None = None) -> Part:
    """Powers of so many new columns, if it can be of this dimension or else of a quantity's."""
    if not draft.physical:
        return product(_factor(draft, draft.column(), _exponent(draft)) for _ in range(columns))
    chosen = _chosen(draft, columns, unit)
    return product(_factor(draft, draft.of(quantity), exponent) for quantity, exponent in chosen)


def _factor(draft: Draft, column: Part, exponent: Exponent) -> tuple[Part, bool]:
    if isinstance(exponent, float):
        return power(column, draft.exactly(abs(exponent))), exponent > 0
    return power(column, abs(exponent)), exponent > 0


def _chosen(draft: Draft, columns: int, unit: Dimension | None) -> list[tuple[Quantity, Exponent]]:
    for _ in range(TRIES if draft.chance(KNOWN_UNIT) else 1):
        chosen = [(draft.one_of(draft.theme), _exponent(draft)) for _ in range(columns)]
        own = _unit(chosen)
        if own == unit or (unit is None and columns > 1 and written(own) in BY_UNIT):
            break
    return chosen


def _unit(factors: Iterable[tuple[Quantity, Exponent]]) -> Dimension:
    unit = PURE
    for quantity, exponent in factors:
        unit = unit * quantity.unit ** Fraction(exponent).limit_denominator(1000)
    return unit


def _exponent(draft: Draft) -> Exponent:
    text = draft.weighted(EXPONENTS)
    size = _other(draft) if text == "other" else Fraction(text)
    return -size if draft.chance(QUOTIENTS / (PRODUCTS + QUOTIENTS)) else size


def _other(draft: Draft) -> Fraction | float:
    return draft.one_of(DECIMALS) if draft.chance(0.5) else draft.one_of(OTHERS)


def product(factors: Iterable[tuple[Part, bool]]) -> Part:
    """A product of those factors that are True, divided by the others."""
    above, below = ONE, ONE
    for factor, multiplies in factors:
        above, below = (times(above, factor), below) if multiplies else (above, times(below, factor))
    return over(above, below)


def _group(draft: Draft, groups: tuple[Group, ...], columns: int) -> Group | None:
    at_hand = {written(q.unit) for q in draft.theme} | {written(MOLAR_ENERGY.unit)}
    fitting = [
        g
        for g in groups
        if len(g.factors) == columns and all(written(q.unit) in at_hand for q, _ in g.factors)
    ]
    return draft.one_of(fitting) if fitting else None


def _natural(draft: Draft, group: Group) -> Part:
    constant = draft.exactly(group.constant, group.unit), group.power > 0
    return product([constant, *((power(draft.of(q), abs(p)), p > 0) for q, p in group.factors)])


def argument(draft: Draft, columns: int, *among: Quantity) -> Part:
    """A pure number of order one made of so many new columns, the first of these: what functions take."""
    group = _group(draft, ARGUMENTS, columns)
    if group is not None and draft.chance(NATURAL_ARGUMENT):
        return _natural(draft, group)
    inner = _inner(draft, columns, among)
    size = 10 ** draft.rng.uniform(*ARGUMENT)
    if draft.chance(0.5) or "/" in inner.text:
        return times(draft.number(size / inner.size, PURE / inner.unit), inner)
    return over(inner, draft.number(inner.size / size, inner.unit))


def _inner(draft: Draft, columns: int, among: tuple[Quantity, ...]) -> Part:
    """A product with simple exponents, or, rarely, a function of one."""
    if columns >= 2 and draft.chance(NESTED):
        draft.nested = True
        return _distance(draft, columns)
    exponents = [2 if draft.chance(SQUARED) else 1 for _ in range(columns)]
    first = power(draft.column(*among), exponents[0])
    others = [(power(draft.column(), p), draft.chance(ABOVE)) for p in exponents[1:]]
    return product([(first, True), *others])


def _distance(draft: Draft, columns: int) -> Part:
    """``sqrt(x**2 + y**2)``, times the other columns."""
    x = draft.column(*VECTORS)
    y = draft.beside(x)
    distance = root(plus(power(x, 2), power(y, 2)))
    return product([(distance, True), *((draft.column(), True) for _ in range(columns - 2))])


def share(draft: Draft, columns: int) -> tuple[int, int]:
    """How many of the columns stand in a function, at least one, and how many in front of it."""
    inside = 1 + int(draft.rng.binomial(columns - 1, 0.4))
    return inside, columns - inside
