"""What physical columns are: quantities with names, units and usual sizes; constants of nature among them.

Sizes are those of a laboratory, and are choices. A constant stands beside the columns that it stands beside
in physics, in ranges where both matter; its value is CODATA's (:mod:`scipy.constants`).
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import pi

from scipy import constants as nature

from kantools.symbolic.units.dimension import Dimension

__all__ = [
    *(
        "ALONG",
        "ANGLE",
        "ARGUMENTS",
        "BY_UNIT",
        "FACTORS",
        "FADING",
        "LOGARITHMIC",
        "MOLAR_ENERGY",
        "RESONANT",
        "SATURATING",
    ),
    *("PARALLEL", "SPEED", "THEMES", "TURN", "VECTORS", "Group", "Quantity", "dimension", "written"),
]


def dimension(text: str) -> Dimension:
    """A dimension from base units with their exponents.

    >>> written(dimension("kg m2 s-2"))
    'kg*m**2/s**2'
    """
    powers = re.findall(r"([a-zA-Z]+)(-?\d*)", text)
    return Dimension.of({base: int(power or 1) for base, power in powers})


def written(unit: Dimension) -> str:
    """A dimension as pint reads it; ``"1"`` for a pure number."""
    above = "*".join(_power(b, p) for b, p in sorted(unit.powers.items(), key=str) if p > 0)
    below = "*".join(_power(b, -p) for b, p in sorted(unit.powers.items(), key=str) if p < 0)
    divided = f"/({below})" if "*" in below.replace("**", "") else f"/{below}"
    return (above or "1") + (divided if below else "")


def _power(base: object, power: Fraction) -> str:
    if power == 1:
        return str(base)
    return f"{base}**{power}" if power.denominator == 1 else f"{base}**{float(power):.6g}"


@dataclass(frozen=True)
class Quantity:
    """What a column may hold.

    Attributes
    ----------
    names : tuple of str
        Of its columns; the first that is free is taken.
    unit : Dimension
    low, high : float
        Its usual sizes.
    """

    names: tuple[str, ...]
    unit: Dimension
    low: float
    high: float


def _quantity(names: str, unit: str, low: float, high: float) -> Quantity:
    return Quantity(tuple(names.split()), dimension(unit), low, high)


LENGTH = _quantity("L d h r x w", "m", 1e-3, 1e3)
TIME = _quantity("t tau t1 t2", "s", 1e-3, 1e4)
MASS = _quantity("m M m1 m2", "kg", 1e-2, 1e3)
TEMPERATURE = _quantity("T T1 T2", "K", 100, 3000)
CURRENT = _quantity("I I1 I2", "A", 1e-3, 1e2)
AMOUNT = _quantity("n n1 n2", "mol", 1e-2, 1e2)
SPEED = _quantity("v u v1 v2", "m s-1", 1e-1, 1e3)
ACCELERATION = _quantity("a a1 a2", "m s-2", 1e-1, 1e2)
FORCE = _quantity("F F1 F2", "kg m s-2", 1e-2, 1e4)
ENERGY = _quantity("E W E1 E2", "kg m2 s-2", 1e-2, 1e5)
POWER = _quantity("P P1 P2", "kg m2 s-3", 1e-2, 1e5)
PRESSURE = _quantity("p p1 p2", "kg m-1 s-2", 1e2, 1e7)
VOLTAGE = _quantity("U U1 U2", "kg m2 s-3 A-1", 1e-2, 1e4)
RESISTANCE = _quantity("R R1 R2", "kg m2 s-3 A-2", 1e0, 1e6)
CAPACITANCE = _quantity("C C1 C2", "A2 s4 kg-1 m-2", 1e-9, 1e-3)
CHARGE = _quantity("q Q q1 q2", "A s", 1e-9, 1e-3)
AREA = _quantity("A S A1 A2", "m2", 1e-4, 1e2)
VOLUME = _quantity("V V1 V2", "m3", 1e-6, 1e2)
DENSITY = _quantity("rho rho1 rho2", "kg m-3", 1e-1, 1e4)
FREQUENCY = _quantity("f f1 f2", "s-1", 1e-1, 1e5)
CONCENTRATION = _quantity("c c1 c2", "mol m-3", 1e-3, 1e3)
VISCOSITY = _quantity("eta eta1 eta2", "kg m-1 s-1", 1e-4, 1e1)
FIELD = _quantity("B B1 B2", "kg s-2 A-1", 1e-3, 1e1)
STIFFNESS = _quantity("k k1 k2", "kg s-2", 1e-1, 1e4)
ANGLE = _quantity("theta phi alpha beta", "", 0.2, 1.4)
TURN = _quantity("theta phi alpha beta", "", 0.3, 3.1)

#: Fields of physics, and the quantities that their laws are made of.
THEMES = (
    (LENGTH, TIME, MASS, SPEED, ACCELERATION, FORCE, ENERGY, POWER, FREQUENCY, STIFFNESS),
    (LENGTH, SPEED, PRESSURE, AREA, VOLUME, DENSITY, VISCOSITY, FORCE, TIME),
    (TEMPERATURE, PRESSURE, VOLUME, AMOUNT, ENERGY, POWER, AREA, TIME, MASS, LENGTH),
    (VOLTAGE, CURRENT, RESISTANCE, CAPACITANCE, CHARGE, ENERGY, POWER, TIME, FREQUENCY, FIELD, LENGTH),
    (CONCENTRATION, TEMPERATURE, TIME, AMOUNT, VOLUME, PRESSURE, AREA, LENGTH),
)
#: What oscillations go along, what things fade along, what a process is saturated by, what resonates, what
#: logarithms are taken of, what has a direction, and what is added as resistors and lenses are.
ALONG = (TIME, TIME, LENGTH)
FADING = (TIME, TIME, LENGTH, LENGTH, TEMPERATURE, VOLTAGE, CONCENTRATION)
SATURATING = (CONCENTRATION, CONCENTRATION, PRESSURE, FIELD, VOLTAGE, TIME, TEMPERATURE, FREQUENCY, SPEED)
RESONANT = (FREQUENCY, FREQUENCY, ENERGY, LENGTH, FIELD)
LOGARITHMIC = (PRESSURE, CONCENTRATION, TEMPERATURE, VOLUME, TIME, LENGTH, CURRENT)
VECTORS = (LENGTH, LENGTH, SPEED, FORCE, ACCELERATION, FIELD)
PARALLEL = (RESISTANCE, CAPACITANCE, STIFFNESS, LENGTH)

#: Dimension, as it is written → the quantity that has it.
BY_UNIT = {written(q.unit): q for theme in THEMES for q in theme}


@dataclass(frozen=True)
class Group:
    """A constant of nature and the columns it stands beside.

    Attributes
    ----------
    constant : float
        Its number, with what else the formula multiplies it by, to the six digits that people write.
    unit : Dimension
        Of the constant.
    power : int
        1 where it multiplies the columns, -1 where it divides them.
    factors : tuple of (Quantity, int)
        The columns and their exponents, each with its range here.
    """

    constant: float
    unit: Dimension
    factors: tuple[tuple[Quantity, int], ...]
    power: int = 1


def _beside(
    constant: float, unit: str, *factors: tuple[Quantity, int, float, float], power: int = 1
) -> Group:
    placed = tuple((Quantity(q.names, q.unit, low, high), p) for q, p, low, high in factors)
    return Group(float(f"{constant:.6g}"), dimension(unit), placed, power)


h, c, k, e = nature.h, nature.c, nature.k, nature.e
COULOMB = 1 / (4 * pi * nature.epsilon_0)
WAVELENGTH = Quantity(("lambd", "lambd1"), LENGTH.unit, 1e-7, 1e-4)
MOLAR = "kg m2 s-2 K-1 mol-1"
MOLAR_ENERGY = Quantity(("E_a", "E_b"), dimension("kg m2 s-2 mol-1"), 5e3, 1e5)

#: Groups that are factors of a product.
FACTORS = (
    _beside(nature.R, MOLAR, (AMOUNT, 1, 0.1, 10), (TEMPERATURE, 1, 200, 600), (VOLUME, -1, 1e-3, 1)),
    _beside(nature.g, "m s-2", (MASS, 1, 0.1, 100), (LENGTH, 1, 0.1, 100)),
    _beside(nature.g, "m s-2", (DENSITY, 1, 100, 2000), (LENGTH, 1, 0.1, 100)),
    _beside(nature.G, "m3 kg-1 s-2", (MASS, 1, 1e22, 1e30), (MASS, 1, 1e20, 1e27), (LENGTH, -2, 1e8, 1e12)),
    _beside(
        COULOMB, "kg m3 s-4 A-2", (CHARGE, 1, 1e-9, 1e-5), (CHARGE, 1, 1e-9, 1e-5), (LENGTH, -2, 0.01, 1)
    ),
    _beside(h, "kg m2 s-1", (FREQUENCY, 1, 1e11, 1e17)),
    _beside(h * c, "kg m3 s-2", (WAVELENGTH, -1, 1e-7, 1e-4)),
    _beside(c**2, "m2 s-2", (MASS, 1, 1e-30, 1e-26)),
    _beside(nature.sigma, "kg s-3 K-4", (AREA, 1, 0.01, 10), (TEMPERATURE, 4, 250, 3000)),
    _beside(nature.mu_0 / (2 * pi), "kg m s-2 A-2", (CURRENT, 1, 0.1, 100), (LENGTH, -1, 1e-3, 1)),
    _beside(e / (2 * pi), "A s", (FIELD, 1, 1e-2, 10), (MASS, -1, 1e-30, 1e-26)),
    _beside(nature.epsilon_0, "A2 s4 kg-1 m-3", (AREA, 1, 1e-4, 1), (LENGTH, -1, 1e-5, 1e-2)),
    _beside(
        k / (6 * pi),
        "kg m2 s-2 K-1",
        (TEMPERATURE, 1, 250, 400),
        (VISCOSITY, -1, 1e-4, 1),
        (LENGTH, -1, 1e-9, 1e-6),
    ),
)

#: Groups that are pure numbers of order one: what functions take.
ARGUMENTS = (
    _beside(k, "kg m2 s-2 K-1", (ENERGY, 1, 2e-21, 5e-20), (TEMPERATURE, -1, 200, 2000), power=-1),
    _beside(nature.R, MOLAR, (MOLAR_ENERGY, 1, 2e3, 5e4), (TEMPERATURE, -1, 250, 1500), power=-1),
    _beside(h / k, "s K", (FREQUENCY, 1, 1e12, 1e14), (TEMPERATURE, -1, 50, 2000)),
    _beside(h * c / k, "m K", (WAVELENGTH, -1, 2e-6, 1e-4), (TEMPERATURE, -1, 100, 2000)),
    _beside(e / k, "A s3 K kg-1 m-2", (VOLTAGE, 1, 0.01, 0.2), (TEMPERATURE, -1, 200, 600)),
)
