"""sympy: the text is read back, and evaluated without kantools."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import sympy

from benchmarks.languages.language import Language, Product

__all__ = ["SYMPY", "evaluated"]


def run(products: Sequence[Product], folder: Path) -> list[np.ndarray]:
    return [evaluated(sympy.sympify(p.text), p.formula.columns, p.X) for p in products]


def evaluated(expr: sympy.Expr, columns: Sequence[str], X: np.ndarray) -> np.ndarray:
    """The values of an expression in symbols named like the columns, by sympy's own printer."""
    dummies = [sympy.Dummy() for _ in columns]
    symbols = [sympy.Symbol(c) for c in columns]
    f = sympy.lambdify(dummies, expr.xreplace(dict(zip(symbols, dummies, strict=True))), "numpy")
    with np.errstate(all="ignore"):
        return np.array(np.broadcast_to(np.asarray(f(*X.T), dtype=float), len(X)))


SYMPY = Language("sympy", run, packages=("sympy",))
