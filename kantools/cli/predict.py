"""``kantools predict``: the values of a saved formula at the rows of a table."""

from pathlib import Path

import pandas as pd

from kantools.cli.console import as_text, write_text
from kantools.cli.input import formula_of, inputs_of
from kantools.estimators.verbs.extrapolation import tell_of_formula
from kantools.symbolic.formula import Formula

__all__ = ["predict_rows"]


def predict_rows(
    model: Path, data: str, out: Path | None, *, std: bool, interval: float | None, as_json: bool
) -> None:
    """Inputs and values, as CSV or JSON."""
    formula = formula_of(model)
    frame = _predictions(formula, data, std=std, interval=interval)
    write_text(as_text(frame.to_dict(orient="list")) if as_json else frame.to_csv(index=False), out)


def _predictions(formula: Formula, data: str, *, std: bool, interval: float | None) -> pd.DataFrame:
    X = inputs_of(data, formula.columns)
    frame = pd.DataFrame(X, columns=list(formula.columns))
    value = formula.predict(X)
    tell_of_formula(formula, X, value)
    frame[formula.target] = value
    if std:
        frame[f"{formula.target} std"] = formula.std(X)
    if interval is not None:
        ends = formula.interval(X, interval)
        frame[f"{formula.target} lower"], frame[f"{formula.target} upper"] = ends
    return frame
