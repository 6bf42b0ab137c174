"""Whether two formulas are the same but for their constants, by fitting one to the curve of the other."""

import numpy as np

from kantools.symbolic.evaluate import Program, column_symbols, compile_expression
from kantools.symbolic.fit.least_squares import least_squares
from kantools.symbolic.formula import Formula

__all__ = ["SAME", "becomes", "determined", "drawn_by", "fit", "relative", "sizes"]

Array = np.ndarray
SAME = 1e-6  # relative difference below which two curves are the same function
POORLY_KNOWN = 1e-10  # of the scaled information matrix's eigenvalues: constants that cannot be told apart
NO_EFFECT = 10 * SAME  # of a constant: doubling it changes the curve by less than this share


def drawn_by(law: Program, start: Array, X: Array, curve: Array) -> tuple[float, Array]:
    """How close a law comes to a curve with all its constants free, and with which.

    The relative difference is infinite where a constant of the law is left undetermined: a mere number is
    not an exponential.

    Examples
    --------
    >>> import sympy
    >>> x, a, k = sympy.symbols("x a k")
    >>> law, X = compile_expression(a * sympy.exp(-k * x), [x], [a, k]), np.linspace(0, 2, 9)[:, None]
    >>> difference, values = drawn_by(law, np.ones(2), X, 3 * np.exp(-2 * X[:, 0]))
    >>> difference < SAME, values.round(6).tolist()
    (True, [3.0, 2.0])
    >>> drawn_by(law, np.ones(2), X, np.full(9, 3.0))[0]
    inf
    """
    values = fit(law, start, X, curve, np.ones(len(X)))
    if not determined(law.jacobian(X, values)[1] * values, curve):
        return np.inf, values
    return relative(law.value(X, values), curve), values


def becomes(formula: Formula, X: Array, truth: Array, most: int) -> tuple[float, Array]:
    """How close a formula comes to a law with all its constants free, and with which.

    Parameters
    ----------
    formula : Formula
    X : ndarray, shape (rows, columns)
    truth : ndarray, shape (rows,)
        What the law gives there.
    most : int
        Constants that it may have: a long one can bend to anything.
    """
    if not formula.constants or len(formula.constants) > most:
        return np.nan, np.array([])
    symbols = [c.symbol for c in formula.constants]
    program = compile_expression(formula.template, column_symbols(formula.columns), symbols)
    start = np.array([c.value for c in formula.constants])
    values = fit(program, start, X, truth, np.ones(len(X)))
    return relative(program.value(X, values), truth), values


def fit(program: Program, start: Array, X: Array, y: Array, weight: Array) -> Array:
    """The constants that bring the program closest to ``y``."""
    if not len(start) or not np.isfinite(y).all():
        return start
    return least_squares(program, start, X, y, weight, max_iterations=500).values


def relative(one: Array, other: Array) -> float:
    """Root mean square difference over root mean square."""
    return float(np.linalg.norm(one - other) / np.linalg.norm(other))


def sizes(J: Array) -> Array:
    """Norm of every column, 1 for one that vanishes."""
    norms = np.linalg.norm(J, axis=0)
    return np.where(norms > 0, norms, 1.0)


def determined(J: Array, curve: Array) -> bool:
    """Whether every constant has an effect of its own; J has the changes of the curve as each one doubles."""
    if not J.size:
        return True
    if not np.isfinite(J).all() or (np.linalg.norm(J, axis=0) < NO_EFFECT * np.linalg.norm(curve)).any():
        return False
    weights = np.linalg.eigvalsh((J / sizes(J)).T @ (J / sizes(J)))
    return bool(weights[0] > POORLY_KNOWN * weights[-1])
