"""The front of formulas as a data frame, as users of PySR know it, with the rivals of the chosen one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from kantools.estimators.fitted import Fitted
from kantools.symbolic.formula import Formula
from kantools.symbolic.front import scores

if TYPE_CHECKING:
    from kantools.discovery import Discovery

__all__ = ["equations", "equations_of_each"]


def equations(found: "Discovery") -> pd.DataFrame:
    """One row per formula: the front, by rising complexity, then the rivals that are not on it.

    Columns
    -------
    complexity, loss, description_length
        Of the formula.
    held_out_loss
        The loss on rows that its constants were not fitted to.
    domain : str
        The ranges of the columns that it was seen in, and where it fails there.
    score
        How much a unit of complexity buys: ``-Δlog(loss) / Δcomplexity`` against the row before; NaN of a
        formula that is not on the front.
    role : str
        ``"chosen"``, ``"rival"`` of the formula that the data cannot tell from it, or nothing.
    equation : str
    sympy : Expr
    constants : str
        Each with its standard error and unit; only where the units were given.
    """
    formulas = found.listed
    behind = len(formulas) - len(found.front)
    columns = {
        "complexity": [f.complexity for f in formulas],
        "loss": [f.loss for f in formulas],
        "score": [*scores(found.front), *[float("nan")] * behind],
        "equation": [f.text for f in formulas],
        "sympy": [f.expression for f in formulas],
        "description_length": [f.description_length for f in formulas],
        "held_out_loss": [f.held_out_loss for f in formulas],
        "domain": ["" if f.domain is None else str(f.domain) for f in formulas],
        "role": [_role(f, found) for f in formulas],
    }
    if any(c.unit is not None for f in formulas for c in f.constants):
        columns["constants"] = ["; ".join(f"{c.symbol} = {c}" for c in f.free) for f in formulas]
    return pd.DataFrame(columns)


def _role(formula: Formula, found: "Discovery") -> str:
    return "chosen" if formula is found.chosen else "rival" if formula in found.rivals else ""


def equations_of_each(found: Iterable[Fitted]) -> pd.DataFrame:
    """The formulas of several targets below each other, the target in the first column."""
    frames = [equations(fitted.discovery).assign(target=fitted.target) for fitted in found]
    below = pd.concat(frames, ignore_index=True)
    return below[["target", *below.columns.drop("target")]]
