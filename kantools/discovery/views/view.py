"""A view: the table as its symmetries leave it.

A law that does not change when two lengths grow together depends on their ratio alone; one that depends on
two positions only through their distance has one input fewer. A view holds the columns that are left, as
expressions in the table's own, and what the target is divided by. Structure is looked for in views;
formulas always go back to the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from sympy import Add, Expr, Integer, Mul, Rational, Symbol

from kantools.activation import Activations
from kantools.discovery.views.rows import Rows
from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.data import Data
from kantools.symbolic.primitive import Primitive

__all__ = [
    "LEFT",
    "RIGHT",
    "UNCLIPPED",
    "Reduction",
    "View",
    "ViewKey",
    "bent",
    "joined",
    "reduced",
    "whole_table",
]

Array = np.ndarray
CLIP = 100.0  # weights in a view vary by no more than this factor around their median
UNCLIPPED = 1e12
FARTHEST = 1e12
WIDE, SKEWED = 4.0, 1.2  # range and asymmetry from which a column is better seen by its logarithm
ONE = Integer(1)
LEFT, RIGHT = Symbol("left"), Symbol("right")  # two columns in an expression that joins them


@dataclass(frozen=True)
class Reduction:
    """Fewer inputs that say as much.

    Attributes
    ----------
    kind : {"product", "sum"}
        Whether each new column is a product of powers of the old ones, or a sum of multiples.
    groups : tuple of tuple of Fraction
        One row of exponents, or coefficients, for each new column.
    prefactor : tuple of Fraction
        The exponents of the monomial that the target is divided by.
    """

    kind: str
    groups: tuple[tuple[Fraction, ...], ...]
    prefactor: tuple[Fraction, ...]

    @property
    def size(self) -> int:
        """How much there is to write down."""
        numbers = [q for row in (*self.groups, self.prefactor) for q in row]
        return sum(abs(q.numerator) + 2 * (q.denominator - 1) for q in numbers)


@dataclass(frozen=True)
class ViewKey:
    """What tells one view from another; how it is written does not say how its rows are weighed."""

    columns: tuple[Expr, ...]
    prefactor: Expr
    clip: float


@dataclass(frozen=True)
class View:
    """A table with as many inputs as its symmetries leave.

    Attributes
    ----------
    columns : tuple of Expr
        What each input is in the table's columns.
    rows : Rows
        The numbers, the target divided by the prefactor, the weights as they count for the target itself.
    prefactor : Expr
        ``target = prefactor * (target of the view)``.
    clip : float
        By how much the weights of this view, and of those made from it, may differ from their median.
    """

    columns: tuple[Expr, ...]
    rows: Rows
    prefactor: Expr = ONE
    clip: float = CLIP

    @property
    def key(self) -> ViewKey:
        return ViewKey(self.columns, self.prefactor, self.clip)

    @property
    def inputs(self) -> int:
        return len(self.columns)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(str(c) for c in self.columns)

    @property
    def single(self) -> frozenset[Symbol]:
        """The columns where all are the table's own; none where they are made of these."""
        own = self.prefactor == 1 and all(c.is_Symbol for c in self.columns)
        return frozenset(self.columns if own else ())

    @cached_property
    def logs(self) -> Array:
        """The columns that networks see by their logarithm: positive ones with a long upper tail.

        Products and quotients crowd at small values; curves over them want knots there.
        """
        return np.array([_skewed(x) for x in self.rows.X.T], dtype=bool)

    @cached_property
    def seen(self) -> Rows:
        """The rows as networks see them."""
        X = self.rows.X
        return replace(self.rows, X=np.where(self.logs, np.log(np.where(self.logs, X, 1.0)), X))

    def unseen(self, activations: Activations) -> Activations:
        """Curves over the view's columns, from those that a network has over their logarithms."""
        edges = tuple(
            replace(a, x=np.exp(a.x)) if a.edge.layer == 0 and self.logs[a.edge.source] else a
            for a in activations.edges
        )
        return replace(activations, edges=edges)

    def lift(self, expr: Expr) -> Expr:
        """From the view's target to the table's."""
        return self.prefactor * expr

    def __str__(self) -> str:
        target = "y" if self.prefactor == 1 else f"y/({self.prefactor})"
        return f"{target} of {', '.join(self.names)}"


