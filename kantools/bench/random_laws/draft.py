"""The columns and constants of a law that is being written, drawn as they are needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from math import log10, sqrt
from typing import TypeVar

import numpy as np

from kantools.bench.random_laws.part import Part
from kantools.bench.random_laws.quantities import Quantity
from kantools.symbolic.units.dimension import PURE, Dimension

__all__ = ["Column", "Draft"]

T = TypeVar("T")

#: Names of columns that are no physical quantities.
LETTERS = ("x", "y", "z", "u", "v", "w")
#: Decades of a range: at least half a one, 0.7 more on average, one in ten is wide, none has more than six.
NARROWEST, MEAN, WIDE, WIDEST = 0.5, 0.7, 0.1, 6.0
#: Middles of ranges of columns without a unit, in powers of ten.
MIDDLES = (-0.5, 1.0)


@dataclass(frozen=True)
class Column:
    """A column, what it is of, and its range."""

    name: str
    quantity: Quantity
    low: float
    high: float

    @property
    def unit(self) -> Dimension:
        return self.quantity.unit

    @property
    def part(self) -> Part:
        """The column as a piece of a formula."""
        return Part(self.name, self.unit, sqrt(self.low * self.high))


@dataclass
class Draft:
    """What has been drawn of a law so far.

    Attributes
    ----------
    rng : numpy Generator
    theme : tuple of Quantity
        What its columns may be; empty where they have no units.
    columns : list of Column
    constants : list of float
        The values of ``_0``, ``_1``, …
    nested : bool
        Whether a function, root or quotient stands inside of another one.
    """

    rng: np.random.Generator
    theme: tuple[Quantity, ...] = ()
    columns: list[Column] = field(default_factory=list)
    constants: list[float] = field(default_factory=list)
    nested: bool = False

    @property
    def physical(self) -> bool:
        """Whether its columns are quantities with units."""
        return bool(self.theme)

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return bool(self.rng.random() < probability)

    def one_of(self, choices: Sequence[T]) -> T:
        """One of these, all alike."""
        return choices[int(self.rng.integers(len(choices)))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of these, by weight."""
        ends = np.cumsum(list(weights.values()))
        place = int(np.searchsorted(ends, self.rng.random() * ends[-1], side="right"))
        return list(weights)[min(place, len(weights) - 1)]

    def number(self, size: float, unit: Dimension = PURE, spread: float = 0.0) -> Part:
        """A constant about so large, within a factor of ``10**spread``, of two or three digits."""
        drawn = size * 10 ** self.rng.uniform(-spread, spread)
        value = float(f"{drawn:.{1 + self.rng.integers(2)}e}")
        return self.exactly(value, unit)

    def exactly(self, value: float, unit: Dimension = PURE) -> Part:
        """A constant of this value."""
        self.constants.append(value)
        return Part(f"_{len(self.constants) - 1}", unit, value)

    def column(self, *among: Quantity) -> Part:
        """A new column: of the theme, and one of these quantities if the theme has some of them."""
        fitting = [q for q in among if q in self.theme]
        return self.of(self.one_of(fitting or self.theme) if self.physical else self._letter())

    def of(self, quantity: Quantity) -> Part:
        """A new column of this quantity."""
        return self._added(quantity, *self._range(quantity.low, quantity.high))

    def angle(self, quantity: Quantity) -> Part:
        """A new column that is an angle, among other columns with units or without."""
        return self._added(quantity, _tidy(quantity.low), _tidy(quantity.high))

    def beside(self, other: Part, *, below: bool = False) -> Part:
        """A new column of the same dimension and range, or of one that lies below that."""
        own = next(c for c in self.columns if c.name == other.text)
        width = own.high / own.low
        low, high = (own.low / width / 1.5, own.low / 1.5) if below else (own.low, own.high)
        return self._added(own.quantity, _tidy(low), _tidy(high))

    def again(self) -> Part:
        """A column that there is."""
        return self.one_of(self.columns).part

    def _letter(self) -> Quantity:
        middle = self.rng.uniform(*MIDDLES)
        return Quantity(LETTERS, PURE, 10 ** (middle - WIDEST / 2), 10 ** (middle + WIDEST / 2))

    def _range(self, low: float, high: float) -> tuple[float, float]:
        bottom, top = log10(low), log10(high)
        decades = self.rng.uniform(2, WIDEST) if self.chance(WIDE) else NARROWEST + self.rng.exponential(MEAN)
        decades = min(decades, WIDEST, top - bottom)
        start = bottom + (top - bottom - decades) * (self.rng.random() if self.physical else 0.5)
        return _tidy(10**start), _tidy(10 ** (start + decades))

    def _added(self, quantity: Quantity, low: float, high: float) -> Part:
        taken = {c.name for c in self.columns}
        free = [name for name in quantity.names if name not in taken]
        numbered = (name for k in count(3) if (name := f"{quantity.names[0]}{k}") not in taken)
        self.columns.append(Column(free[0] if free else next(numbered), quantity, low, high))
        return self.columns[-1].part


def _tidy(value: float) -> float:
    """Two digits, as people choose ranges.

    >>> _tidy(0.034567)
    0.035
    """
    return float(f"{value:.1e}")
