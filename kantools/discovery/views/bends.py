"""Functions that a column may count through by itself: sine, cosine, exponential.

Polynomials see logarithms and powers anyway.
"""

from collections.abc import Iterator, Sequence

from kantools.discovery.views.view import View, bent
from kantools.symbolic.primitive import Primitive

__all__ = ["BENDS", "bent_views"]

BENDS = ("sin", "cos", "exp")


def bent_views(view: View, primitives: Sequence[Primitive]) -> Iterator[View]:
    """The view with such a function of one column in its place, for each column and each allowed function."""
    functions = [p for p in primitives if p.inner and p.name in BENDS]
    views = (bent(view, column, function) for column in range(view.inputs) for function in functions)
    return (v for v in views if v is not None)
