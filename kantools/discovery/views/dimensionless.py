"""Dimensional analysis: what the units alone say of a law.

A law does not depend on the units it is written in, so the target is a monomial with its dimension times a
function of the dimensionless groups of the columns (E. Buckingham, Physical Review 4, 1914). The exponents of
both are the null space of the matrix of dimensions, in exact fractions. That every quantity at work is among
the columns is a hypothesis like any other: the reduced table decides.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
from sympy import Matrix, Rational

from kantools.discovery.verdict import Verdict
from kantools.discovery.views.groups import Row, pivoted, real, simplest
from kantools.discovery.views.view import UNCLIPPED, Reduction, View, reduced
from kantools.symbolic.units.dimension import Dimension
from kantools.symbolic.units.units import Units

__all__ = ["dimensionless", "dimensionless_views", "why_none"]


def dimensionless(units: Units, columns: Sequence[str], X: np.ndarray) -> tuple[Reduction, ...]:
    """Dimensionless groups and a prefactor with the target's dimension, the simplest choice first.

    Parameters
    ----------
    units : Units
    columns : sequence of str
    X : array, shape (rows, len(columns))
        Columns that change sign are not divided by.

    Returns
    -------
    tuple of Reduction
        Empty where the target's dimension cannot be made of those of the columns: a constant of nature is
        missing among them. Also where nothing would be gained, because all columns are pure numbers.

    Examples
    --------
    The period of a pendulum by its length, mass, amplitude, and gravity.

    >>> from kantools.symbolic.units.units import read_units
    >>> columns = ("length", "mass", "angle", "g")
    >>> units = {"length": "m", "mass": "kg", "angle": "rad", "g": "m/s**2", "period": "s"}
    >>> best = dimensionless(read_units(units, columns, "period"), columns, np.ones((1, 4)))[0]
    >>> [str(power) for power in best.prefactor], [[int(power) for power in row] for row in best.groups]
    (['1/2', '0', '0', '-1/2'], [[0, 0, 1, 0]])
    """
    d, rows = len(columns), _exponents(units, columns)
    if not any(row[d] for row in rows) or len(rows) == d + 1:
        return ()
    choices = (pivoted(rows, [*p, d]) for p in combinations(range(d), len(rows) - 1))
    offers = [Reduction("product", tuple(r[:d] for r in c[:-1]), c[-1][:d]) for c in choices if c is not None]
    return simplest([o for o in offers if real(o, X)])


def dimensionless_views(units: Units, view: View, *, noisy: bool) -> list[View]:
    """A view through its dimensionless groups, the simplest choice of them first.

    Dividing by the prefactor makes noise that is the same on every row differ by orders of magnitude. In
    noise the weights tell all of it; without, networks are better trained on weights that differ less.

    Parameters
    ----------
    units : Units
    view : View
        Of columns of the table, or of sums of columns that have the same unit.
    noisy : bool
    """
    columns = [min(map(str, c.free_symbols)) for c in view.columns]  # a sum has the unit of its terms
    wide = replace(view, clip=UNCLIPPED) if noisy else view
    choices = dimensionless(units, columns, view.rows.X)
    return [v for choice in choices if (v := reduced(wide, choice)) is not None]


def why_none(units: Units, columns: Sequence[str]) -> tuple[Verdict, str]:
    """Why there are no groups, and the same in words."""
    if any(row[-1] for row in _exponents(units, columns)):
        return Verdict.NOTHING_TO_GAIN, ""
    unit = units.units[units.target].text
    missing = Verdict.CONSTANT_MISSING
    return missing, f'{missing}: no product of powers of the columns is in "{unit}"'


def _exponents(units: Units, columns: Sequence[str]) -> list[Row]:
    """Groups, and with them the target divided by a monomial: its exponent is the last, and minus one."""
    known = [units.units[c].dimension for c in columns]
    return null_space([*known, units.units[units.target].dimension ** -1])


def null_space(dimensions: Sequence[Dimension]) -> list[Row]:
    """Exponents with which the dimensions multiply to that of a pure number: a basis."""
    bases = sorted({base for d in dimensions for base in d.powers}, key=str)
    if not bases:
        return [tuple(Fraction(int(i == k)) for i in range(len(dimensions))) for k in range(len(dimensions))]
    matrix = Matrix([[Rational(d[b].numerator, d[b].denominator) for d in dimensions] for b in bases])
    return [tuple(Fraction(int(q.p), int(q.q)) for q in vector) for vector in matrix.nullspace()]
