"""Formulas as text, read as sympy expressions in which every column is a plain symbol.

Column names of physics collide with sympy's own (``I``, ``E``, ``Q``, ``gamma``, ``beta``), so a formula is
never handed to sympy as it stands: its names are looked up among the columns, the constants, and the few
functions listed here, and any other name is refused.
"""

import ast
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from kantools.catalogue import did_you_mean

__all__ = ["FUNCTIONS", "compiled", "evaluate", "parse"]

FUNCTIONS = (
    *("exp", "log", "sqrt", "sin", "cos", "tan", "cot", "asin", "acos", "atan"),
    *("sinh", "cosh", "tanh", "Abs"),
)


def names_in(text: str) -> set[str]:
    """Every name that a formula mentions."""
    return {node.id for node in ast.walk(ast.parse(text, mode="eval")) if isinstance(node, ast.Name)}


@lru_cache(maxsize=1024)
def parse(text: str, symbols: tuple[str, ...]) -> Any:
    """The sympy expression of a formula in these symbols, each a plain ``Symbol``.

    Numbers without a decimal point stay exact.

    >>> parse("I*E_n/2 + pi", ("I", "E_n"))
    E_n*I/2 + pi
    >>> parse("exp(-theta)", ("x",))
    Traceback (most recent call last):
        ...
    ValueError: A formula uses its own columns only; "exp(-theta)" mentions "theta"; known: "x".
    """
    import sympy

    known: dict[str, Any] = {name: getattr(sympy, name) for name in FUNCTIONS} | {"pi": sympy.pi}
    known |= {name: sympy.Symbol(name) for name in symbols}
    for name in sorted(names_in(text) - set(known)):
        raise ValueError(
            f'A formula uses its own columns only; "{text}" mentions "{name}"; {did_you_mean(name, symbols)}'
        )
    return sympy.parse_expr(text, local_dict=known)


@lru_cache(maxsize=1024)
def compiled(expression: Any, symbols: tuple[str, ...]) -> Any:
    """A numpy function of the symbols, in this order."""
    import sympy

    return sympy.lambdify([sympy.Symbol(s) for s in symbols], expression, "numpy")


def evaluate(expression: Any, symbols: Sequence[str], X: np.ndarray) -> np.ndarray:
    """The expression at each row of X, whose columns are the symbols; nan where it is not real."""
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or X.shape[1] != len(symbols):
        raise ValueError(
            f"The law takes one column for each of {', '.join(symbols)}; got an array of shape {X.shape}."
        )
    with np.errstate(all="ignore"):
        y = compiled(expression, tuple(symbols))(*X.T)
    return np.broadcast_to(np.asarray(y, dtype=float), (len(X),)).copy()
