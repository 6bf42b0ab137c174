"""The front of formulas as a data frame, as users of PySR know it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from kantools.symbolic.formula import Formula

__all__ = ["equations"]


def equations(front: "Sequence[Formula]") -> "pd.DataFrame":
    """One row per formula, by rising complexity.

    Columns
    -------
    complexity, loss, description_length
        Of the formula.
    score
        How much a unit of complexity buys: ``-Δlog(loss) / Δcomplexity`` against the row before.
    equation : str
    sympy : Expr
    """
    import pandas as pd

    complexity = np.array([f.complexity for f in front])
    loss = np.array([f.loss for f in front])
    columns = {
        "complexity": complexity,
        "loss": loss,
        "score": _scores(complexity, loss),
        "equation": [str(f).partition(" = ")[2] for f in front],
        "sympy": [f.expression for f in front],
        "description_length": [f.description_length for f in front],
    }
    return pd.DataFrame(columns)


def _scores(complexity: np.ndarray, loss: np.ndarray) -> np.ndarray:
    """0 for the first; a loss of rounding error counts as the smallest positive one.

    >>> _scores(np.array([1, 3]), np.array([1.0, np.exp(-4)])).tolist()
    [0.0, 2.0]
    """
    log = np.log(np.maximum(loss, np.finfo(float).tiny))
    return np.concatenate([[0.0], -np.diff(log) / np.maximum(np.diff(complexity), 1)])[: len(loss)]
