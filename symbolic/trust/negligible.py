"""Terms that no single measurement could show: they change every value by less than the noise.

A search keeps a term that pays over all rows together; with many rows that may be a term of a tenth of the
noise. Whoever uses the formula to predict single measurements can leave it out. Which terms these are is told
here; nothing is dropped by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sympy import Add, Expr, preorder_traversal

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.fit.data import Data, data_of
from kantools.table import Table

__all__ = ["Negligible", "negligible_terms"]


@dataclass(frozen=True)
class Negligible:
    """A term that could go.

    Attributes
    ----------
    term : Expr
    inside : Expr
        The sum that it is a term of.
    effect : float
        The largest change of the formula's value on any row if it goes, in standard deviations of the noise
        there. The other constants stay as they are; fitted again they can make up for part of it.
    without : Expr
        The formula's expression without the term.
    """

    term: Expr
    inside: Expr
    effect: float
    without: Expr


def negligible_terms(
    expression: Expr, table: Table, constants: int, below: float = 1.0
) -> tuple[Negligible, ...]:
    """What :meth:`kantools.symbolic.formula.Formula.negligible` tells.

    Parameters
    ----------
    expression : Expr
        With its numbers, in symbols named like the columns.
    table : Table
        What it was fitted to, in the order of its columns.
    constants : int
        How many numbers were fitted; they take degrees of freedom from the noise.
    below : float
        In standard deviations of the noise.

    Examples
    --------
    >>> from sympy import symbols
    >>> x = symbols("x")
    >>> X = np.linspace(1, 2, 50)
    >>> table = Table(("x",), X[:, None], "y", 3 * X + 0.1 * np.sin(99 * X))
    >>> [found.term for found in negligible_terms(3 * x + 0.01 * x**2, table, constants=2)]
    [0.01*x**2]
    """
    data = data_of(table)
    value = compile_expression(expression, data.symbols).value(data.X)
    noise = _noise(data, value, constants)
    found = []
    for term, inside, without in _left_out(expression):
        change = np.abs(value - compile_expression(without, data.symbols).value(data.X))
        effect = _largest(change, noise)
        if effect < below:
            found.append(Negligible(term, inside, effect, without))
    return tuple(sorted(found, key=lambda n: n.effect))


def _noise(data: Data, value: np.ndarray, constants: int) -> np.ndarray:
    """Standard deviation of a measurement, shape (rows,)."""
    if data.known:
        return 1 / np.sqrt(data.weight)
    freedom = max(len(data.y) - constants, 1)
    return np.sqrt(np.sum(data.weight * (data.y - value) ** 2) / freedom / data.weight)


def _left_out(expression: Expr) -> Iterator[tuple[Expr, Expr, Expr]]:
    """Every term of every sum, the sum, and the expression without the term."""
    sums = dict.fromkeys(node for node in preorder_traversal(expression) if isinstance(node, Add))
    for inside in sums:
        for term in inside.args:
            rest = Add(*(other for other in inside.args if other is not term))
            yield term, inside, expression.xreplace({inside: rest})


def _largest(change: np.ndarray, noise: np.ndarray) -> float:
    """Infinite where the formula is not real without the term."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(change > 0, change / noise, np.where(np.isnan(change), np.inf, 0.0))
    return float(ratio.max())
