"""``--json``: one document on standard output, for programs."""

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import typer

from kantools.estimators.verbs.constants_table import constants_table
from kantools.report.fit import fit_of
from kantools.report.record import plain, told

if TYPE_CHECKING:
    import pandas as pd

    from kantools.estimators.symbolic_regressor import SymbolicRegressor
    from kantools.symbolic.formula import Formula
    from kantools.table import Table

__all__ = ["columns_json", "found", "given", "members_of", "print_json"]


def found(model: "SymbolicRegressor", table: "Table", *, interrupted: bool) -> dict[str, Any]:
    """What ``kantools fit`` prints, as plain values: the chosen formula's members, then the search's."""
    formula, discovery = model.formula_, model.discovery_
    return {
        "target": formula.target,
        "columns": list(formula.columns),
        **members_of(formula),
        "front": [members_of(f) for f in discovery.front],
        "rows": table.rows,
        "outlying_rows": [int(i) + 1 for i in np.flatnonzero(getattr(model, "outliers_", ()))],
        "seconds": discovery.seconds,
        "stopped": discovery.stopped,
        "interrupted": interrupted,
    }


def given(formula: "Formula", table: "Table") -> dict[str, Any]:
    """What ``kantools refit`` prints, as plain values: the formula's members, constants with their bounds."""
    bounds = constants_table(formula)[["lower", "upper"]].to_dict(orient="index")
    members, fit = members_of(formula), fit_of(formula, table)
    members["constants"] = [{**c, **bounds[c["name"]]} for c in members["constants"]]
    return {
        "target": formula.target,
        "columns": list(formula.columns),
        **members,
        "rows": table.rows,
        "unexplained": fit.unexplained,
        "deviation": fit.deviation,
    }


def members_of(formula: "Formula") -> dict[str, Any]:
    """What is told of each formula."""
    members = told(formula)
    del members["mathml"]  # of use in pages only, and long
    return {"formula": members.pop("equation"), **members}


def print_json(document: Any) -> None:
    """On standard output; numbers that are not finite become null."""
    typer.echo(as_text(document))


def columns_json(frame: "pd.DataFrame") -> str:
    """A table as one JSON document, a list for each column.

    >>> import pandas as pd
    >>> columns_json(pd.DataFrame({"x": [1.0, 2.0], "y": [0.5, np.nan]})).split()
    ['{', '"x":', '[', '1.0,', '2.0', '],', '"y":', '[', '0.5,', 'null', ']', '}']
    """
    return as_text(frame.to_dict(orient="list"))


def as_text(document: Any) -> str:
    return json.dumps(plain(document), ensure_ascii=False, indent=1, allow_nan=False)
