"""Constants that a formula has without writing them, because of the units of its columns.

``S/(S + 1)`` has no constant in it, and with ``S`` in other units it is ``S/(S + 0.001)``: the law has two
constants, a scale of ``S`` and one of the target, which the units happen to make 1. What a law costs must not
depend on that. Every formula stands for all those that other units would make of it, ::

    μ f(λ_1 x_1, …, λ_k x_k),

and what changes with a ``λ`` or ``μ`` without changing with a constant that is written is a constant, too: it
costs its digits and two symbols, like any other. A column that is far from 0 beside its width, like a year,
has a zero that somebody chose: moving it is one more such change.

Or the units are those in which the law has no constants, as in tables that were made from a formula; then
all of them are 1 for little. That is told once for the table, and rarely true.
"""

import numpy as np

from kantools.symbolic.evaluate import Program
from kantools.symbolic.fit.data import Data
from kantools.symbolic.fit.far import FAR
from kantools.symbolic.whole.directions import directions

__all__ = ["hidden_constants", "price_of_units"]

Array = np.ndarray
#: Rows that show how a formula changes with the units.
ROWS = 200
#: Share of a change's power that is rounding error, and of the changes by constants that are nearly alike.
NOTHING, ALIKE = 1e-10, 1e-12
#: Nats to say that the units are natural ones: 1 table in 1,000.
NATURAL = 7.0
#: Nats to say that one more constant is 1 there: one of two.
ONE = float(np.log(2))


def hidden_constants(program: Program, values: Array, data: Data, noise: float) -> Array:
    """How well the data determine each unwritten constant: squared size over squared error.

    The eigenvalues of ``HᵀWH / s²``, where ``H`` are the columns ``f``, ``x_j ∂f/∂x_j`` and, for columns far
    from 0, ``width_j ∂f/∂x_j``, without what the derivatives by the constants make of them.

    Parameters
    ----------
    program : Program
    values : ndarray, shape (constants,)
    data : Data
    noise : float
        Variance of a weighted residual, ``s²``.

    Examples
    --------
    >>> from sympy import symbols
    >>> from kantools.symbolic.evaluate import compile_expression
    >>> x, a, b = symbols("x a b")
    >>> rows = Data(("x",), np.linspace(0.1, 3, 50)[:, None], np.ones(50), np.ones(50))
    >>> def hidden(law, **constants):
    ...     found = compile_expression(law, [x], list(symbols(list(constants))))
    ...     return int((hidden_constants(found, np.array(list(constants.values())), rows, 1e-6) > 1).sum())
    >>> hidden(x / (x + 1)), hidden(a * x / (x + 1), a=1.0), hidden(a * x / (x + b), a=1.0, b=1.0)
    (2, 1, 0)
    >>> hidden(x**2), hidden(x**2 + x), hidden(a * x**2 + b * x, a=1.0, b=1.0)
    (1, 2, 0)
    """
    rows = data.thinned(ROWS)
    value, J, by_column = program.slopes(rows.X, values)
    spread = rows.X.std(axis=0)
    far = np.abs(rows.X.mean(axis=0)) > FAR * spread
    H = np.column_stack([value, rows.X * by_column, (spread * by_column)[:, far]])
    root = np.sqrt(rows.weight * len(data.y) / len(rows.y) / noise)[:, None]
    H, J = H * root, J * root
    if not (np.isfinite(H).all() and np.isfinite(J).all()):
        return np.zeros(0)
    size = float((H**2).sum(axis=0).max(initial=0.0))
    if not size < np.inf:
        return np.zeros(0)
    written = directions(J, ALIKE)
    H = H - written @ (written.T @ H)
    found = np.linalg.eigvalsh(H.T @ H)
    return found[found > NOTHING * size]


def price_of_units(hidden: Array, nats_a_symbol: float, *, computed: bool = False) -> float:
    """Nats of the constants that are not written: as decimals, or as ones because the units are natural.

    A constant that the data leave open costs nothing: the price of one with ``λ`` times its error squared is
    ``½ ln(1 + λ)``, and that of its symbols in the share ``λ/(1 + λ)``. A table that is known to be computed
    from a formula has the formula's units; nothing measured lies on a law to the last digit of a float.
    """
    share = hidden / (1 + hidden)
    decimals = 0.5 * np.log1p(hidden) + share * (1 + 2 * nats_a_symbol)
    return float(min(decimals.sum(), (0.0 if computed else NATURAL) + ONE * share.sum()))
