"""Whether rows resolve the oscillations of a formula: no more than half a turn from one row to the next.

``cos(1e15*x)`` goes through any rows, and so does ``exp(sin(127657/x))``: between two rows they turn so often
that what they do there is anybody's guess. As in sampling, a phase says something only where it turns by less
than half a period between neighbours. Neighbours of a phase in one column are the next rows along it; in
several columns, unless the phase is one number times something without numbers, those nearest in all of them.

Source: C. E. Shannon, "Communication in the presence of noise", *Proceedings of the IRE* 37 (1949) 10.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import sympy
from sympy import Expr, Float, Symbol, preorder_traversal

from kantools.symbolic.evaluate import compile_expression
from kantools.symbolic.trust.neighbours import neighbours

__all__ = ["is_resolved"]

Array = np.ndarray
PERIODS: dict[type, float] = {
    **dict.fromkeys((sympy.sin, sympy.cos, sympy.sec, sympy.csc), 2 * np.pi),
    **dict.fromkeys((sympy.tan, sympy.cot), np.pi),
}
MOST = 0.5  # share of the steps that may turn by more: rows at random are closer here and wider there


def is_resolved(expr: Expr, symbols: Sequence[Symbol], X: Array) -> bool:
    """Whether every phase turns by at most half a period between neighbouring rows, in most of the table.

    Parameters
    ----------
    expr : Expr
        With its numbers.
    symbols : sequence of Symbol
        Of the columns.
    X : ndarray, shape (rows, columns)

    Examples
    --------
    >>> from sympy import cos, exp, sin
    >>> t = Symbol("t")
    >>> hours = np.arange(24.0)[:, None]
    >>> [is_resolved(f, [t], hours) for f in (sin(0.26 * t), exp(cos(6.5 * t)), exp(t) * cos(1e15 * t))]
    [True, False, False]
    """
    return all(
        _steps(phase, symbols, X, period) <= MOST for phase, period in _phases(expr) if phase.free_symbols
    )


def _phases(expr: Expr) -> Iterator[tuple[Expr, float]]:
    """The argument of each periodic function, and the period."""
    for part in preorder_traversal(expr):
        if part.func in PERIODS:
            yield part.args[0], PERIODS[part.func]


def _steps(phase: Expr, symbols: Sequence[Symbol], X: Array, period: float) -> float:
    """Share of the steps between neighbours that are longer than half a period, or have no length."""
    value = np.asarray(compile_expression(phase, symbols).value(X), dtype=float)
    used = X[:, [k for k, s in enumerate(symbols) if s in phase.free_symbols]]
    if used.shape[1] > 1 and _is_one_number_times(phase):
        used = value[:, None]
    one, other = neighbours(used)
    return float(np.mean(~(np.abs(value[one] - value[other]) <= period / 2))) if len(one) else 0.0


def _is_one_number_times(phase: Expr) -> bool:
    """Whether it is ``a*u + b`` with nothing in ``u`` that could be fitted."""
    _, varying = phase.as_independent(*phase.free_symbols, as_Add=True)
    _, varying = varying.as_independent(*phase.free_symbols, as_Add=False)
    return not varying.atoms(Float)
