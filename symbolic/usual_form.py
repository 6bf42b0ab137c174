"""A usual form: a curve of one column that people fit by name, and the numbers that they quote of it.

All that is numeric about a form is derived from one expression in ``x`` and its parameters. The linear ones
follow by least squares once the others are given; for each of the others a form says on which scale of the
column it lies (:class:`Scale`), and from that come first values that change with the units as they should::

    UsualForm("exponential decay", a * exp(-k * x), (a,), {k: Scale.RATE})
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from types import ModuleType

import numpy as np
from sympy import Expr, Symbol

from kantools.catalogue import Catalogue
from kantools.symbolic.evaluate import Program, compile_expression
from kantools.symbolic.primitive import ARGUMENT

__all__ = ["USUAL_FORMS", "Scale", "UsualForm"]

Array = np.ndarray
#: Each width, size and rate of a grid is so many times the one before.
RATIO = 1.6
#: Turns of a wave for each step between neighbouring frequencies, and rows that a turn takes on average.
TURN_STEP, ROWS_A_TURN = 0.5, 4
HALF_A_TURN = np.pi
ROWS_OF_A_PEAK = 4  # within twice its width of the centre: fewer could be made of any rows


class Scale(Enum):
    """On which scale of the column a parameter lies; its value says where first values come from."""

    PLACE = "a place on the column's axis: its quantiles, and even steps a little beyond its range"
    WIDTH = "a distance along the column: from that between a few rows to three times its range"
    RATE = "one over a distance along the column"
    SIZE = "a size of the column from zero: from a tenth of its small values to ten times its largest"
    FREQUENCY = "radians along the column, as fast as the rows resolve"
    DAMPING = "one over a distance along which a wave fades, from a tenth of the range to three times it"
    PHASE = "a quarter turn in four steps; the amplitude has a sign"
    EXPONENT = "an exponent, of both signs"
    STEEPNESS = "an exponent from a half to eight"

    @property
    def power(self) -> int:
        """The power of the column's unit that such a parameter has."""
        return _POWERS.get(self, 0)

    def values(self, x: Array) -> Array:
        """First values for the rows of a column, which has at least two different values.

        >>> Scale.SIZE.values(np.array([1.0, 2.0, 3.0])).round(2)[:3].tolist()
        [0.11, 0.18, 0.28]
        >>> seconds = np.arange(9.0)
        >>> bool(np.allclose(Scale.RATE.values(seconds), 1e3 * Scale.RATE.values(1e3 * seconds)))
        True
        """
        return _VALUES[self](x)


def _places(x: Array) -> Array:
    low, width = x.min(), np.ptp(x)
    return np.unique(np.concatenate([np.quantile(x, np.linspace(0, 1, 12)), low + width * STEPS]))


STEPS = np.linspace(-0.2, 1.2, 15)


def _widths(x: Array) -> Array:
    """From the distance that the densest tenth of the rows takes, or a hundredth of the range."""
    tenths = np.diff(np.quantile(x, np.linspace(0, 1, 11)))
    width = np.ptp(x)
    return _geometric(min(max(tenths.min() / 4, width / 1e4), width / 100), 3 * width)


def _sizes(x: Array) -> Array:
    size = np.abs(x[x != 0])
    return _geometric(float(np.quantile(size, 0.05)) / 10, 10 * float(size.max()))


def _geometric(low: float, high: float) -> Array:
    return np.geomspace(low, high, int(np.log(high / low) / np.log(RATIO)) + 2)


def _frequencies(x: Array) -> Array:
    turns = np.arange(TURN_STEP, max(len(x) / ROWS_A_TURN, 2 * TURN_STEP), TURN_STEP)
    return 2 * np.pi * np.append(TURN_STEP / 2, turns) / np.ptp(x)


_VALUES = {
    Scale.PLACE: _places,
    Scale.WIDTH: _widths,
    Scale.RATE: lambda x: 1 / _widths(x),
    Scale.SIZE: _sizes,
    Scale.FREQUENCY: _frequencies,
    Scale.DAMPING: lambda x: 1 / (np.ptp(x) * np.array([0.1, 0.3, 1.0, 3.0])),
    Scale.PHASE: lambda x: np.pi * np.arange(4) / 4,
    Scale.EXPONENT: lambda x: np.array([-3, -2, -1.5, -1, -0.5, -0.25, 0.25, 0.5, 0.75, 1.5, 2, 3, 4]),
    Scale.STEEPNESS: lambda x: np.array([0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0]),
}


