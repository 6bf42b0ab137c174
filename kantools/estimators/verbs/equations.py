"""The front of formulas as a data frame, as users of PySR know it."""

from collections.abc import Iterable, Sequence

import pandas as pd

from kantools.estimators.fitted import Fitted
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import scores

__all__ = ["equations", "equations_of_each"]


def equations(front: Sequence[Formula]) -> pd.DataFrame:
    """One row per formula, by rising complexity.

    Columns
    -------
    complexity, loss, description_length
        Of the formula.
    held_out_loss
        The loss on rows that its constants were not fitted to.
    domain : str
        The ranges of the columns that it was seen in, and where it fails there.
    score
        How much a unit of complexity buys: ``-Δlog(loss) / Δcomplexity`` against the row before.
    equation : str
    sympy : Expr
    constants : str
        Each with its standard error and unit; only where the units were given.
    """
    columns = {
        "complexity": [f.complexity for f in front],
        "loss": [f.loss for f in front],
        "score": scores(front),
        "equation": [f.text for f in front],
        "sympy": [f.expression for f in front],
        "description_length": [f.description_length for f in front],
        "held_out_loss": [f.held_out_loss for f in front],
        "domain": ["" if f.domain is None else str(f.domain) for f in front],
    }
    if any(c.unit is not None for f in front for c in f.constants):
        columns["constants"] = ["; ".join(f"{c.symbol} = {c}" for c in f.free) for f in front]
    return pd.DataFrame(columns)


def equations_of_each(found: Iterable[Fitted]) -> pd.DataFrame:
    """The fronts of several targets below each other, the target in the first column."""
    frames = [equations(fitted.front).assign(target=fitted.target) for fitted in found]
    below = pd.concat(frames, ignore_index=True)
    return below[["target", *below.columns.drop("target")]]
