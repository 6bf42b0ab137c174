"""A special term: a monomial times a shape of a monomial, with constants inside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

import numpy as np
from sympy import Expr, Mul

from kantools.discovery.terms.shapes import Shape, Values
from kantools.discovery.words.terms import Term

__all__ = ["Argument", "Special", "arguments", "monomial", "with_constants"]

Array = np.ndarray
Argument = tuple[int, ...]
"""The exponent of each column."""


@dataclass(frozen=True)
class Special:
    """``Π x_i · f(Π x_j^q; p)``.

    Attributes
    ----------
    factor : Term
        The columns in front, each as often as its power says.
    argument : Argument
    shape : Shape
    constants : tuple of float
    """

    factor: Term
    argument: Argument
    shape: Shape
    constants: tuple[float, ...]

    def values(self, X: Array) -> Values:
        """Columns and slopes at rows of the table's columns."""
        f, slopes = self.shape.values(argument(X, self.argument), np.array(self.constants))
        before = monomial(X, self.factor)
        return f * before, slopes * before

    def size(self, X: Array) -> float:
        """What the columns are beside those that are written."""
        return self.shape.size(argument(X, self.argument), np.array(self.constants))

    def written(self, columns: Sequence[Expr], constants: Sequence[Expr]) -> tuple[Expr, ...]:
        inside = Mul(*(c**q for c, q in zip(columns, self.argument, strict=True)))
        before = Mul(*(columns[i] for i in self.factor))
        return tuple(before * f for f in self.shape.written(inside, constants))


def monomial(X: Array, term: Term) -> Array:
    """A product of columns at each row.

    >>> monomial(np.array([[2.0, 3.0]]), (0, 1, 1)).tolist()
    [18.0]
    """
    return np.prod(X[:, list(term)], axis=1)


def argument(X: Array, exponents: Argument) -> Array:
    return np.prod([x**q for x, q in zip(X.T, exponents, strict=True) if q], axis=0)


def arguments(X: Array, shape: Shape) -> Iterator[Argument]:
    """What a shape is taken of: powers of each column that vary, products of two.

    >>> from kantools.discovery.terms.shapes import SHAPES
    >>> X = np.array([[1.0, -1.0], [2.0, 0.0]])
    >>> list(arguments(X, SHAPES[1]))
    [(1, 0), (2, 0), (-1, 0), (0, 1), (0, 2), (1, 1)]
    """
    columns = [i for i, x in enumerate(X.T) if np.ptp(x) > 0]
    unit = np.eye(X.shape[1], dtype=int)
    for i in columns:
        powers = (q for q in shape.powers if q > 0 or X[:, i].min() > 0)
        yield from (tuple((q * unit[i]).tolist()) for q in powers)
    if shape.joint:
        yield from (tuple((unit[i] + unit[j]).tolist()) for i, j in combinations(columns, 2))


def with_constants(specials: Sequence[Special], values: Array) -> tuple[Special, ...]:
    """The same terms with other constants, those of all of them in a row."""
    each = iter(values.tolist())
    return tuple(replace(s, constants=tuple(islice(each, len(s.constants)))) for s in specials)