_POWERS = {
    **dict.fromkeys((Scale.PLACE, Scale.WIDTH, Scale.SIZE), 1),
    **dict.fromkeys((Scale.RATE, Scale.FREQUENCY, Scale.DAMPING), -1),
}


@dataclass(frozen=True, eq=False)
class UsualForm:
    """A curve of one column that has a name.

    Attributes
    ----------
    name : str
        As people who fit it call it.
    template : Expr
        In ``x`` and the parameters.
    linear : tuple of Symbol
        The parameters that it is linear in, all together.
    inner : mapping of Symbol to Scale
        The other parameters, and on which scale of the column each lies.
    quoted : mapping of str to Expr
        What is quoted of it, in its parameters: ``{"half-life": log(2)/k}``.
    also : tuple of str
        Other names of the same form.
    positive : tuple of Symbol
        Parameters that are above zero by the meaning of its name: a decay has a positive rate.
    above_zero : bool
        Whether it is of a column above zero.
    at_zero : Expr or None
        The same curve, of a column above zero, as it is written where the column begins at zero; None where
        it has no value there.

    Examples
    --------
    >>> decay = USUAL_FORMS["exponential decay"]
    >>> decay.parameters, decay.quoted["half-life"]
    ((a, k), log(2)/k)
    """

    name: str
    template: Expr
    linear: tuple[Symbol, ...]
    inner: Mapping[Symbol, Scale] = field(default_factory=dict)
    quoted: Mapping[str, Expr] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    positive: tuple[Symbol, ...] = ()
    above_zero: bool = False
    at_zero: Expr | None = None

    @property
    def parameters(self) -> tuple[Symbol, ...]:
        return (*self.linear, *self.inner)

    @cached_property
    def program(self) -> Program:
        """The curve on arrays, its parameters in their order."""
        return compile_expression(self.template, [ARGUMENT], self.parameters)

    @cached_property
    def factors(self) -> tuple[Program, ...]:
        """What stands beside each linear parameter, as a function of ``x`` and the inner ones."""
        return tuple(compile_expression(self.template.diff(p), [ARGUMENT, *self.inner]) for p in self.linear)

    @cached_property
    def _from_zero(self) -> "UsualForm | None":
        return None if self.at_zero is None else replace(self, template=self.at_zero)

    def of(self, x: Array) -> "UsualForm | None":
        """The form as it is written for a column; None where it is of no such column.

        >>> hill = USUAL_FORMS["Hill"]
        >>> hill.of(np.array([1.0, 2.0])).template, hill.of(np.array([0.0, 1.0])).template
        (a/((k/x)**n + 1), a*x**n/(k**n + x**n))
        >>> hill.of(np.array([-1.0, 1.0])) is None
        True
        """
        if np.ptp(x) == 0:
            return None
        if not self.above_zero or x.min() > 0:
            return self
        return self._from_zero if x.min() == 0 else None

    def is_resolved(self, values: Array, x: Array) -> bool:
        """Whether the rows of a column show the curve: half a turn of a wave, a few rows of a peak."""
        scaled = dict(zip(self.inner.values(), np.abs(values[len(self.linear) :]), strict=True))
        if Scale.FREQUENCY in scaled and scaled[Scale.FREQUENCY] * np.ptp(x) < HALF_A_TURN:
            return False
        if not {Scale.PLACE, Scale.WIDTH} <= {*scaled}:
            return True
        place = values[len(self.linear) + [*self.inner.values()].index(Scale.PLACE)]
        return bool(np.count_nonzero(np.abs(x - place) < 2 * scaled[Scale.WIDTH]) >= ROWS_OF_A_PEAK)


def _of(module: ModuleType) -> Iterator[tuple[str, UsualForm]]:
    return ((form.name, form) for form in module.FORMS)


#: Every usual form there is, by name.
USUAL_FORMS: Catalogue[UsualForm] = Catalogue("usual form", "kantools.symbolic.forms", _of)
