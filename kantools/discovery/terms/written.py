"""A sum of terms as an expression with a symbol for each constant, and a value for it to start from."""

from collections.abc import Callable, Iterator, Sequence
from math import atan2, hypot

import numpy as np
from sympy import Add, Expr, Mul, Symbol, sin

from kantools.discovery.terms.separable import Part
from kantools.discovery.terms.shortest import Short

__all__ = ["written"]


def written(
    short: Short, X: np.ndarray, columns: Sequence[Expr], names: Iterator[Symbol]
) -> tuple[Expr, dict[Symbol, float]]:
    """The expression and the values of its constants.

    Parameters
    ----------
    short : Short
    X : ndarray
        The rows that it was fitted to.
    columns : sequence of Expr
    names : iterator of Symbol
        For the constants.
    """
    start: dict[Symbol, float] = {}

    def constant(value: float) -> Symbol:
        name = next(names)
        start[name] = float(value)
        return name

    factors = iter(short.factors)
    terms = [constant(next(factors)) * Mul(*(columns[i] for i in term)) for term in short.sum.plain]
    for part in short.sum.parts:
        own = [next(factors) * part.special.size(X) for _ in part.columns]
        terms.append(_special(part, own, columns, constant))
    return Add(*terms), start


def _special(
    part: Part, factors: Sequence[float], columns: Sequence[Expr], constant: Callable[[float], Symbol]
) -> Expr:
    """A special term; sine and cosine together as a sine with a phase."""
    special = part.special
    inside = [constant(c) for c in special.constants]
    each = special.written(columns, inside)
    if len(factors) == 1:
        return constant(factors[0]) * each[part.columns[0]]
    phase = constant(atan2(factors[1], factors[0]))
    turned = each[0].replace(sin, lambda u: sin(u + phase))
    return constant(hypot(*factors)) * turned
