"""Reductions in whole numbers, without a prefactor."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from kantools.discovery.views.view import Reduction

__all__ = ["whole_numbers"]


def whole_numbers(kind: str, rows: Iterable[Sequence[int]], columns: int) -> Reduction:
    """One row of whole exponents, or coefficients, for each new column.

    >>> print(whole_numbers("sum", [(1, -1)], 2).groups)
    ((Fraction(1, 1), Fraction(-1, 1)),)
    """
    groups = tuple(tuple(Fraction(int(v)) for v in row) for row in rows)
    return Reduction(kind, groups, (Fraction(0),) * columns)