def _skewed(x: Array) -> bool:
    low, middle, high = np.quantile(x, [0.05, 0.5, 0.95])
    return bool(low > 0 and x.min() > 0 and high > WIDE * low and high - middle > SKEWED * (middle - low))


def whole_table(data: Data, rows: Rows) -> View:
    """The view that hides nothing."""
    return View(data.symbols, rows)


def reduced(view: View, reduction: Reduction) -> View | None:
    """The view through a reduction; None where its numbers would not be finite."""
    old = view.rows
    with np.errstate(all="ignore"):
        if reduction.kind == "sum":
            X = old.X @ np.array(reduction.groups, dtype=float).reshape(-1, view.inputs).T
        else:
            X = np.array([_monomial(old.X, row) for row in reduction.groups]).reshape(-1, len(old.y)).T
        factor = _monomial(old.X, reduction.prefactor)
        y, weight = old.y / factor, old.weight * factor**2
    if not _finite(X, y, weight):
        return None
    middle = np.median(weight)
    weight = np.clip(weight, middle / view.clip, middle * view.clip)
    variance = old.variance * float(old.weight.mean() / weight.mean())
    join = _sum if reduction.kind == "sum" else _product
    columns = tuple(join(view.columns, row) for row in reduction.groups)
    prefactor = view.prefactor * _product(view.columns, reduction.prefactor)
    return View(columns, Rows(X, y, weight, variance), prefactor, view.clip)


def joined(view: View, pair: tuple[int, int], expr: Expr) -> View | None:
    """The view with an expression of two columns in their place; None where it is not finite.

    Parameters
    ----------
    view : View
    pair : tuple of int
        The columns that ``LEFT`` and ``RIGHT`` stand for.
    expr : Expr
    """
    values = compile_expression(expr, [LEFT, RIGHT]).value(view.rows.X[:, pair])
    rest = [k for k in range(view.inputs) if k not in pair]
    X = np.column_stack([view.rows.X[:, rest], values])
    if not _finite(X):
        return None
    left, right = (view.columns[k] for k in pair)
    written = expr.subs({LEFT: left, RIGHT: right}, simultaneous=True)
    return replace(view, columns=(*(view.columns[k] for k in rest), written), rows=replace(view.rows, X=X))


def bent(view: View, column: int, function: Primitive) -> View | None:
    """The view with a function of one column in its place; None outside of the function's domain."""
    low, high = function.domain
    x = view.rows.X[:, column]
    if not low < x.min() <= x.max() < high:
        return None
    X = view.rows.X.copy()
    X[:, column] = function.value.on(x)
    columns = tuple(function(c) if k == column else c for k, c in enumerate(view.columns))
    return replace(view, columns=columns, rows=replace(view.rows, X=X)) if _finite(X) else None


def _monomial(X: Array, exponents: Sequence[Fraction]) -> Array:
    value = np.ones(len(X))
    for column, q in zip(X.T, exponents, strict=True):
        if q:
            value = value * (column ** int(q) if q.denominator == 1 else column ** float(q))
    return value


def _finite(*arrays: Array) -> bool:
    return all(np.isfinite(a).all() and np.abs(a).max(initial=0) < FARTHEST for a in arrays)


def _product(columns: Sequence[Expr], exponents: Sequence[Fraction]) -> Expr:
    return Mul(*(c ** Rational(q.numerator, q.denominator) for c, q in zip(columns, exponents, strict=True)))


def _sum(columns: Sequence[Expr], coefficients: Sequence[Fraction]) -> Expr:
    terms = (c * Rational(q.numerator, q.denominator) for c, q in zip(columns, coefficients, strict=True))
    return Add(*terms)
