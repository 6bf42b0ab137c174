"""Down to the minimum of the squared residuals and to its last digits, and what it says of the constants."""

import numpy as np

from kantools.symbolic.evaluate import Program
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.fitting import weighed
from kantools.symbolic.fit.least_squares import least_squares
from kantools.symbolic.fit.settle import Settled, settle

__all__ = ["covariance", "finished", "freedom"]

Array = np.ndarray


def finished(program: Program, p: Array, data: Data, steps: int) -> Settled:
    """Down to the minimum of the squared residuals, errors of the inputs counted, and to its last digits.

    >>> from sympy import Symbol, exp
    >>> from kantools.symbolic.evaluate import compile_expression
    >>> from kantools.symbolic.fit.data import data_of
    >>> from kantools.table import Table
    >>> x = np.linspace(0.0, 2.0, 9)
    >>> data = data_of(Table(("x",), x[:, None], "y", np.exp(-2 * x)))
    >>> program = compile_expression(exp(-Symbol("b") * Symbol("x")), data.symbols, [Symbol("b")])
    >>> end = finished(program, np.array([1.0]), data, steps=100)
    >>> end.values.round(9).tolist(), end.certain
    ([2.0], True)
    """
    model, weight = weighed(program, data)
    near = least_squares(model, p, data.X, data.y, weight, max_iterations=steps).values
    return settle(model, near, data.X, data.y, weight)


def covariance(end: Settled, data: Data) -> Array:
    """``s² (JᵀWJ)⁻¹``; ``s² = rss/(n - p)``, or 1 where sigma is known.

    >>> from sympy import Symbol
    >>> from kantools.symbolic.evaluate import compile_expression
    >>> from kantools.symbolic.fit.data import data_of
    >>> from kantools.table import Table
    >>> x, y = np.arange(5.0), np.array([0.0, 1.1, 1.9, 3.1, 3.9])
    >>> data = data_of(Table(("x",), x[:, None], "y", y))
    >>> program = compile_expression(Symbol("b") * Symbol("x"), data.symbols, [Symbol("b")])
    >>> end = finished(program, np.array([1.0]), data, steps=100)
    >>> rss = np.sum((y - x * (x @ y) / (x @ x)) ** 2)
    >>> bool(np.isclose(covariance(end, data)[0, 0], rss / 4 / (x @ x)))
    True
    """
    return end.inverse * (1.0 if data.known else end.rss / freedom(end, data))


def freedom(end: Settled, data: Data) -> float:
    """``n - p``, the constants that are left open not counted.

    >>> from sympy import symbols
    >>> from kantools.symbolic.evaluate import compile_expression
    >>> from kantools.symbolic.fit.data import data_of
    >>> from kantools.table import Table
    >>> x, a, b = symbols("x a b")
    >>> X = np.arange(5.0)[:, None]
    >>> data = data_of(Table(("x",), X, "y", 2 * X[:, 0] + 1))
    >>> program = compile_expression(a + b * x, data.symbols, [a, b])
    >>> freedom(finished(program, np.ones(2), data, steps=100), data)
    3
    """
    return max(len(data.y) - end.rank, 1.0)
