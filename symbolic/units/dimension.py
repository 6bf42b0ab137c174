"""Products of powers of independent quantities: dimensions, and units as well.

``kg*m/s**2`` is the mapping of ``kilogram`` to 1, ``meter`` to 1, ``second`` to -2. What the quantities are
is up to the caller: base units, units as the user wrote them, or constants whose dimension is not known yet.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

__all__ = ["PURE", "Dimension"]


@dataclass(frozen=True)
class Dimension:
    """A product of powers.

    Attributes
    ----------
    powers : mapping of hashable to Fraction
        The exponents that are not zero.

    Examples
    --------
    >>> metre, second = Dimension.of({"m": 1}), Dimension.of({"s": 1})
    >>> (metre / second**2) ** Fraction(1, 2) == Dimension.of({"m": Fraction(1, 2), "s": -1})
    True
    >>> (metre / metre).pure
    True
    """

    powers: Mapping[Hashable, Fraction] = field(default_factory=dict)

    @classmethod
    def of(cls, powers: Mapping[Hashable, Fraction | int]) -> "Dimension":
        """Without the exponents that are zero."""
        return cls({base: Fraction(power) for base, power in powers.items() if power})

    @property
    def pure(self) -> bool:
        """Whether it is that of a pure number."""
        return not self.powers

    def __getitem__(self, base: Hashable) -> Fraction:
        return self.powers.get(base, Fraction(0))

    def __mul__(self, other: "Dimension") -> "Dimension":
        return Dimension.of({base: self[base] + other[base] for base in {**self.powers, **other.powers}})

    def __pow__(self, power: Fraction | int) -> "Dimension":
        return Dimension.of({base: own * power for base, own in self.powers.items()})

    def __truediv__(self, other: "Dimension") -> "Dimension":
        return self * other**-1

    def without(self, base: Hashable) -> "Dimension":
        """The same with the power zero of one quantity."""
        return Dimension({b: power for b, power in self.powers.items() if b != base})


#: The dimension of a pure number.
PURE = Dimension()
